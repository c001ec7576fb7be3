#pragma once
// Settings that tests by hand start from.

#include "models/scene/setting.hpp"

#include <cstdint>

namespace basin {

/// Original, contrastive, x^n on the dot product in float64.
inline Setting contrastive_polynomial(std::uint32_t vertex) {
    Setting setting;
    setting.interaction = Choice<Interactions>::of<Polynomial>();
    setting.interaction_parameters.vertex = vertex;
    setting.precision = Choice<Precisions>::of<Float64>();
    return setting;
}

/// Original, rectified polynomial, float32, dot, one synchronous step.
inline Setting rectified_step(std::uint32_t vertex) {
    Setting setting;
    setting.interaction_parameters.vertex = vertex;
    setting.update = Choice<Updates>::of<OneShot>();
    return setting;
}

inline Setting classical() {
    Setting setting;
    setting.formulation = Choice<Formulations>::of<Classical>();
    return setting;
}

} // namespace basin
