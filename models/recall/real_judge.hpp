#pragma once
// The outcome of a setting of continuous networks, from the paths of its probes.

#include "models/continuous/real_path.hpp"
#include "models/scene/outcome.hpp"
#include "models/scene/real_scene.hpp"
#include "models/scene/setting.hpp"

#include <span>

namespace basin {

/// What a continuous setting did: one value per entry of metrics(), NaN where one is not defined.
/// `reference` and exceptions: as of add_up().
Outcome judge(const RealScene& scene, const Setting& setting, std::span<const RealPath> paths,
              std::span<const RealPath> reference = {});

} // namespace basin
