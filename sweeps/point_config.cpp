#include "sweeps/point_config.hpp"

#include <fmt/format.h>

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

namespace basin {

namespace {

/// A basic string of TOML.
std::string basic_string(std::string_view text) {
    std::string quoted = "\"";
    for (const char c : text)
        if (c == '"' || c == '\\')
            quoted += {'\\', c};
        else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F)
            quoted += fmt::format("\\u{:04X}", static_cast<unsigned>(c));
        else
            quoted += c;
    return quoted + "\"";
}

std::string toml_text(const Value& value) {
    if (const auto* text = std::get_if<std::string>(&value)) return basic_string(*text);
    std::string number = canonical_text(value);
    if (std::holds_alternative<double>(value) &&
        number.find_first_not_of("-0123456789") == std::string::npos)
        number += ".0";
    return number;
}

/// TOML's integers have a sign: a seed that needs all 64 bits is a text.
std::string seed_text(std::uint64_t seed) {
    const auto most = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
    return seed > most ? fmt::format("\"{}\"", seed) : std::to_string(seed);
}

} // namespace

std::string point_config(const Plan& plan, std::uint64_t cell) {
    const Coordinates coordinates = plan.coordinates_of(cell);
    std::string text =
        fmt::format("# point {}\n\n[sweep]\nname = {}\nseed = {}\nreplicates = {}\n",
                    to_string(plan.point_key(cell)), basic_string(plan.config().name),
                    seed_text(plan.config().seed), plan.replicates());
    std::string_view section;
    for (std::size_t p = 0; p < coordinates.size(); ++p) {
        const Parameter& parameter = parameters()[p];
        // Without a dimension, file sources would take the file's.
        const bool said = coordinates[p] != parameter.fallback || parameter.name == "dimension";
        if (!said) continue;
        if (section != parameter.section) text += fmt::format("\n[{}]\n", parameter.section);
        section = parameter.section;
        text += fmt::format("{} = {}\n", parameter.name, toml_text(coordinates[p]));
    }
    return text;
}

} // namespace basin
