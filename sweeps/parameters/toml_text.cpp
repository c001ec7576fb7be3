#include "sweeps/parameters/toml_text.hpp"

#include <fmt/format.h>

#include <limits>

namespace basin {

std::string toml_string(std::string_view text) {
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

std::string toml_seed(std::uint64_t seed) {
    const auto most = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
    return seed > most ? fmt::format("\"{}\"", seed) : std::to_string(seed);
}

std::string toml_text(const Value& value) {
    if (const auto* text = std::get_if<std::string>(&value)) return toml_string(*text);
    std::string number = canonical_text(value);
    if (std::holds_alternative<double>(value) &&
        number.find_first_not_of("-0123456789") == std::string::npos)
        number += ".0";
    return number;
}

std::string toml_text(const std::vector<Value>& values) {
    std::string text;
    for (const Value& value : values)
        text += (text.empty() ? "" : ", ") + toml_text(value);
    return "[" + text + "]";
}

} // namespace basin
