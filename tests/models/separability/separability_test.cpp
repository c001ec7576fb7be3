// Gaps and histograms of similarities: against all pairs, one by one, in long double.

#include "models/reference/real_oracle_weights.hpp"
#include "models/separability/separability.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "support/real_scenes.hpp"

namespace basin {
namespace {

using tests::drawn_scene;
using tests::real_scene_of;
using tests::stored_scene_of;

Likeness likeness_of(std::string_view similarity, double delta = 1.0) {
    return {Choice<RealSimilarities>::named(similarity).value(), delta,
            Choice<Precisions>::of<Float64>()};
}

RealScene brightness_scene(std::uint32_t memories, std::uint32_t cues) {
    SceneSpec spec;
    spec.patterns.source = *Choice<PatternSources>::named("brightness");
    spec.patterns.dimension = 30;
    spec.patterns.pattern_count = memories;
    spec.patterns.contrast = 0.2;
    spec.patterns.brightness_spread = 0.2;
    spec.patterns.key = spec.cues.key = key_of("separability");
    spec.cues.corruption = *Choice<Corruptions>::named("gaussian");
    spec.cues.cue_noise = 0.1;
    spec.cues.cue_bound = *Choice<CueBounds>::named("clip");
    spec.cues.probe_count = cues;
    return drawn_scene(spec);
}

/// What separability() says, from its definition.
struct Slow {
    std::vector<long double> memory_gaps;
    std::vector<long double> cue_gaps;
    std::vector<long double> self;
    std::vector<long double> cross;
};

LongVector long_row(std::span<const float> row) {
    return {row.begin(), row.end()};
}

Slow slow_separability(const RealScene& scene, const Likeness& likeness) {
    Setting setting;
    setting.real_similarity = likeness.similarity;
    setting.similarity_delta = likeness.delta;
    std::vector<LongVector> memories;
    for (std::size_t mu = 0; mu < scene.memories().rows; ++mu)
        memories.push_back(long_row(scene.memories().row(mu)));
    const auto gap = [](const LongVector& s, std::size_t own) {
        long double best = -INFINITY;
        for (std::size_t mu = 0; mu < s.size(); ++mu)
            if (mu != own) best = std::max(best, s[mu]);
        return s[own] - best;
    };
    Slow slow;
    for (std::size_t mu = 0; mu < memories.size(); ++mu)
        slow.memory_gaps.push_back(gap(oracle_similarities(memories, memories[mu], setting), mu));
    for (std::size_t p = 0; p < scene.cues.rows; ++p) {
        const LongVector s = oracle_similarities(memories, long_row(scene.cues.row(p)), setting);
        const auto own = static_cast<std::size_t>(scene.targets[p]);
        slow.cue_gaps.push_back(gap(s, own));
        for (std::size_t mu = 0; mu < s.size(); ++mu)
            (mu == own ? slow.self : slow.cross).push_back(s[mu]);
    }
    return slow;
}

double nearness(long double value) {
    return 1e-10 * (1.0 + std::abs(static_cast<double>(value)));
}

void expect_gaps(const Gaps& gaps, const std::vector<long double>& slow) {
    EXPECT_EQ(gaps.count, slow.size());
    EXPECT_EQ(gaps.undefined, 0U);
    const long double least = *std::ranges::min_element(slow);
    EXPECT_NEAR(gaps.least, static_cast<double>(least), nearness(least));
    EXPECT_EQ(gaps.not_positive, std::ranges::count_if(slow, [](auto gap) { return gap <= 0; }));
}

/// Values counted one by one; one that is within rounding of an edge may be on either side of it.
void expect_histogram(const SimilarityHistogram& histogram, const std::vector<double>& edges,
                      const std::vector<long double>& values) {
    EXPECT_EQ(histogram.total(), values.size());
    EXPECT_EQ(histogram.not_finite(), 0U);
    for (std::size_t b = 0; b < histogram_bins; ++b) {
        std::uint64_t surely = 0;
        std::uint64_t perhaps = 0;
        for (const long double value : values) {
            const long double eps = static_cast<long double>(nearness(value));
            surely += value > edges[b] + eps && value < edges[b + 1] - eps;
            perhaps += value > edges[b] - eps && value < edges[b + 1] + eps;
        }
        EXPECT_GE(histogram.counts[b], surely) << "bin " << b;
        EXPECT_LE(histogram.counts[b], perhaps) << "bin " << b;
    }
}

TEST(Separability, EqualsAllPairsOneByOneForEverySimilarity) {
    const RealScene scene = brightness_scene(40, 25);
    for (const std::string_view name : RealSimilarities::names) {
        SCOPED_TRACE(name);
        const Likeness likeness = likeness_of(name, 0.5);
        const Separability found = separability(scene, likeness);
        const Slow slow = slow_separability(scene, likeness);
        expect_gaps(found.memory_gaps, slow.memory_gaps);
        expect_gaps(found.cue_gaps, slow.cue_gaps);
        ASSERT_EQ(found.edges.size(), histogram_bins + 1);
        EXPECT_TRUE(std::ranges::is_sorted(found.edges));
        const auto least =
            std::min(*std::ranges::min_element(slow.self), *std::ranges::min_element(slow.cross));
        const auto largest =
            std::max(*std::ranges::max_element(slow.self), *std::ranges::max_element(slow.cross));
        EXPECT_NEAR(found.edges.front(), static_cast<double>(least), nearness(least));
        EXPECT_NEAR(found.edges.back(), static_cast<double>(largest), nearness(largest));
        expect_histogram(found.self, found.edges, slow.self);
        expect_histogram(found.cross, found.edges, slow.cross);
        EXPECT_EQ(found.memories, 40U);
    }
}

TEST(Separability, OfOrthonormalMemoriesTheGapIsOneByDot) {
    tests::Rows rows(9, std::vector<float>(12, 0.0F));
    for (std::size_t i = 0; i < rows.size(); ++i)
        rows[i][i] = 1.0F;
    const Separability found = separability(stored_scene_of(rows), likeness_of("dot"));
    EXPECT_EQ(found.memory_gaps.least, 1.0);
    EXPECT_EQ(found.cue_gaps.least, 1.0);
    EXPECT_EQ(found.self.counts.back(), 9U);
    EXPECT_EQ(found.cross.counts.front(), 9U * 8U);
}

TEST(Separability, ABrightMemoryLeavesTheOthersNoGapByDot) {
    const tests::Rows rows{{1, 1, 1, 1}, {0.5F, 0, 0.25F, 0}, {0, 0.5F, 0.5F, 0}, {0, 0, 0, 0.5F}};
    const Separability dot = separability(stored_scene_of(rows), likeness_of("dot"));
    EXPECT_EQ(dot.memory_gaps.count, 4U);
    EXPECT_EQ(dot.memory_gaps.not_positive, 3U);
    EXPECT_EQ(dot.memory_gaps.least, 0.5 - 1.0); // of the third one
    const Separability distance =
        separability(stored_scene_of(rows), likeness_of("negative_squared_euclidean"));
    EXPECT_EQ(distance.memory_gaps.not_positive, 0U);
    EXPECT_EQ(distance.memory_gaps.least, 0.5625); // of the second, third and last
}

TEST(Separability, DuplicatesHaveNoGap) {
    const RealScene scene = stored_scene_of({{1, 2, 3}, {3, 2, 1}, {1, 2, 3}});
    for (const std::string_view name : {"dot", "cosine", "negative_squared_euclidean"}) {
        const Separability found = separability(scene, likeness_of(name));
        EXPECT_EQ(found.memory_gaps.least, 0.0) << name;
        EXPECT_EQ(found.memory_gaps.not_positive, 2U) << name;
    }
}

TEST(Separability, CountsWhatIsNotFiniteApart) {
    // Shares of a black cue are 0 / 0.
    const RealScene black = real_scene_of({{1, 0}, {0, 1}}, {{0, 0}, {0.5F, 0}}, {0, 0});
    const Separability shares = separability(black, likeness_of("mean_normalized_dot"));
    EXPECT_EQ(shares.self.undefined, 1U);
    EXPECT_EQ(shares.cross.undefined, 1U);
    EXPECT_EQ(shares.self.total(), 2U);
    EXPECT_EQ(shares.cross.total(), 2U);
    EXPECT_EQ(shares.cue_gaps.undefined, 1U);
    EXPECT_EQ(shares.cue_gaps.least, 1.0);
    EXPECT_EQ(shares.memory_gaps.undefined, 0U);

    // 1 / (0 + delta) is more than the largest number.
    const Separability inverse = separability(stored_scene_of({{1, 0}, {0, 1}}),
                                              likeness_of("inverse_squared_euclidean", 1e-310));
    EXPECT_EQ(inverse.self.plus_infinite, 2U);
    EXPECT_EQ(inverse.cross.not_finite(), 0U);
    EXPECT_EQ(inverse.memory_gaps.least, INFINITY);
    EXPECT_EQ(inverse.edges.front(), 0.0); // around the only finite value, 1 / 2
    EXPECT_EQ(inverse.edges.back(), 1.0);
}

TEST(Separability, OfOneMemoryThereAreNoGaps) {
    const Separability found = separability(stored_scene_of({{1, 2}}), likeness_of("dot"));
    EXPECT_EQ(found.memory_gaps.count, 0U);
    EXPECT_TRUE(std::isnan(found.memory_gaps.least));
    EXPECT_EQ(found.self.total(), 1U);
    EXPECT_EQ(found.cross.total(), 0U);
}

TEST(Separability, CuesOfNoMemoryAreCrossAlone) {
    const Separability found = separability(
        real_scene_of({{1, 0}, {0, 1}}, {{1, 1}, {2, 0}}, {-1, 0}), likeness_of("dot"));
    EXPECT_EQ(found.self.total(), 1U);
    EXPECT_EQ(found.cross.total(), 3U);
    EXPECT_EQ(found.cue_gaps.count, 1U);
    EXPECT_EQ(found.cue_gaps.least, 2.0);
}

TEST(Separability, LooksAtSomeOfManyAndComparesThemWithAll) {
    const std::vector<std::uint32_t> some = looked_at(3000);
    EXPECT_EQ(some.size(), most_looked_at);
    EXPECT_EQ(std::set(some.begin(), some.end()).size(), most_looked_at);
    EXPECT_LT(some.back(), 3000U);
    EXPECT_GT(some.back(), 2995U);
    EXPECT_EQ(looked_at(5), (std::vector<std::uint32_t>{0, 1, 2, 3, 4}));

    // Memory 1, which is not looked at, is brighter than all others.
    tests::Rows rows(3000, {1.0F});
    rows[1] = {5.0F};
    ASSERT_FALSE(std::ranges::binary_search(some, 1U));
    const Separability found =
        separability(real_scene_of(rows, {{1.0F}, {1.0F}}, {1, 2}), likeness_of("dot"));
    EXPECT_EQ(found.memories, 3000U);
    EXPECT_EQ(found.memories_looked_at, most_looked_at);
    EXPECT_EQ(found.memory_gaps.count, most_looked_at);
    EXPECT_EQ(found.memory_gaps.least, -4.0);
    EXPECT_EQ(found.cue_gaps.least, -4.0);
    EXPECT_EQ(found.self.total(), 2U);
    EXPECT_EQ(found.self.counts.back(), 1U) << "memory 1 is the own one of a cue";
    const auto twos = static_cast<std::uint64_t>(std::ranges::count(some, 2U));
    EXPECT_EQ(found.cross.total(), 2 * most_looked_at - twos);
}

TEST(Separability, CuesInBlocksAreCuesOneByOne) {
    const RealScene scene = brightness_scene(50, 300);
    const Separability all = separability(scene, likeness_of("cosine"));
    double least = INFINITY;
    std::uint32_t not_positive = 0;
    for (std::size_t p = 0; p < scene.cues.rows; ++p) {
        RealScene one{scene.patterns, RealMatrix(1, scene.cues.columns), {scene.targets[p]}, 0};
        std::ranges::copy(scene.cues.row(p), one.cues.row(0).begin());
        const Separability alone = separability(one, likeness_of("cosine"));
        least = std::min(least, alone.cue_gaps.least);
        not_positive += alone.cue_gaps.not_positive;
    }
    EXPECT_EQ(all.cue_gaps.least, least);
    EXPECT_EQ(all.cue_gaps.not_positive, not_positive);
}

TEST(Separability, LeavesOffWhenPatienceEnds) {
    EXPECT_THROW(separability(brightness_scene(5, 5), likeness_of("dot"), [] { return false; }),
                 OutOfPatience);
}

} // namespace
} // namespace basin
