#include "models/scene/scene.hpp"
#include "results/replicates/combination_scenes.hpp"
#include "sweeps/coordinates/binding.hpp"

#include <gtest/gtest.h>

#include <set>
#include <tuple>

#include "support/plan_points.hpp"

namespace basin {
namespace {

/// Every parameter that the numbers of a scene rest on, between others that they do not.
TEST(CombinationScenes, AreThoseOfTheirCoordinates) {
    const Plan plan = tests::plan_of(R"(
[sweep]
name = "scenes"
replicates = 2
[patterns]
source = ["random_bipolar", "sphere"]
dimension = [20, 30]
pattern_count = [3, 40]
bias = [0.0, 0.1]
[cue]
corruption = ["flip", "random_start"]
probe_count = [5, 64]
cue_level = [0.1, 0.2]
[model]
beta = [1, 2]
)");
    CombinationScenes scenes(plan);
    std::set<std::tuple<std::uint32_t, std::uint32_t, std::uint32_t>> seen;
    const std::uint64_t combinations = plan.cell_count() / plan.replicates();
    for (int twice = 0; twice < 2; ++twice)
        for (std::uint64_t c = 0; c < combinations; ++c) {
            const SceneNumbers expected =
                scene_numbers(bind_scene(plan.coordinates_of(c * plan.replicates()), 0, 0));
            const SceneNumbers found = scenes.of(c);
            ASSERT_EQ(found.probes, expected.probes) << c;
            ASSERT_EQ(found.independent, expected.independent) << c;
            ASSERT_EQ(found.dimension, expected.dimension) << c;
            seen.insert({found.probes, found.independent, found.dimension});
        }
    // 5 probes tell 3 or 5 memories or starts apart, 64 do 3, 40 or 64; N is 20, 30 or 0.
    EXPECT_EQ(seen.size(), (2U + 3U) * 3U);
}

TEST(CombinationScenes, OfAPlanWithoutAxesAreOne) {
    const Plan plan = tests::plan_of("[sweep]\nname = \"one\"\n");
    EXPECT_EQ(CombinationScenes(plan).of(0).probes,
              scene_numbers(bind_scene(plan.coordinates_of(0), 0, 0)).probes);
}

} // namespace
} // namespace basin
