#pragma once

#include "models/scene/setting.hpp"

namespace basin {

/// The setting with every parameter that has no effect at its default: the vertex of softmax, beta
/// of the classical network, max_sweeps of one_shot, ... Applicable settings that are equal in it
/// have equal outcomes, bit for bit, on every scene.
Setting effective_setting(const Setting& setting);

} // namespace basin
