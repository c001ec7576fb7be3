#include "harness/commands/point_text.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace basin {

std::string varying_text(const Plan& plan, std::uint64_t cell) {
    const Coordinates coordinates = plan.coordinates_of(cell);
    std::string text;
    for (const Dimension& dimension : plan.dimensions())
        text += fmt::format("{}={} ", parameters()[dimension.parameter].name,
                            canonical_text(coordinates[dimension.parameter]));
    return text + fmt::format("replicate={}", plan.replicate_of(cell));
}

nlohmann::json point_json(const Plan& plan, std::uint64_t cell) {
    const Coordinates coordinates = plan.coordinates_of(cell);
    nlohmann::json point = {{"key", to_string(plan.point_key(cell))},
                            {"parameters", nlohmann::json::object()},
                            {"replicate", plan.replicate_of(cell)}};
    for (const Dimension& dimension : plan.dimensions())
        std::visit(
            [&](const auto& value) {
                point["parameters"][std::string(parameters()[dimension.parameter].name)] = value;
            },
            coordinates[dimension.parameter]);
    return point;
}

} // namespace basin
