#pragma once
// results.h5 against the journals it was made from.

#include "results/cube/result_cube.hpp"
#include "results/store/value_difference.hpp"
#include "sweeps/plan/plan.hpp"

#include <cstdint>
#include <vector>

namespace basin {

struct CubeComparison {
    std::uint64_t compared = 0;      ///< points that both hold
    std::uint64_t newer = 0;         ///< points that the journals hold and the file does not, yet
    std::vector<std::uint64_t> lost; ///< cells that the file has done and the journals no longer
    std::vector<ValueDifference> differences;
};

/// Compares status, flags and every metric of every point. `plan` is the one that the file was
/// written for, `inventory` the store's for that plan. Memory: half a GiB beside the inventory, or
/// two variables if they are larger. Throws StoreError: io, or damaged (the file lacks a variable
/// or has not the plan's shape, or a record cannot be read).
CubeComparison compare_with_journals(const Hypercube& cube, const Plan& plan,
                                     const Inventory& inventory);

} // namespace basin
