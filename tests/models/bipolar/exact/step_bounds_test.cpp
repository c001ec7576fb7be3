// What is promised of the way to a memory, held to the way itself: its flips in random orders.

#include "models/base/random.hpp"
#include "models/bipolar/exact/exact_table.hpp"
#include "models/bipolar/exact/step_bounds.hpp"
#include "models/bipolar/overlaps.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <vector>

#include "support/scenes.hpp"

namespace basin {
namespace {

/// Units in which the state is not yet what the memory wants, in random order.
std::vector<std::uint32_t> way_to(std::uint32_t memory, const Overlaps& overlaps, Stream& stream) {
    std::vector<std::uint32_t> way;
    for (std::uint32_t unit = 0; unit < overlaps.dimension(); ++unit)
        if (!overlaps.agrees(memory, unit)) way.push_back(unit);
    for (std::size_t i = way.size(); i > 1; --i)
        std::swap(way[i - 1], way[stream.below(i)]);
    return way;
}

std::uint32_t nearest(const Overlaps& overlaps) {
    std::uint32_t best = 0;
    for (std::uint32_t mu = 1; mu < overlaps.pattern_count(); ++mu)
        if (overlaps.matches(mu) > overlaps.matches(best)) best = mu;
    return best;
}

std::vector<std::uint32_t> expanded(const std::vector<MatchCount>& histogram) {
    std::vector<std::uint32_t> counts;
    for (const MatchCount& entry : histogram)
        counts.insert(counts.end(), entry.memories, entry.matches);
    return counts;
}

class AnyWay : public testing::TestWithParam<std::uint32_t> {};

TEST_P(AnyWay, NoMemoryComesFurtherThanItsReach) {
    Stream stream(key_of("reach"), StreamRole::patterns, GetParam());
    const Scene scene = tests::random_scene(
        {.dimension = GetParam(), .pattern_count = 70, .probe_count = 3, .cue_level = 0.2});
    Overlaps overlaps(scene);
    for (std::uint32_t probe = 0; probe < 3; ++probe) {
        overlaps.move_to(scene.cues.row(probe));
        const std::uint32_t leader = nearest(overlaps);
        const auto way = way_to(leader, overlaps, stream);
        const std::vector<std::uint32_t> reach = expanded(overlaps.reach_towards(leader));
        ASSERT_EQ(reach.size(), 70U);
        EXPECT_EQ(reach.back(), scene.dimension());
        for (std::size_t flips = 0; flips <= way.size(); ++flips) {
            // Bounds that hold memory by memory hold for the sorted counts too.
            std::vector<std::uint32_t> here;
            for (std::uint32_t mu = 0; mu < 70; ++mu)
                here.push_back(overlaps.matches(mu));
            std::ranges::sort(here);
            for (std::size_t i = 0; i < here.size(); ++i) {
                EXPECT_LE(here[i], reach[i]);
                EXPECT_LE(reach[i], here[i] + way.size());
            }
            if (flips < way.size()) overlaps.flip({&way[flips], 1});
        }
        EXPECT_EQ(overlaps.matches(leader), scene.dimension());
    }
}

/// Dimensions of bytes and of wider match counts.
INSTANTIATE_TEST_SUITE_P(Dominance, AnyWay, testing::Values(33, 64, 100, 255, 256, 300));

/// Counts of ways that were certain by the first look, and by the second.
struct Seen {
    int at_once = 0;
    int by_reach = 0;
};

void expect_kept(const Scene& scene, std::uint32_t probe, const ExactTable& table, Stream& stream,
                 Seen& seen) {
    Overlaps overlaps(scene);
    overlaps.move_to(scene.cues.row(probe));
    const std::uint32_t leader = nearest(overlaps);
    const std::uint32_t matches = overlaps.matches(leader);
    if (overlaps.histogram().back().memories != 1) return;
    Approach approach{overlaps.histogram(), overlaps.dimension(), matches};
    Balance balance = weigh_up(table.dominance, approach);
    const bool at_once = balance.is_certain();
    const std::vector<MatchCount> reach = overlaps.reach_towards(leader);
    if (!at_once && balance.is_close) {
        approach.reach = reach;
        balance = weigh_up(table.dominance, approach);
    }
    if (!balance.is_certain()) return;
    ++(at_once ? seen.at_once : seen.by_reach);
    const auto way = way_to(leader, overlaps, stream);
    for (std::size_t flips = 0; flips <= way.size(); ++flips) {
        const auto size = [&](std::uint32_t mu) {
            const std::uint32_t m = overlaps.matches(mu);
            return std::max(table.dominance.sizes[std::max(m, 1U)],
                            table.dominance.sizes[std::min(m + 1, overlaps.dimension())]);
        };
        double others = 0.0;
        for (std::uint32_t mu = 0; mu < overlaps.pattern_count(); ++mu)
            if (mu != leader) others += size(mu);
        // Of the side on which the leader says less.
        const double own = table.dominance.sizes[overlaps.matches(leader)];
        ASSERT_GE(own, balance.own);
        ASSERT_LE(own, balance.largest);
        ASSERT_GE(own - others, balance.surplus);
        ASSERT_LE(others, balance.share * own);
        ASSERT_LE(others, balance.others);
        if (flips < way.size()) overlaps.flip({&way[flips], 1});
    }
}

TEST(Dominance, OutweighsAllOthersAllTheWay) {
    Stream stream(key_of("dominance"), StreamRole::patterns);
    constexpr std::array vertices{3U, 5U, 8U, 12U, 30U};
    Seen seen;
    for (const std::uint32_t vertex : vertices) {
        Setting setting;
        setting.interaction_parameters.vertex = vertex;
        for (const std::uint32_t memories : {20U, 300U, 3000U}) {
            const Scene scene = tests::random_scene({.dimension = 100,
                                                     .pattern_count = memories,
                                                     .probe_count = 10,
                                                     .cue_level = 0.1,
                                                     .seed = vertex});
            const ExactTable table = make_exact_table(exact_model(setting, 100), 100);
            for (std::uint32_t probe = 0; probe < 10; ++probe)
                expect_kept(scene, probe, table, stream, seen);
        }
    }
    EXPECT_GT(seen.at_once, 50);
    EXPECT_GT(seen.by_reach, 5);
}

} // namespace
} // namespace basin
