#pragma once
// What a setting decides in exact arithmetic: a real function of the match count, without the
// positive factors that move no sign. Settings of equal models decide alike without rounding,
// whatever their formulation, beta or precision.

#include "models/scene/setting.hpp"

#include <compare>
#include <cstdint>

namespace basin {

/// V of the similarity x, with x = gain h (linear) or x = gain / (2 (N - h) + delta) (inverse).
/// The unit's d has the sign of a sum over memories: zeta_i [V(h_on) - V(h_off)] for contrastive,
/// zeta_i V'(h_out) for gradient and classical.
struct ExactModel {
    ExactForm form = ExactForm::power; ///< classical: the gradient of x^2, so V' = x
    bool gradient = false;             ///< V' at h_out instead of a difference of V
    bool inverse = false;
    std::uint32_t vertex = 1; ///< degree of the power; 1 where it has no effect
    double leak = 0.0;        ///< signed slope of leaky_power below 0; 0 elsewhere
    // gain = beta * delta_factor * numerator / denominator; all 1 where the form is homogeneous
    double beta = 1.0;
    double delta_factor = 1.0;
    std::int64_t numerator = 1;
    std::int64_t denominator = 1;
    double delta = 0.0; ///< of inverse; 0 elsewhere

    auto operator<=>(const ExactModel&) const = default;
};

/// The model of an applicable setting. dimension >= 1.
ExactModel exact_model(const Setting& setting, std::uint32_t dimension);

} // namespace basin
