#include "models/bipolar/shared/monitored_memories.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "support/scenes.hpp"

namespace basin {
namespace {

/// The largest match counts but for the leader's, in descending order.
std::vector<std::uint32_t> nearest_but(std::uint32_t leader, const Overlaps& overlaps,
                                       std::size_t count) {
    std::vector<std::uint32_t> all;
    for (std::uint32_t mu = 0; mu < overlaps.pattern_count(); ++mu)
        if (mu != leader) all.push_back(overlaps.matches(mu));
    std::ranges::sort(all, std::greater{});
    all.resize(count);
    return all;
}

class AnySample : public testing::TestWithParam<std::pair<std::uint32_t, std::uint32_t>> {};

TEST_P(AnySample, KeepsCountsOfTheFirstAndTheNearest) {
    const auto [dimension, pattern_count] = GetParam();
    const Scene scene = tests::random_scene({.dimension = dimension,
                                             .pattern_count = pattern_count,
                                             .probe_count = 1,
                                             .cue_level = 0.1});
    Overlaps overlaps(scene);
    overlaps.move_to(scene.cues.row(0));
    const std::uint32_t leader = pattern_count / 2;
    Sample sample;
    sample.take(overlaps, leader);
    const auto counts = [&] { return sample.near(overlaps); };
    std::vector<std::uint32_t> near(counts().begin(), counts().end());
    std::ranges::sort(near, std::greater{});
    EXPECT_EQ(near, nearest_but(leader, overlaps, near.size()));
    EXPECT_EQ(near.empty(), pattern_count <= 64);

    // The same memories, wherever the state goes.
    std::vector<std::uint32_t> memories;
    for (std::uint32_t mu = 0; mu < pattern_count && !near.empty(); ++mu)
        if (mu != leader && overlaps.matches(mu) >= near.back()) memories.push_back(mu);
    ASSERT_EQ(memories.size(), near.size());
    for (std::uint32_t unit = 0; unit < dimension; unit += 3) {
        sample.flip(overlaps, unit);
        overlaps.flip({&unit, 1});
        ASSERT_EQ(sample.leader_matches(), overlaps.matches(leader));
        ASSERT_EQ(sample.others().size(), std::min(pattern_count, 64U));
        for (std::uint32_t mu = 0; mu < sample.others().size(); ++mu)
            ASSERT_EQ(sample.others()[mu], overlaps.matches(mu));
        for (std::size_t i = 0; i < memories.size(); ++i)
            ASSERT_EQ(counts()[i], overlaps.matches(memories[i]));
    }
}

INSTANTIATE_TEST_SUITE_P(Sample, AnySample,
                         testing::Values(std::pair{33U, 10U}, std::pair{100U, 64U},
                                         std::pair{100U, 1000U}, std::pair{300U, 500U}));

} // namespace
} // namespace basin
