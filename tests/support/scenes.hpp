#pragma once
// Small scenes and settings for tests.

#include "models/scene/scene.hpp"
#include "models/scene/setting.hpp"

#include <cstdint>
#include <string>

namespace basin::tests {

struct SceneShape {
    std::uint32_t dimension = 20;
    std::uint32_t pattern_count = 5;
    std::uint32_t probe_count = 4;
    double cue_level = 0.2;
    std::uint64_t seed = 1;
};

/// Random bipolar memories with exactly flipped cues.
inline Scene random_scene(const SceneShape& shape) {
    const std::string text = "test scene " + std::to_string(shape.seed);
    SceneSpec spec;
    spec.patterns.dimension = shape.dimension;
    spec.patterns.pattern_count = shape.pattern_count;
    spec.patterns.key = key_of(text);
    spec.cues.corruption = Choice<Corruptions>::of<FlipCorruption>();
    spec.cues.cue_level = shape.cue_level;
    spec.cues.probe_count = shape.probe_count;
    spec.cues.key = key_of(text + " cues");
    return make_scene(spec, nullptr);
}

/// One line that names a setting in a failure message.
inline std::string describe(const Setting& s) {
    std::string text;
    for (const auto name : {s.formulation.name(), s.interaction.name(), s.similarity.name(),
                            s.precision.name(), s.rule.name(), s.update.name(), s.tie.name(),
                            s.beta_scale.name(), s.interaction_parameters.leak_sign.name()})
        text += std::string(name) + " ";
    return text + "n=" + std::to_string(s.interaction_parameters.vertex) +
           " beta=" + std::to_string(s.beta) +
           " leak=" + std::to_string(s.interaction_parameters.leak);
}

} // namespace basin::tests
