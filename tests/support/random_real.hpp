#pragma once
// Scenes of real vectors and continuous settings drawn from all that there are.

#include <fmt/format.h>

#include <array>
#include <cmath>

#include "support/random_setting.hpp"
#include "support/real_scenes.hpp"

namespace basin::tests {

inline bool takes_shares(const Setting& setting) {
    return setting.real_similarity.visit([](auto s) { return s.shares; });
}

/// Divergences of a state and the memory it is almost are sums that cancel: of float, only noise is
/// left of them, and 2 / (1/D + 1/D') has a pole at D = -D'.
inline bool is_noise(const Setting& setting) {
    return setting.real_similarity.is<PublishedJensenShannon>() && !setting.precision.is<Float64>();
}

inline SceneSpec random_real_spec(Stream& stream, bool not_negative, std::uint32_t probe_count) {
    SceneSpec spec;
    const std::array sources{"uniform", "brightness", "gaussian", "random_bipolar"};
    const std::string_view source = sources[stream.below(not_negative ? 2 : 4)];
    spec.patterns.source = Choice<PatternSources>::named(source).value();
    // A dark image of a few units may be all zero: no distribution.
    const std::uint32_t least = not_negative ? 10 : 1;
    spec.patterns.dimension = least + static_cast<std::uint32_t>(stream.below(51 - least));
    spec.patterns.pattern_count = 1 + static_cast<std::uint32_t>(stream.below(40));
    spec.patterns.key = key_of(fmt::format("patterns {}", stream.next()));
    spec.cues.key = key_of(fmt::format("cues {}", stream.next()));
    spec.cues.probe_count = probe_count;
    spec.cues.cue_level = 0.3;
    spec.cues.cue_noise = 0.3;
    spec.cues.cue_bound = Choice<CueBounds>::of<BoundReflect>();
    const bool gaussian = source == "gaussian" || source == "brightness";
    spec.cues.corruption = source == "random_bipolar" ? Choice<Corruptions>::of<FlipCorruption>()
                           : gaussian ? Choice<Corruptions>::of<GaussianCorruption>()
                                      : Choice<Corruptions>::of<MaskCorruption>();
    if (source == "gaussian") spec.cues.cue_bound = Choice<CueBounds>::of<BoundNone>();
    return spec;
}

inline RealScene random_real_scene(Stream& stream, bool not_negative, std::uint32_t probe_count) {
    return drawn_scene(random_real_spec(stream, not_negative, probe_count));
}

/// With a meaning, and defined for float too.
inline Setting random_real_setting(Stream& stream) {
    Setting setting;
    do {
        setting.formulation = stream.bernoulli(0.3) ? Choice<Formulations>::of<Softmax>()
                                                    : Choice<Formulations>::of<Universal>();
        setting.real_similarity = any<RealSimilarities>(stream);
        setting.separation = any<Separations>(stream);
        setting.precision = any<Precisions>(stream);
    } while (not_applicable(setting) || is_noise(setting));
    setting.beta = 0.01 * std::exp2(stream.uniform() * std::log2(1e4)); // 0.01 ... 100
    setting.interaction_parameters.vertex = 1 + static_cast<std::uint32_t>(stream.below(6));
    setting.similarity_delta = any_of(std::array{1.0, 0.1, 3.0}, stream);
    setting.exponential = any<Exponentials>(stream);
    setting.max_iterations = 60;
    setting.fixed_steps = any_of(std::array{0U, 0U, 0U, 1U, 3U}, stream);
    if (stream.bernoulli(0.1)) setting.update = Choice<Updates>::of<OneShot>();
    if (stream.bernoulli(0.1)) setting.tolerance = 1e-3;
    return setting;
}

} // namespace basin::tests
