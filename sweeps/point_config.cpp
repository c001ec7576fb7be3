#include "sweeps/point_config.hpp"

#include "sweeps/toml_text.hpp"

#include <fmt/format.h>

#include <string_view>

namespace basin {

std::string point_config(const Plan& plan, std::uint64_t cell) {
    const Coordinates coordinates = plan.coordinates_of(cell);
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
