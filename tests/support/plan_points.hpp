#pragma once

#include "sweeps/plan/plan.hpp"

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace basin::tests {

/// The plan of a config's text.
inline Plan plan_of(std::string_view text) {
    return Plan(parse_config(text, "test", {}));
}

/// Index of a parameter that is known to exist.
inline std::size_t index_of(std::string_view name) {
    return parameter_index(name).value();
}

inline const Value& at(const Coordinates& coordinates, std::string_view name) {
    return coordinates[index_of(name)];
}

inline std::vector<std::string> dimension_names(const Plan& plan) {
    std::vector<std::string> names;
    for (const Dimension& dimension : plan.dimensions())
        names.emplace_back(parameters()[dimension.parameter].name);
    return names;
}

/// The cells of a job, visited at one go.
inline std::vector<std::uint64_t> cells_of(const Plan& plan, std::uint64_t job) {
    std::vector<std::uint64_t> cells;
    plan.visit_points(job, 0, [&](std::uint64_t cell) {
        cells.push_back(cell);
        return true;
    });
    return cells;
}

/// The cells of all jobs, in the order of the jobs.
inline std::vector<std::uint64_t> all_cells(const Plan& plan) {
    std::vector<std::uint64_t> cells;
    for (std::uint64_t job = 0; job < plan.job_count(); ++job) {
        const std::vector<std::uint64_t> some = cells_of(plan, job);
        cells.insert(cells.end(), some.begin(), some.end());
    }
    return cells;
}

/// The points of a plan, each as its canonical text.
inline std::multiset<std::string> points_of(const Plan& plan) {
    std::multiset<std::string> points;
    for (const std::uint64_t cell : all_cells(plan))
        points.insert(plan.point_text(cell));
    return points;
}

} // namespace basin::tests
