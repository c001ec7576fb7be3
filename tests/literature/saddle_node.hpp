#pragma once
// Orthonormal patterns: the fixed point near a pattern is born in a saddle-node at beta_c(N), with
// weight m there.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <utility>

#include "support/real_scenes.hpp"

namespace basin::tests {

/// A scene whose patterns are its cues.
inline RealScene patterns_as_cues(PatternSpec patterns, std::uint32_t probe_count) {
    SceneSpec spec;
    spec.patterns = std::move(patterns);
    spec.patterns.key = key_of("literature");
    spec.cues.corruption = Choice<Corruptions>::of<NoCorruption>();
    spec.cues.probe_count = probe_count;
    spec.cues.key = key_of("literature cues");
    return drawn_scene(spec);
}

struct SaddleNode {
    std::uint32_t patterns;
    double beta;
    double weight;
};

inline RealPath from_the_pattern(const RealScene& scene, double beta) {
    Setting setting = softmax_setting(beta);
    setting.tolerance = 1e-12;
    setting.max_iterations = 1000000;
    return paths_of(scene, setting).front();
}

inline void expect_saddle_node(const SaddleNode& expected) {
    SCOPED_TRACE(fmt::format("{} patterns", expected.patterns));
    PatternSpec spec;
    spec.source = Choice<PatternSources>::of<OrthonormalSource>();
    spec.dimension = expected.patterns;
    spec.pattern_count = expected.patterns;
    const RealScene scene = patterns_as_cues(spec, 1);
    // Weights at birth are far above the mean's 1 / N.
    const double between = (expected.weight + 1 / static_cast<double>(expected.patterns)) / 2;
    double low = expected.beta - 0.01;
    double high = expected.beta + 0.01;
    EXPECT_LT(from_the_pattern(scene, low).sizes.largest, between);
    EXPECT_GT(from_the_pattern(scene, high).sizes.largest, between);
    while (high - low > 2e-5) {
        const double middle = (low + high) / 2;
        (from_the_pattern(scene, middle).sizes.largest > between ? high : low) = middle;
    }
    EXPECT_NEAR((low + high) / 2, expected.beta, 1e-4);
    // Near its birth the weight grows with the root of beta's excess.
    EXPECT_NEAR(from_the_pattern(scene, high).sizes.largest, expected.weight, 5e-3);
}

} // namespace basin::tests
