#pragma once
// From names and values to the models' typed specs.

#include "models/scene/scene.hpp"
#include "models/scene/setting.hpp"
#include "sweeps/coordinates/input_files.hpp"
#include "sweeps/parameters/parameters.hpp"

#include <cstdint>
#include <string>

namespace basin {

/// The scene of these coordinates. Patterns are keyed by (seed, replicate, pattern coordinates) and
/// cues by those and the cue coordinates, both by canonical text: the same patterns serve every cue
/// and every setting, so comparisons are paired. Parameters that do not key draws are left out: the
/// same draws are made from a file whatever its name and format.
/// probe_count 0 means: one cue per memory, at most 64; -1: one per memory, all of them. Of a cue
/// file both mean all its rows: 0 in the spec.
SceneSpec bind_scene(const Coordinates& coordinates, std::uint64_t seed, std::uint32_t replicate);

Setting bind_setting(const Coordinates& coordinates);

/// The file a scene's patterns come from; path is "" for sources that need none.
BankRequest bind_bank(const Coordinates& coordinates);

/// The file of own cues; path is "" if cues are made of memories.
BankRequest bind_cues(const Coordinates& coordinates);

/// The targets of own cues; path is "" if there are none.
BankRequest bind_targets(const Coordinates& coordinates);

/// The file of the patterns' embeddings; path is "" if there is none.
BankRequest bind_embeddings(const Coordinates& coordinates);

} // namespace basin
