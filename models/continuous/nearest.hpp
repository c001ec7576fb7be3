#pragma once

#include "models/continuous/state_clusters.hpp"
#include "models/data/real_matrix.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace basin {

struct NearMemory {
    std::uint32_t memory = 0; ///< the first of the nearest
    double distance = 0.0;    ///< Euclidean
};

/// [state] the memory nearest to each state; memory 0 at distance NaN for a state of NaN.
std::vector<NearMemory> nearest_memories(const RealMatrix& memories,
                                         std::span<const RealState* const> states);

} // namespace basin
