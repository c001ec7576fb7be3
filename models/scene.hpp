#pragma once
// A scene is one draw: memories and cues of one set of data coordinates and one replicate.

#include "models/cues.hpp"
#include "models/patterns.hpp"

#include <cstdint>
#include <vector>

namespace basin {

struct SceneSpec {
    PatternSpec patterns;
    CueSpec cues;
};

struct Scene {
    BitMatrix memories;                ///< xi: [pattern_count, dimension]
    BitMatrix columns;                 ///< memories transposed: [dimension, pattern_count]
    BitMatrix cues;                    ///< [probe_count, dimension]
    std::vector<std::int32_t> targets; ///< [probe_count]; see Cues
    Key key;                           ///< keys the update-order and tie streams
    std::uint32_t duplicate_count = 0; ///< memories that equal an earlier one

    std::uint32_t dimension() const { return static_cast<std::uint32_t>(memories.columns); }
    std::uint32_t pattern_count() const { return static_cast<std::uint32_t>(memories.rows); }
    std::uint32_t probe_count() const { return static_cast<std::uint32_t>(cues.rows); }
};

/// Draws a scene: a pure function of the spec (and of `bank` for file sources).
/// Throws InputError as draw_patterns does.
Scene make_scene(const SceneSpec& spec, const PatternBank* bank);

} // namespace basin
