// Memory by formula against what the objects hold. Against a real run:
// tests/harness/run_memory_test.cpp.

#include "models/recall/recall.hpp"
#include "models/recall/setting_batch.hpp"
#include "sweeps/estimate/memory_estimate.hpp"

#include <gtest/gtest.h>

#include "support/hand_setting.hpp"
#include "support/real_scenes.hpp"
#include "support/scenes.hpp"

namespace basin {
namespace {

std::size_t held_by(const BitMatrix& bits) {
    return bits.words.capacity() * sizeof(Word);
}

TEST(Footprint, ASceneIsItsBitsAndWhatItTakesToCountEqualMemories) {
    const Scene scene =
        tests::random_scene({.dimension = 100, .pattern_count = 3000, .probe_count = 70});
    const std::size_t held = held_by(scene.memories) + held_by(scene.columns) +
                             held_by(scene.cues) + scene.targets.capacity() * 4;

    EXPECT_EQ(scene_bytes(scene_size(scene)), held + 3000 * sizeof(std::size_t));
}

TEST(Footprint, ABatchHasRoomForItsPaths) {
    const Scene scene =
        tests::random_scene({.dimension = 200, .pattern_count = 10, .probe_count = 50});
    std::vector<Setting> settings(Precisions::size, rectified_step(3));
    for (std::size_t p = 0; p < settings.size(); ++p)
        settings[p].precision = Choice<Precisions>::at(p);
    TableCache cache;
    std::size_t held = 0;
    for (const SettingGroup& group : group_settings(settings, scene.dimension(), cache)) {
        Paths paths(scene.probe_count());
        ProbeStarts starts(scene);
        for (ProbeRange rest{0, scene.probe_count()}; rest.first < rest.last;) {
            starts.move_on(rest);
            walk(scene, group, starts, paths);
        }
        for (const Ends& ends : paths) {
            const Trajectory& path = ends.paths.front(); // at worst nobody shares one
            held += settings.size() * (sizeof path + path.state.capacity() * sizeof(Word));
        }
    }
    EXPECT_GT(batch_bytes(scene_size(scene), settings.size()), held);
    // At most twice as many paths, for exact networks, 16 bytes more for each, and tables.
    EXPECT_LT(batch_bytes(scene_size(scene), settings.size()),
              2.2 * static_cast<double>(held) + 5 * 4 * (800 + 40 * 200));
}

TEST(Footprint, ABatchHasRoomForReferences) {
    SceneSpec spec;
    spec.patterns.source = Choice<PatternSources>::of<GaussianSource>();
    spec.patterns.dimension = 200;
    spec.patterns.pattern_count = 10;
    spec.cues.corruption = Choice<Corruptions>::of<NoCorruption>();
    spec.cues.probe_count = 50;
    const Scene scene = make_scene(spec, nullptr);
    std::vector<Setting> settings; // each has a reference of its own
    for (const double beta : {0.01, 0.1, 1.0})
        settings.push_back(tests::softmax_setting(beta, "dot", "float32"));
    const RealFamily family = real_families(settings).at(0);
    CoursePaths paths = room_for(family, 50);
    std::size_t held = 0;
    for (std::size_t group = 0; group < family.groups.size(); ++group)
        walk(*scene.real, family, group, 0, 50, paths);
    for (const std::vector<RealPath>& course : paths)
        for (const RealPath& path : course)
            held += sizeof path + path.state.capacity() * sizeof(double);

    EXPECT_EQ(paths.size(), 6U);
    EXPECT_GT(batch_bytes(scene_size(scene), settings.size()), held);
    const SceneSize many{784, 1000, 5000, true};
    EXPECT_LE(2 * batch_size(many) * 5000 * 784 * sizeof(double), 256U << 20U);
}

TEST(Footprint, BatchesGetSmallerWhereScenesHaveManyProbes) {
    EXPECT_EQ(batch_size({100, 1000, 64}), 256U);
    EXPECT_EQ(batch_size({100, 1000, 1000000}), 1U);
    const SceneSize many{100, 1000, 20000};
    const std::uint64_t settings = batch_size(many);
    EXPECT_GT(settings, 1U);
    EXPECT_LT(settings, 256U);
    EXPECT_LE(settings * 20000 * path_bytes(100), 256U << 20U);
}

TEST(Footprint, WalkingGrowsWithTheMemories) {
    EXPECT_EQ(walk_bytes({100, 2000, 64}), 2 * walk_bytes({100, 1000, 64}));
}

} // namespace
} // namespace basin
