// Match counts kept up to date, against counting them anew.

#include "models/bipolar/overlaps.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <vector>

#include "support/hand_scene.hpp"
#include "support/scenes.hpp"

namespace basin {
namespace {

struct Shape {
    std::uint32_t dimension;
    std::uint32_t pattern_count;
};

void PrintTo(const Shape& shape, std::ostream* out) {
    *out << "N=" << shape.dimension << " K=" << shape.pattern_count;
}

class AnyShape : public testing::TestWithParam<Shape> {
protected:
    /// Compares everything with a recount in the present state.
    void expect_recounted(const Overlaps& overlaps) const {
        std::map<std::uint32_t, std::uint32_t> bins;
        for (std::size_t mu = 0; mu < scene_.memories.rows; ++mu) {
            std::uint32_t matches = 0;
            for (std::uint32_t i = 0; i < scene_.dimension(); ++i)
                matches += bit_at(scene_.memories.row(mu), i) == overlaps.unit(i);
            ASSERT_EQ(overlaps.matches(mu), matches) << "memory " << mu;
            ++bins[matches];
        }
        ASSERT_EQ(overlaps.histogram().size(), bins.size());
        std::size_t bin = 0;
        for (const auto& [matches, memories] : bins) {
            EXPECT_EQ(overlaps.histogram()[bin].matches, matches);
            EXPECT_EQ(overlaps.histogram()[bin].memories, memories);
            ++bin;
        }
    }

    void expect_steps_recounted(const Overlaps& overlaps, StepCounts& counts) const {
        for (std::uint32_t unit = 0; unit < scene_.dimension(); ++unit) {
            overlaps.count_steps(unit, counts);
            StepCounts truth{std::vector<std::uint32_t>(scene_.dimension() + 2),
                             std::vector<std::uint32_t>(scene_.dimension() + 2),
                             {}};
            for (std::size_t mu = 0; mu < scene_.memories.rows; ++mu) {
                const std::uint32_t m = overlaps.matches(mu);
                const bool agrees = bit_at(scene_.memories.row(mu), unit) == overlaps.unit(unit);
                ++(agrees ? truth.aligned[m] : truth.opposed[m + 1]);
                const Word word = overlaps.aligned_word(unit, mu / 64);
                ASSERT_EQ((word >> (mu % 64)) & 1U, agrees ? 1U : 0U);
            }
            ASSERT_EQ(counts.aligned, truth.aligned);
            ASSERT_EQ(counts.opposed, truth.opposed);
            ASSERT_TRUE(std::ranges::is_sorted(counts.present));
            ASSERT_EQ(std::ranges::adjacent_find(counts.present), counts.present.end());
            for (std::uint32_t k = 0; k < truth.aligned.size(); ++k) {
                const bool used = truth.aligned[k] + truth.opposed[k] > 0;
                ASSERT_TRUE(!used || std::ranges::binary_search(counts.present, k)) << k;
            }
        }
    }

    const Scene scene_ = tests::random_scene({.dimension = GetParam().dimension,
                                              .pattern_count = GetParam().pattern_count,
                                              .probe_count = 2,
                                              .cue_level = 0.3});
};

TEST_P(AnyShape, MovingToAStateCountsItsMatches) {
    Overlaps overlaps(scene_);
    for (std::size_t probe = 0; probe < 2; ++probe) {
        overlaps.move_to(scene_.cues.row(probe));
        expect_recounted(overlaps);
    }
}

TEST_P(AnyShape, FlippingOneByOne) {
    Overlaps overlaps(scene_);
    overlaps.move_to(scene_.cues.row(0));
    StepCounts counts;
    for (std::uint32_t unit = 0; unit < scene_.dimension(); unit += 7) {
        const bool before = overlaps.unit(unit);
        overlaps.flip(std::span(&unit, 1));
        EXPECT_NE(overlaps.unit(unit), before);
        expect_recounted(overlaps);
    }
    expect_steps_recounted(overlaps, counts);
}

TEST_P(AnyShape, FlippingAtOnce) {
    Overlaps overlaps(scene_);
    overlaps.move_to(scene_.cues.row(0));
    StepCounts counts;
    expect_steps_recounted(overlaps, counts);
    std::vector<std::uint32_t> all(scene_.dimension());
    std::iota(all.begin(), all.end(), 0U);

    overlaps.flip(all);

    expect_recounted(overlaps);
    expect_steps_recounted(overlaps, counts); // the same counts again: what they held is gone
    overlaps.flip(std::vector<std::uint32_t>{});
    expect_recounted(overlaps);
    overlaps.flip(all);
    EXPECT_TRUE(std::ranges::equal(overlaps.state(), scene_.cues.row(0)));
}

INSTANTIATE_TEST_SUITE_P(Shapes, AnyShape,
                         testing::Values(Shape{1, 1}, Shape{2, 3}, Shape{20, 63}, Shape{20, 64},
                                         Shape{20, 65}, Shape{64, 130}, Shape{65, 7}, Shape{300, 2},
                                         Shape{129, 128}));

TEST(Overlaps, MemoriesThatAgreeEverywhereOrNowhereUseOneStep) {
    const Scene scene = hand_scene(rows_of({"++++", "----", "++++"}), rows_of({"++++"}), {0});
    Overlaps overlaps(scene);
    overlaps.move_to(scene.cues.row(0));
    StepCounts counts;

    overlaps.count_steps(2, counts);

    EXPECT_EQ(counts.aligned, (std::vector<std::uint32_t>{0, 0, 0, 0, 2, 0}));
    EXPECT_EQ(counts.opposed, (std::vector<std::uint32_t>{0, 1, 0, 0, 0, 0}));
}

TEST(Overlaps, CountsMayBeUsedAgainForASmallerScene) {
    const Scene large = tests::random_scene({.dimension = 200, .pattern_count = 9});
    const Scene small = tests::random_scene({.dimension = 5, .pattern_count = 2});
    Overlaps many(large);
    many.move_to(large.cues.row(0));
    Overlaps few(small);
    few.move_to(small.cues.row(0));
    StepCounts used;
    StepCounts fresh;

    many.count_steps(0, used);
    few.count_steps(0, used);

    few.count_steps(0, fresh);
    EXPECT_EQ(used.aligned, fresh.aligned);
    EXPECT_EQ(used.opposed, fresh.opposed);
    EXPECT_EQ(used.present, fresh.present);
}

} // namespace
} // namespace basin
