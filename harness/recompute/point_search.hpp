#pragma once
// Points of a store by key and by status, whether they were run or not.

#include "results/store/store.hpp"
#include "sweeps/plan/plan.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace basin {

/// Plans of more cells are not looked through for points that were not run.
inline constexpr std::uint64_t most_searched = 1'000'000;

/// A planned point.
struct FoundPoint {
    std::uint64_t cell = 0;
    Status status = Status::not_run;
    std::optional<RecordPlace> place; ///< of its record; none if it was not run
};

/// The points that have a record, by cell.
std::vector<FoundPoint> recorded_points(const Inventory& inventory);

/// All planned points, by cell. Throws UsageError if the plan has more than most_searched cells.
std::vector<FoundPoint> planned_points(const Plan& plan, const Inventory& inventory);

/// The replicates of the one point of which some replicate has a key that starts with `prefix`.
/// Throws UsageError if there is none, or several.
std::vector<FoundPoint> find_point(const Plan& plan, const Inventory& inventory,
                                   const std::string& prefix);

} // namespace basin
