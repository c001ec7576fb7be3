#pragma once
// Points of a store computed once more, to see whether they come out the same.

#include "harness/run/pattern_files.hpp"
#include "results/store/value_difference.hpp"
#include "sweeps/plan/plan.hpp"

#include <cstdint>
#include <vector>

namespace basin {

struct Replay {
    std::uint64_t points = 0;    ///< computed again
    std::uint64_t differing = 0; ///< of them
    std::vector<ValueDifference> differences;
};

/// Computes `wanted` done points again, drawn without repetition by `seed` (all if there are
/// fewer), and compares status, flags and every metric with the journals. Points of one scene share
/// it. Throws StoreError.
Replay replay(const Plan& plan, const Inventory& inventory, const Banks& banks,
              std::uint32_t wanted, std::uint64_t seed, int threads);

} // namespace basin
