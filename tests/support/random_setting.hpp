#pragma once
// Settings drawn from all that there are, at values where formats overflow, underflow, lose digits
// or tie.

#include "models/base/random.hpp"
#include "models/scene/setting.hpp"

#include <array>
#include <cstdint>

namespace basin::tests {

/// A pseudo-random entry of a catalog.
template <class List>
Choice<List> any(Stream& stream) {
    return Choice<List>::at(stream.below(List::size));
}

template <class Value, std::size_t Size>
Value any_of(const std::array<Value, Size>& values, Stream& stream) {
    return values[stream.below(Size)];
}

/// May be not_applicable.
inline Setting random_setting(Stream& stream) {
    constexpr std::array vertices{1U, 2U, 3U, 4U, 5U, 7U, 10U, 19U, 20U, 21U, 30U, 150U, 400U};
    constexpr std::array betas{1e-30, 1e-6, 0.01, 0.1, 1.0, 2.5, 30.0, 1e6, 1e30};
    constexpr std::array leaks{0.0, 0.01, 1.0};
    constexpr std::array deltas{1.0, 0.25, 3.0, 1e-3};
    Setting setting;
    setting.formulation = Choice<Formulations>::at(any<BipolarFormulations>(stream).index());
    setting.interaction = any<Interactions>(stream);
    setting.interaction_parameters.vertex = any_of(vertices, stream);
    setting.interaction_parameters.leak = any_of(leaks, stream);
    setting.interaction_parameters.leak_sign = any<LeakSigns>(stream);
    setting.beta = any_of(betas, stream);
    setting.beta_scale = any<BetaScales>(stream);
    setting.similarity = any<Similarities>(stream);
    setting.similarity_delta = any_of(deltas, stream);
    setting.precision = any<Precisions>(stream);
    setting.power_rounding = any<PowerRoundings>(stream);
    setting.summation = any<Summations>(stream);
    setting.rule = any<Rules>(stream);
    setting.update = any<Updates>(stream);
    setting.tie = any<Ties>(stream);
    setting.max_sweeps = 1 + static_cast<std::uint32_t>(stream.below(12));
    return setting;
}

} // namespace basin::tests
