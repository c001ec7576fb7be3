// Memories of equal weight: which one leads is left to rounding and to where the path stopped, so
// no metric may depend on it.

#include "models/metrics/metrics.hpp"
#include "models/recall/real_judge.hpp"
#include "models/reference/real_oracle.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <utility>

#include "support/real_scenes.hpp"

namespace basin {
namespace {

using namespace tests;

/// `clusters` clusters of `members` each around orthonormal directions: inside one all memories
/// have equal weights at the fixed point.
RealScene clusters(std::size_t clusters, std::size_t members, double correlation) {
    Rows rows(clusters * members, std::vector<float>(clusters + clusters * members));
    for (std::size_t mu = 0; mu < rows.size(); ++mu) {
        rows[mu][mu % clusters] = static_cast<float>(std::sqrt(correlation));
        rows[mu][clusters + mu] = static_cast<float>(std::sqrt(1 - correlation));
    }
    return stored_scene_of(rows);
}

double identity_recall(const RealScene& scene, const Setting& setting) {
    return judge(scene, setting, paths_of(scene, setting)).values[metric_index("identity_recall")];
}

TEST(WeightTies, InAMetastableClusterEachMemoryHasItsShare) {
    const RealScene scene = clusters(3, 5, 0.8);
    for (const std::string_view precision : {"float32", "float64"})
        // Betas at which a cluster is one fixed point, and other clusters have no weight in it.
        for (const auto& [separation, beta] :
             {std::pair("softmax", 10.0), std::pair("entmax15", 4.0)})
            for (const double tolerance : {0.0, 1e-4, 1e-5, 1e-7, 1e-9, 1e-12}) {
                Setting setting = universal_setting(beta, "dot", separation, precision);
                setting.tolerance = tolerance;
                setting.max_iterations = 500;
                // The sum of fifteen fifths is rounded.
                EXPECT_DOUBLE_EQ(identity_recall(scene, setting), 0.2)
                    << precision << " " << separation << " " << tolerance;
            }
}

TEST(WeightTies, AreSharedByEqualMemories) {
    const RealScene scene = stored_scene_of({{4, 0, 0}, {0, 4, 0}, {4, 0, 0}});
    EXPECT_EQ(identity_recall(scene, softmax_setting(5.0)), (0.5 + 1 + 0.5) / 3);
}

TEST(WeightTies, WithoutATargetCountAsOneOfThem) {
    const RealScene stored = stored_scene_of({{4, 0}, {4, 0}});
    RealScene scene = stored;
    scene.targets = {-1, -1};
    EXPECT_EQ(identity_recall(scene, softmax_setting(5.0)), 0.5);
}

TEST(WeightTies, AreCountedAsTheOracleCountsThem) {
    const RealScene scene = clusters(2, 3, 0.7);
    for (std::size_t s = 0; s < Separations::size; ++s) {
        const Setting setting = universal_setting(6.0, "dot", Separations::names[s], "float64");
        if (not_applicable(setting)) continue;
        const auto paths = paths_of(scene, setting);
        for (std::uint32_t p = 0; p < paths.size(); ++p) {
            const RealPath truth = real_oracle(scene, setting, p);
            EXPECT_EQ(paths[p].sizes.ties, truth.sizes.ties) << Separations::names[s];
            EXPECT_EQ(paths[p].sizes.target_ties, truth.sizes.target_ties) << Separations::names[s];
        }
    }
}

TEST(WeightTies, WeightsThatLackLittle) {
    const std::vector<double> weights{0.4, 0.4 * (1 - 1e-7), 0.1, 0.1};
    EXPECT_EQ(sizes_of(weights).ties, 1U);
    EXPECT_FALSE(sizes_of(weights, {0.0, 1}).target_ties);
    EXPECT_EQ(sizes_of(weights, {1e-6, 1}).ties, 2U);
    EXPECT_TRUE(sizes_of(weights, {1e-6, 1}).target_ties);
    EXPECT_FALSE(sizes_of(weights, {1e-6, 2}).target_ties);
}

/// Vectors along one line have one cosine with a cue, but for rounding: the lowest row is taken in
/// every format, and by the truth.
TEST(WeightTies, OfTheLargestSimilarityTheLowestRowIsTaken) {
    for (std::size_t first = 0; first < 7; ++first) {
        Rows rows{{-1, 0.5F, 2}};
        for (std::size_t i = 0; i < 7; ++i) {
            const auto factor = static_cast<float>(1 + (first + i) % 7);
            rows.push_back({factor * 3, factor * 5, factor * 7});
        }
        const RealScene scene = real_scene_of(rows, {{3, 5, 7.5F}, {0.1F, 0.2F, 0.15F}});
        for (const std::string_view precision : {"float16", "bfloat16", "float32", "float64"}) {
            Setting setting = universal_setting(1.0, "cosine", "max", precision);
            setting.fixed_steps = 1;
            const auto paths = paths_of(scene, setting);
            for (std::uint32_t p = 0; p < paths.size(); ++p) {
                EXPECT_EQ(paths[p].sizes.leader, 1U) << precision << " " << first;
                EXPECT_EQ(real_oracle(scene, setting, p).sizes.leader, 1U);
            }
        }
    }
}

/// Similarities that vanished leave the choice to the rule, which is flagged.
TEST(WeightTies, AllZeroSimilaritiesAreFlagged) {
    const RealScene scene = stored_scene_of({{1e-30F, 0}, {0, 1e-30F}});
    Setting setting = universal_setting(1.0, "dot", "max", "float32");
    setting.fixed_steps = 1;
    for (const RealPath& path : paths_of(scene, setting))
        EXPECT_EQ(path.counts.flags, flag::all_zero);
    setting.precision = Choice<Precisions>::of<Float64>();
    for (const RealPath& path : paths_of(scene, setting))
        EXPECT_EQ(path.counts.flags, 0);
}

} // namespace
} // namespace basin
