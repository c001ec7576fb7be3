#pragma once
// The slow obvious continuous network, written from the papers in long double: the truth that the
// fast one is tested against. One probe at a time; nothing is shared, and nothing is rounded but
// the memories and states of the half precisions, which are stored in their format.

#include "models/continuous/real_path.hpp"
#include "models/scene/real_scene.hpp"
#include "models/scene/setting.hpp"

#include <cstdint>

namespace basin {

/// Runs probe `probe` of `scene` under a continuous `setting` that has a meaning.
///
/// Every unit of every state, the cue included, is made larger or smaller by `disturbance` times
/// the state's length / sqrt(N) before it is stored, by turns that differ from step to step: how
/// far the end moves then tells what rounding may do to it.
RealPath real_oracle(const RealScene& scene, const Setting& setting, std::uint32_t probe,
                     double disturbance = 0.0);

} // namespace basin
