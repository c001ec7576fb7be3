#include "sweeps/plan/point_config.hpp"

#include "sweeps/parameters/toml_text.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <string_view>

namespace basin {

namespace {

/// The coordinates with paths that lead to the files from any folder.
Coordinates with_places(const Coordinates& coordinates, const FileTable& known) {
    Coordinates located = coordinates;
    for (const FileRole& role : file_roles()) {
        const BankRequest request = role.request(coordinates);
        const auto found = known.find(request);
        if (found != known.end() && !found->second.place.empty() &&
            !std::filesystem::path(request.path).is_absolute())
            located[parameter_index(role.named_by.front()).value()] = found->second.place;
    }
    return located;
}

} // namespace

std::string point_config(const Plan& plan, std::uint64_t cell) {
    const Coordinates coordinates =
        with_places(plan.coordinates_of(cell), plan.config().files.known);
    std::string text = fmt::format("# point {}\n\n[sweep]\nname = {}\nseed = {}\nreplicates = {}\n",
                                   to_string(plan.point_key(cell)), toml_string(plan.config().name),
                                   toml_seed(plan.config().seed), plan.replicates());
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
