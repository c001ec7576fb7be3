#pragma once
// A scene of real vectors: what a continuous network stores and is shown.

#include "models/draws/real_cues.hpp"

#include <cstdint>
#include <memory>
#include <vector>

namespace basin {

struct RealScene {
    RealPatterns patterns;             ///< memories: [pattern_count, dimension]
    RealMatrix cues;                   ///< [probe_count, dimension]
    std::vector<std::int32_t> targets; ///< [probe_count]; see Cues
    // What measure_memories() finds.
    std::uint32_t duplicate_count = 0; ///< memories that equal an earlier one
    double longest = 0.0;              ///< M, the largest length of a memory
    /// [pattern_count, width] of the memories (embeddings.hpp); null: none were given.
    std::shared_ptr<const RealMatrix> embeddings{};

    const RealMatrix& memories() const { return patterns.memories; }
};

/// To be called once the memories are there.
void measure_memories(RealScene& scene);

} // namespace basin
