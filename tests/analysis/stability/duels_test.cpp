#include "analysis/stability/disagreements.hpp"
#include "analysis/stability/duel_charts.hpp"
#include "analysis/stability/duels.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <iostream>
#include <limits>
#include <map>
#include <random>

#include "support/drawn_cells.hpp"
#include "support/obvious_duels.hpp"
#include "support/synthetic_cells.hpp"

namespace basin {
namespace {

using tests::Draw;
using tests::drawn_cells;
using tests::number_axis;
using tests::Obvious;
using tests::obvious;
using tests::replicates;
using tests::set_value;
using tests::text_axis;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

Cells models(std::size_t replicate_count, std::uint32_t seed, const Draw& draw) {
    return drawn_cells({text_axis("formulation", {"original", "normalized"}),
                        number_axis("beta", {0.1, 1, 10, 100}),
                        text_axis("similarity", {"dot", "cosine", "hamming"}),
                        number_axis("cue_level", {0, 0.1, 0.2})},
                       replicate_count, seed, draw);
}

std::size_t value_of(const Cells& cells, const char* axis, std::size_t row) {
    return cells.coordinate[*cells.axis(axis)][row];
}

double noise(const Cells&, std::size_t, double normal) {
    return 0.3 + 0.05 * normal;
}

TEST(Duels, AreThoseOfTheObviousVersion) {
    Cells cells = models(6, 11, [](const Cells& all, std::size_t row, double normal) {
        const double effect = value_of(all, "similarity", row) == 1    ? -0.1
                              : value_of(all, "formulation", row) == 1 ? 0.06
                                                                       : 0.0;
        return 0.4 + effect * static_cast<double>(value_of(all, "beta", row)) + 0.05 * normal;
    });
    // Holes: failed cells, replicates that were not run, a replicate that no cell has.
    cells.state[3] = CellState::failed;
    cells.state[40] = CellState::not_run;
    for (std::size_t row = 0; row < cells.rows(); ++row) {
        set_value(cells, row, row % 6, row % 5 == 0 ? nan : 0.5);
        set_value(cells, row, 5, nan);
    }

    const std::vector<Duel> found = duels(cells);

    ASSERT_EQ(found.size(), 2U * (1 + 3));
    std::size_t decided = 0;
    for (const Duel& duel : found) {
        const Obvious expected = obvious(cells, duel.axis, duel.a, duel.b, duel.metric);
        ASSERT_EQ(duel.cells.size(), expected.p_of_rows.size());
        for (const DuelCell& cell : duel.cells) {
            ASSERT_TRUE(expected.p_of_rows.contains({cell.row_a, cell.row_b}));
            const double p = expected.p_of_rows.at({cell.row_a, cell.row_b});
            EXPECT_TRUE(cell.p_value == p || (std::isnan(p) && std::isnan(cell.p_value)));
        }
        EXPECT_EQ(duel.wins, expected.wins);
        EXPECT_EQ(duel.ties, expected.ties);
        EXPECT_EQ(duel.losses, expected.losses);
        EXPECT_EQ(duel.overall.first_size, 5U);
        EXPECT_NEAR(duel.overall.difference.mean, expected.overall.difference.mean, 1e-12);
        EXPECT_NEAR(duel.overall.difference.low, expected.overall.difference.low, 1e-12);
        EXPECT_NEAR(duel.overall.p_value, expected.overall.p_value, 1e-9);
        decided += duel.wins + duel.losses;
    }
    EXPECT_GT(decided, 10U);
}

TEST(Duels, FindWhatWasPlantedWithItsSign) {
    // Cosine errs by 0.2 less than dot where beta is large, and nowhere else differs.
    const Cells cells = models(8, 5, [](const Cells& all, std::size_t row, double normal) {
        const bool better = value_of(all, "similarity", row) == 1 && value_of(all, "beta", row) > 1;
        return (better ? 0.3 : 0.5) + 0.01 * normal;
    });
    for (const Duel& duel : duels(cells)) {
        if (cells.axes[duel.axis].name == "formulation") continue;
        const double sign = duel.metric == "recall_error" ? 1.0 : -1.0;
        if (duel.a == 0 && duel.b == 1) { // dot, cosine
            EXPECT_GE(duel.wins, 12U);    // 2 betas, 2 formulations, 3 cue levels
            EXPECT_LE(duel.wins, 14U);
            EXPECT_NEAR(duel.overall.difference.mean, -0.1 * sign, 0.01);
            EXPECT_LT(duel.adjusted_p, 1e-6);
        }
        if (duel.a == 1 && duel.b == 2) { // cosine, hamming
            EXPECT_GE(duel.losses, 12U);
            EXPECT_LE(duel.wins, 1U);
        }
    }
}

TEST(Duels, OfNothingMakeFewDiscoveries) {
    // Without any difference every discovery is false, so the rate of tables with a discovery is at
    // most the nominal one. 400 duels of 36 cells; the standard error at 0.05 is 0.011.
    std::size_t with_discovery = 0;
    std::size_t overall = 0;
    std::size_t tables = 0;
    for (std::uint32_t seed = 0; seed < 400; ++seed) {
        const Cells cells = models(4, 1000 + seed, noise);
        for (const Duel& duel : duels(cells, true, std::span(duel_metrics).first(1)))
            if (cells.axes[duel.axis].name == "formulation") {
                ++tables;
                with_discovery += duel.wins + duel.losses > 0 ? 1 : 0;
                overall += duel.overall.p_value <= 0.05 ? 1 : 0;
            }
    }
    ASSERT_EQ(tables, 400U);
    EXPECT_LE(with_discovery, 400 * (0.05 + 2.5 * 0.011));
    EXPECT_GE(with_discovery, 5U) << "a test that never rejects would pass the line above";
    EXPECT_LE(overall, 400 * (0.05 + 2.5 * 0.011));
    EXPECT_GE(overall, 400 * (0.05 - 2.5 * 0.011));
}

TEST(Duels, OfStoresWithTheirOwnSeedsAreNotPaired) {
    const Cells cells =
        drawn_cells({text_axis("store", {"one", "two"}), number_axis("beta", {1, 10}),
                     text_axis("precision", {"float32", "exact"})},
                    5, 3, noise);
    const std::vector<Duel> apart = duels(cells, false);
    ASSERT_EQ(apart.size(), 4U);
    EXPECT_EQ(cells.axes[apart[0].axis].name, "store");
    EXPECT_FALSE(apart[0].paired);
    EXPECT_TRUE(apart[2].paired) << "within a store, precisions share their scenes";
    const Measure& error = *cells.measure("recall_error");
    const DuelCell& cell = apart[0].cells.front();
    EXPECT_EQ(cell.p_value,
              welch_test(replicates(cells, error, cell.row_a), replicates(cells, error, cell.row_b))
                  .p_value);
    EXPECT_EQ(
        duels(cells, true)[0].cells.front().p_value,
        paired_test(replicates(cells, error, cell.row_a), replicates(cells, error, cell.row_b))
            .p_value);
}

TEST(Duels, NeedCellsInCommon) {
    EXPECT_TRUE(duels(Cells{}).empty());
    EXPECT_TRUE(duels(drawn_cells({number_axis("beta", {1})}, 3, 1, noise)).empty());

    Cells failed = models(3, 1, noise);
    failed.state.assign(failed.rows(), CellState::failed);
    EXPECT_TRUE(duels(failed).empty());

    // hamming has no cell at the cue levels that dot has.
    Cells mixed = models(3, 1, noise);
    std::vector<bool> keep(mixed.rows());
    for (std::size_t row = 0; row < keep.size(); ++row)
        keep[row] =
            value_of(mixed, "similarity", row) == 0
                ? value_of(mixed, "cue_level", row) == 0
                : value_of(mixed, "similarity", row) == 1 || value_of(mixed, "cue_level", row) > 0;
    mixed = filtered(mixed, keep);
    std::map<std::pair<std::size_t, std::size_t>, std::size_t> common;
    for (const Duel& duel : duels(mixed))
        if (mixed.axes[duel.axis].name == "similarity")
            common[{duel.a, duel.b}] = duel.cells.size();
    EXPECT_EQ(common, (decltype(common){{{0, 1}, 8}, {{1, 2}, 16}})); // 2 formulations, 4 betas

    Cells without = models(3, 1, noise);
    for (Measure& measure : without.measures)
        measure.each.clear();
    EXPECT_TRUE(duels(without).empty());
}

TEST(Duels, AreAboutMetricsThatHaveABetterEnd) {
    Cells cells = models(3, 1, noise);
    cells.measures[1].name = "unique_states"; // neither is better
    const std::vector<std::string_view> names{"recall_error", "unique_states", "iterations"};
    const std::vector<Duel> found = duels(cells, true, names);
    EXPECT_EQ(found.size(), 4U);
    for (const Duel& duel : found)
        EXPECT_EQ(duel.metric, "recall_error");
    EXPECT_THROW(duels(cells, true, std::vector<std::string_view>{"recal"}), std::out_of_range);
}

TEST(Duels, OfOneReplicateAreAllTies) {
    for (const Duel& duel : duels(models(1, 1, noise))) {
        EXPECT_EQ(duel.ties, duel.cells.size());
        EXPECT_TRUE(std::isnan(duel.overall.difference.low));
        EXPECT_TRUE(std::isnan(duel.overall.p_value));
        EXPECT_TRUE(std::isnan(duel.adjusted_p));
        EXPECT_FALSE(std::isnan(duel.overall.difference.mean));
    }
}

TEST(Duels, TellHowManyVerdictsRestOnNoSpread) {
    // Everywhere 0.25 less with cosine, to the bit, in all replicates.
    const Cells cells = models(3, 1, [](const Cells& all, std::size_t row, double) {
        return value_of(all, "similarity", row) == 1 ? 0.25 : 0.5;
    });
    const std::vector<Duel> all = duels(cells);
    const auto duel = std::ranges::find_if(all, [&](const Duel& each) {
        return cells.axes[each.axis].name == "similarity" && each.a == 0 && each.b == 1;
    });
    EXPECT_EQ(duel->wins, 24U);
    EXPECT_EQ(duel->without_spread, 24U);
}

TEST(Duels, StandAMillionPoints) {
    std::vector<double> betas(25);
    std::vector<double> counts(25);
    for (std::size_t i = 0; i < 25; ++i) {
        betas[i] = static_cast<double>(i + 1);
        counts[i] = static_cast<double>(10 * (i + 1));
    }
    const Cells cells = drawn_cells(
        {number_axis("pattern_count", counts), text_axis("formulation", {"original", "normalized"}),
         number_axis("beta", betas),
         text_axis("similarity", {"a", "b", "c", "d", "e", "f", "g", "h", "i", "j"}),
         text_axis("precision", {"float16", "float32", "float64", "bfloat16", "exact"}),
         number_axis("cue_level", {0, 0.1})},
        8, 1, noise);
    ASSERT_EQ(cells.rows() * cells.replicates, 1'000'000U);
    const auto begin = std::chrono::steady_clock::now();
    const std::vector<Duel> all = duels(cells);
    const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - begin;
    const std::size_t tiles = difference_maps(cells, all).front().tiles.size();
    const std::size_t told = disagreements(cells, all).size();
    const std::chrono::duration<double> in_all = std::chrono::steady_clock::now() - begin;
    std::cout << "10^6 points: " << taken.count() << " s, with maps and disagreements "
              << in_all.count() << " s\n";
    EXPECT_LE(tiles, most_difference_tiles);
    EXPECT_LE(told, all.size() * usual_disagreements);
    EXPECT_EQ(all.size(), 2U * (1 + 45 + 10));
}

} // namespace
} // namespace basin
