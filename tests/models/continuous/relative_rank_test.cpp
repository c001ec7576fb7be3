// Final states written down by hand: how many directions of their targets' are left.

#include "models/continuous/real_metrics.hpp"
#include "models/continuous/relative_rank.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "support/real_scenes.hpp"

namespace basin {
namespace {

using namespace tests;
using States = std::vector<std::vector<double>>;

std::vector<RealPath> ended_all(const States& states) {
    std::vector<RealPath> paths;
    for (const auto& state : states) {
        paths.emplace_back();
        paths.back().state = state;
        paths.back().stop = Stop::fixed_point;
        paths.back().sizes = {1, 1, 1.0, 1.0, 1.0, 0};
    }
    return paths;
}

double rank_of(const RealScene& scene, const std::vector<RealPath>& paths,
               const Setting& setting = softmax_setting(1.0)) {
    const double rank = relative_rank(scene, setting, paths, ends_of(scene, setting, paths));
    const double metric = judge(scene, setting, paths).values[metric_index("relative_rank")];
    EXPECT_TRUE(metric == rank || (std::isnan(metric) && std::isnan(rank)));
    return rank;
}

const RealScene& axes() {
    static const RealScene scene =
        stored_scene_of({{1, 0, 0, 0}, {0, 1, 0, 0}, {0, 0, 1, 0}, {0, 0, 0, 1}});
    return scene;
}

TEST(RelativeRank, IsOneWhereEveryTargetIsRecalled) {
    EXPECT_EQ(rank_of(axes(), ended_all({{1, 0, 0, 0}, {0, 1, 0, 0}, {0, 0, 1, 0}, {0, 0, 0, 1}})),
              1.0);
}

TEST(RelativeRank, FallsWithEveryDirectionThatIsLost) {
    const auto two_as_one =
        ended_all({{1, 0, 0, 0}, {0, 1, 0, 0}, {0, 0, 0.5, 0.5}, {0, 0, 0.5, 0.5}});
    EXPECT_EQ(rank_of(axes(), two_as_one), 0.75);
    // Four states, but in a plane.
    const auto plane = ended_all({{1, 0, 0, 0}, {0, 1, 0, 0}, {0.5, 0.5, 0, 0}, {0.1, 0.9, 0, 0}});
    EXPECT_EQ(rank_of(axes(), plane), 0.5);
    EXPECT_EQ(rank_of(axes(), ended_all(States(4, {0.25, 0.25, 0.25, 0.25}))), 0.25);
    EXPECT_EQ(rank_of(axes(), ended_all(States(4, {0, 0, 0, 0}))), 0.0);
}

TEST(RelativeRank, IsThatOfTheTargetsNotOfAllMemories) {
    const RealScene scene = real_scene_of({{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
                                          {{1, 0, 0}, {1, 0, 0}, {0, 1, 0}}, {0, 0, 1});
    EXPECT_EQ(rank_of(scene, ended_all({{1, 0, 0}, {1, 0, 0}, {0, 1, 0}})), 1.0);
    EXPECT_EQ(rank_of(scene, ended_all({{1, 0, 0}, {1, 0, 0}, {1, 0, 0}})), 0.5);
}

TEST(RelativeRank, TargetsInOnePlaneAreNoMore) {
    const RealScene scene = stored_scene_of({{1, 0, 0}, {0, 1, 0}, {1, 1, 0}});
    EXPECT_EQ(rank_of(scene, ended_all({{1, 0, 0}, {0, 1, 0}, {1, 1, 0}})), 1.0);
    EXPECT_EQ(rank_of(scene, ended_all({{1, 0, 0}, {1, 0, 0}, {1, 1, 0}})), 1.0);
    EXPECT_EQ(rank_of(scene, ended_all({{1, 1, 0}, {1, 1, 0}, {1, 1, 0}})), 0.5);
}

TEST(RelativeRank, AnUndecidedProbeAddsNone) {
    auto paths = ended_all({{1, 0, 0, 0}, {0, 1, 0, 0}, {0, 0, 1, 0}, {0, 0, 0, 1}});
    paths[2].stop = Stop::undecided;
    EXPECT_EQ(rank_of(axes(), paths), 0.75);
    paths[1].stop = Stop::max_sweeps; // decided, if not at a fixed point
    EXPECT_EQ(rank_of(axes(), paths), 0.75);
}

TEST(RelativeRank, RoundingIsNoDirection) {
    const RealScene scene = stored_scene_of({{1, 0}, {0, 1}});
    const auto paths = ended_all({{1, 0}, {1, 0.005}}); // two states, almost parallel
    EXPECT_EQ(rank_of(scene, paths, softmax_setting(1.0, "dot", "float64")), 1.0);
    EXPECT_EQ(rank_of(scene, paths, softmax_setting(1.0, "dot", "float32")), 1.0);
    EXPECT_EQ(rank_of(scene, paths, softmax_setting(1.0, "dot", "bfloat16")), 0.5);
    EXPECT_DOUBLE_EQ(rank_radius(scene, softmax_setting(1.0, "dot", "float64")), 1e-6);
    EXPECT_DOUBLE_EQ(rank_radius(scene, softmax_setting(1.0, "dot", "float32")), 1e-3);
    EXPECT_DOUBLE_EQ(rank_radius(scene, softmax_setting(1.0, "dot", "bfloat16")), 0x1p-7);
}

TEST(RelativeRank, IsNotDefinedWithoutTargets) {
    const RealScene untold = real_scene_of({{1, 0}, {0, 1}}, {{1, 1}});
    EXPECT_TRUE(std::isnan(rank_of(untold, ended_all({{1, 0}}))));
    const RealScene dark = stored_scene_of({{0, 0}});
    EXPECT_TRUE(std::isnan(rank_of(dark, ended_all({{0, 0}}))));
    const double infinite = std::numeric_limits<double>::infinity();
    const RealScene scene = stored_scene_of({{1, 0}, {0, 1}});
    EXPECT_TRUE(std::isnan(rank_of(scene, ended_all({{1, 0}, {infinite, 1}}))));
}

TEST(RelativeRank, IsNotMeasuredWhereItTakesTooLong) {
    const auto paths = ended_all({{1, 0, 0, 0}, {0, 1, 0, 0}, {0, 0, 1, 0}, {0, 0, 0, 1}});
    const Setting setting = softmax_setting(1.0);
    const RealEnds ends = ends_of(axes(), setting, paths);
    EXPECT_EQ(relative_rank(axes(), setting, paths, ends, 64), 1.0);
    EXPECT_TRUE(std::isnan(relative_rank(axes(), setting, paths, ends, 63)));
}

TEST(RelativeRank, OfRecalledStatesFallsWithBeta) {
    // Two pairs of near memories, and a lone one.
    const RealScene scene =
        stored_scene_of({{5, 0.3F, 0}, {5, -0.3F, 0}, {0, 5, 0.3F}, {0, 5, -0.3F}, {0, 0, 8}});
    const auto at = [&](double beta) {
        const Setting setting = softmax_setting(beta, "negative_squared_euclidean");
        return rank_of(scene, paths_of(scene, setting), setting);
    };
    EXPECT_EQ(at(100.0), 1.0);
    EXPECT_EQ(at(2.0), 1.0); // three states, and three dimensions: it sees no more
    EXPECT_NEAR(at(1e-3), 1.0 / 3, 1e-15);
}

} // namespace
} // namespace basin
