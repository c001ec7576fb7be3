// Memory by formula against what the objects hold. Against a real run: tests/harness/run_test.cpp.

#include "models/recall.hpp"
#include "sweeps/footprint.hpp"

#include <gtest/gtest.h>

#include "support/hand_setting.hpp"
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
    const std::vector<Setting> settings(6, rectified_step(3));
    TableCache cache;
    std::size_t held = 0;
    for (const SettingGroup& group : group_settings(settings, scene.dimension(), cache)) {
        Paths paths = paths_for(scene, group);
        walk(scene, group, {0, scene.probe_count()}, paths);
        for (const std::vector<Trajectory>& contender : paths)
            for (const Trajectory& path : contender)
                held += sizeof path + path.state.capacity() * sizeof(Word);
    }
    EXPECT_GT(batch_bytes(scene_size(scene), settings.size()), held);
    // At most twice as many paths, for exact networks, 16 bytes more for each, and tables.
    EXPECT_LT(batch_bytes(scene_size(scene), settings.size()),
              2.2 * static_cast<double>(held) + 6 * 4 * (800 + 40 * 200));
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
