#pragma once
// Corrupted real vectors.

#include "models/draws/cues.hpp"
#include "models/draws/real_patterns.hpp"

#include <cstdint>
#include <vector>

namespace basin {

struct RealCues {
    RealMatrix states;                 ///< [probe_count, dimension]
    std::vector<std::int32_t> targets; ///< as Cues::targets
};

/// Draws the cues of real memories. Probe p has a stream of its own. Throws InputError for a
/// corruption of images if the patterns are none.
RealCues draw_real_cues(const CueSpec& spec, const RealPatterns& patterns);

/// Corrupts the states that cues of these patterns are made of. Throws as draw_real_cues().
void corrupt(const CueSpec& spec, const RealPatterns& patterns, RealMatrix& states);

/// Bipolar cues as real vectors.
RealMatrix real_states(const BitMatrix& states);

} // namespace basin
