#pragma once
// A scene of real vectors: what a continuous network stores and is shown.

#include "models/continuous/real_cues.hpp"

#include <cstdint>
#include <vector>

namespace basin {

struct RealScene {
    RealPatterns patterns;             ///< memories: [pattern_count, dimension]
    RealMatrix cues;                   ///< [probe_count, dimension]
    std::vector<std::int32_t> targets; ///< [probe_count]; see Cues
    std::uint32_t duplicate_count = 0; ///< memories that equal an earlier one

    const RealMatrix& memories() const { return patterns.memories; }
};

} // namespace basin
