#include "models/scene/scene.hpp"

#include <gtest/gtest.h>

namespace basin {
namespace {

SceneSpec some_spec() {
    SceneSpec spec;
    spec.patterns.dimension = 3;
    spec.patterns.pattern_count = 20; // of 8 possible patterns: there must be duplicates
    spec.patterns.key = key_of("patterns");
    spec.cues.corruption = Choice<Corruptions>::of<FlipCorruption>();
    spec.cues.cue_level = 0.3;
    spec.cues.probe_count = 25;
    spec.cues.key = key_of("cues");
    return spec;
}

TEST(MakeScene, HoldsPatternsCuesAndWhatFollowsFromThem) {
    const SceneSpec spec = some_spec();

    const Scene scene = make_scene(spec, nullptr);

    EXPECT_EQ(scene.memories, draw_patterns(spec.patterns, nullptr));
    EXPECT_EQ(scene.columns, transposed(scene.memories));
    const Cues cues = draw_cues(spec.cues, scene.memories);
    EXPECT_EQ(scene.cues, cues.states);
    EXPECT_EQ(scene.targets, cues.targets);
    EXPECT_EQ(scene.key, spec.cues.key);
    EXPECT_EQ(scene.duplicate_count, count_duplicates(scene.memories));
    EXPECT_GE(scene.duplicate_count, 12U);
    EXPECT_EQ(scene.dimension(), 3U);
    EXPECT_EQ(scene.pattern_count(), 20U);
    EXPECT_EQ(scene.probe_count(), 25U);
}

TEST(MakeScene, KeepsThePatternsWhenOnlyTheCuesChange) {
    SceneSpec spec = some_spec();
    const Scene scene = make_scene(spec, nullptr);
    spec.cues.key = key_of("other cues");

    const Scene other = make_scene(spec, nullptr);

    EXPECT_EQ(other.memories, scene.memories);
    EXPECT_NE(other.cues, scene.cues);
}

} // namespace
} // namespace basin
