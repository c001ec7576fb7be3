// A model by formula: beta works within [10^low, 10^high] of a grid, edges that move with the
// vertex and, a little, with the replicate.
#include "analysis/charts/chart_table.hpp"
#include "analysis/stability/working_region.hpp"
#include "results/files/undefined.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>

#include "support/synthetic_cells.hpp"

namespace basin {
namespace {

using tests::number_axis;
using tests::synthetic_cells;
using tests::text_axis;

CubeAxis beta_axis(const std::vector<double>& log_beta) {
    std::vector<double> numbers;
    for (const double x : log_beta)
        numbers.push_back(std::pow(10.0, x));
    return number_axis("beta", numbers);
}

/// -4, -3.5, ..., 4
CubeAxis fine_beta() {
    std::vector<double> log_beta;
    for (int i = -8; i <= 8; ++i)
        log_beta.push_back(0.5 * i);
    return beta_axis(log_beta);
}

double number(const Cells& cells, std::size_t row, std::string_view axis) {
    const std::size_t a = cells.axis(axis).value();
    return cells.axes[a].numbers[cells.coordinate[a][row]];
}

std::vector<std::size_t> every_row(const Cells& cells) {
    std::vector<std::size_t> rows;
    for (std::size_t row = 0; row < cells.rows(); ++row)
        rows.push_back(row);
    return rows;
}

/// Lets recall_error of a row and replicate be 0 where `works` holds of log10 beta, else 0.3.
void let_work(Cells& cells, const std::function<bool(std::size_t, std::size_t, double)>& works) {
    Measure& error = *std::ranges::find(cells.measures, "recall_error", &Measure::name);
    for (std::size_t row = 0; row < cells.rows(); ++row)
        for (std::size_t r = 0; r < cells.replicates; ++r)
            error.each[row * cells.replicates + r] =
                works(row, r, std::log10(number(cells, row, "beta"))) ? 0.0 : 0.3;
}

TEST(WorkingRegion, AValueStandsForAllUpToTheMidpoints) {
    Cells cells = synthetic_cells({beta_axis({-2, -1, 1, 2})}, 1);
    let_work(cells, [](std::size_t, std::size_t, double x) { return std::abs(x) < 1.5; });

    const WorkingRegion region = working_region(cells, every_row(cells));

    EXPECT_NEAR(region.area.mean, 3.0, 1e-12) << "-1.5 to 0 and 0 to 1.5";
    EXPECT_NEAR(region.centre.mean, 0.0, 1e-12);
    EXPECT_NEAR(region.low, -1.5, 1e-12);
    EXPECT_NEAR(region.high, 1.5, 1e-12);
    EXPECT_FALSE(region.at_low_end || region.at_high_end);
    EXPECT_TRUE(std::isnan(region.area.low)) << "one replicate has no interval";
    EXPECT_EQ(region.replicates, 1u);
    EXPECT_EQ(region.lines, 1u);
}

TEST(WorkingRegion, AnErrorOfExactlyTheThresholdWorks) {
    Cells cells = synthetic_cells({beta_axis({-2, -1, 1, 2})}, 1);
    let_work(cells, [](std::size_t, std::size_t, double) { return false; });
    Measure& error = *std::ranges::find(cells.measures, "recall_error", &Measure::name);
    error.each[1] = recalled_error;
    error.each[2] = std::nextafter(recalled_error, 1.0);

    const WorkingRegion region = working_region(cells, every_row(cells));

    EXPECT_NEAR(region.area.mean, 1.5, 1e-12) << "-1.5 to 0 of the second value alone";
    EXPECT_NEAR(region.high, 0.0, 1e-12);
}

TEST(WorkingRegion, EndsAtTheEndsOfTheGrid) {
    Cells cells = synthetic_cells({beta_axis({-2, -1, 1, 2})}, 1);
    let_work(cells, [](std::size_t, std::size_t, double x) { return x < -1.5 || x > 0.5; });

    const WorkingRegion region = working_region(cells, every_row(cells));

    EXPECT_NEAR(region.area.mean, 0.5 + 2.0, 1e-12) << "-2 to -1.5 and 0 to 2";
    EXPECT_NEAR(region.centre.mean, (0.5 * -1.75 + 2.0 * 1.0) / 2.5, 1e-12);
    EXPECT_TRUE(region.at_low_end && region.at_high_end);
    EXPECT_NEAR(region.low, -2.0, 1e-12);
    EXPECT_NEAR(region.high, 2.0, 1e-12);
}

TEST(WorkingRegion, TheOrderOfTheGridDoesNotMatter) {
    Cells cells = synthetic_cells({beta_axis({2, -1, -2, 1})}, 1);
    let_work(cells, [](std::size_t, std::size_t, double x) { return std::abs(x) < 1.5; });

    EXPECT_NEAR(working_region(cells, every_row(cells)).area.mean, 3.0, 1e-12);
}

TEST(WorkingRegion, AveragesLinesAndThoseWithoutARegionCountAsNothing) {
    Cells cells = synthetic_cells({number_axis("pattern_count", {5, 10}), fine_beta()}, 3);
    let_work(cells, [&](std::size_t row, std::size_t r, double x) {
        return number(cells, row, "pattern_count") == 5 && x > 0.9 &&
               x < 2.1 + 0.5 * static_cast<double>(r);
    });

    const WorkingRegion region = working_region(cells, every_row(cells));

    // Replicate r works at 1, 1.5, 2, and r more: 1.5 + 0.5 r decades from 0.75 on.
    const std::vector<double> areas{0.75, 1.0, 1.25};
    const std::vector<double> centres{1.5, 1.75, 2.0};
    for (std::size_t r = 0; r < 3; ++r) {
        EXPECT_NEAR(region.areas[r], areas[r], 1e-12);
        EXPECT_NEAR(region.centres[r], centres[r], 1e-12);
    }
    const MeanInterval area = mean_interval(areas);
    EXPECT_NEAR(region.area.mean, area.mean, 1e-12);
    EXPECT_NEAR(region.area.low, area.low, 1e-12);
    EXPECT_NEAR(region.area.high, area.high, 1e-12);
    EXPECT_NEAR(region.high, (2.25 + 2.75 + 3.25) / 3, 1e-12);
    EXPECT_EQ(region.lines, 2u);
}

TEST(WorkingRegion, LeavesOutReplicatesThatLackACell) {
    Cells cells = synthetic_cells({fine_beta()}, 3);
    let_work(cells, [](std::size_t, std::size_t, double x) { return std::abs(x) < 0.9; });
    cells.measures[0].each[5 * 3 + 1] = undefined;

    const WorkingRegion region = working_region(cells, every_row(cells));

    EXPECT_EQ(region.replicates, 2u);
    EXPECT_TRUE(std::isnan(region.areas[1]));
    EXPECT_NEAR(region.area.mean, 1.5, 1e-12);
}

TEST(WorkingRegion, ACellThatFailedDoesNotWork) {
    Cells cells = synthetic_cells({fine_beta()}, 1);
    let_work(cells, [](std::size_t, std::size_t, double x) { return std::abs(x) < 0.9; });
    cells.state[8] = CellState::failed; // beta = 1
    cells.measures[0].each[8] = undefined;

    EXPECT_NEAR(working_region(cells, every_row(cells)).area.mean, 1.0, 1e-12);
}

TEST(WorkingRegion, HasNoPointThatDecidesNothing) {
    Cells cells = synthetic_cells({fine_beta()}, 1);
    let_work(cells, [](std::size_t, std::size_t, double x) { return std::abs(x) < 0.9; });
    Measure& nan = *std::ranges::find(cells.measures, "num_nan", &Measure::name);
    nan.each[8] = 1.0; // beta = 1: the cue was clean and stayed
    nan.each[9] = 0.9;

    EXPECT_NEAR(working_region(cells, every_row(cells)).area.mean, 1.0, 1e-12);
}

TEST(WorkingRegion, IsNoneWhereNothingIsKnown) {
    const auto has_none = [](const Cells& cells) {
        const WorkingRegion region = working_region(cells, every_row(cells));
        const std::vector<WorkingRegion> regions = working_regions(cells);
        return region.lines == 0 && std::isnan(region.area.mean) && regions.empty() &&
               region_drifts(cells, regions).empty() && region_table(cells, regions).rows.empty() &&
               !working_region_chart(cells, regions).left_out.empty();
    };
    Cells failed = synthetic_cells({fine_beta()}, 2);
    failed.state.assign(failed.rows(), CellState::failed);
    failed.measures[0].each.assign(failed.rows() * 2, undefined);
    Cells named = synthetic_cells({fine_beta()}, 2);
    named.axes[0].numeric = false;
    named.axes[0].numbers.clear();
    Cells unread = synthetic_cells({fine_beta()}, 2);
    unread.measures[0].each.clear();

    EXPECT_TRUE(has_none(Cells{}));
    EXPECT_TRUE(has_none(synthetic_cells({}, 1))) << "one point";
    EXPECT_TRUE(has_none(synthetic_cells({number_axis("interaction_vertex", {2, 3})}, 2)));
    EXPECT_TRUE(has_none(named));
    EXPECT_TRUE(has_none(failed));
    EXPECT_TRUE(has_none(unread));
}

/// Edges of the original move by -1 a vertex, its width is 3, 2 and 1 decades for 2, 3, 4 and
/// nothing from 5 on; the normalized one works from -0.25 to 0.25. Replicate r adds half a decade
/// r to the upper edge of the original.
Cells drifting(std::size_t replicates) {
    Cells cells = synthetic_cells({text_axis("formulation", {"original", "normalized"}),
                                   number_axis("interaction_vertex", {5, 2, 3, 4, 6}), fine_beta()},
                                  replicates);
    let_work(cells, [&](std::size_t row, std::size_t r, double x) {
        if (cells.coordinate[0][row] == 1) return std::abs(x) < 0.1;
        const double n = number(cells, row, "interaction_vertex");
        const double low = 1.0 - n;
        const double high = low + 5.0 - n + 0.5 * static_cast<double>(r);
        return n < 4.5 && x > low - 0.1 && x < high - 0.4;
    });
    return cells;
}

TEST(RegionDrift, IsTheSlopeOfLeastSquaresInEveryReplicate) {
    const Cells cells = drifting(3);
    const std::vector<WorkingRegion> regions = working_regions(cells);
    ASSERT_EQ(regions.size(), 10u);
    EXPECT_EQ(regions[0].vertex, 1u) << "vertices ascend";

    const std::vector<RegionDrift> drifts = region_drifts(cells, regions);

    ASSERT_EQ(drifts.size(), 2u);
    // From 0.75 - n on, 5 - n + r/2 wide: the centre is 3.25 - 1.5 n + r/4.
    EXPECT_NEAR(drifts[0].centre.per_vertex.mean, -1.5, 1e-9);
    EXPECT_NEAR(drifts[0].centre.per_vertex.low, -1.5, 1e-9);
    EXPECT_NEAR(drifts[0].low.per_vertex.mean, -1.0, 1e-9);
    EXPECT_NEAR(drifts[0].high.per_vertex.mean, -2.0, 1e-9);
    std::vector<double> slopes;            // of the logarithm
    for (const double r : {0.0, 0.5, 1.0}) // of three points at equal distances: ends alone count
        slopes.push_back(std::log((1 + r) / (3 + r)) / 2);
    const MeanInterval slope = mean_interval(slopes);
    EXPECT_NEAR(drifts[0].area.per_vertex.mean, std::exp(slope.mean) - 1, 1e-8);
    EXPECT_NEAR(drifts[0].area.per_vertex.high, std::exp(slope.high) - 1, 1e-8);
    EXPECT_EQ(drifts[0].vertices, 3u);
    EXPECT_EQ(drifts[0].centre.vertices, 3u);
    EXPECT_EQ(drifts[0].centre.replicates, 3u);
    EXPECT_EQ(drifts[0].at_end, 0u);
    ASSERT_TRUE(drifts[0].none_from);
    EXPECT_EQ(*drifts[0].none_from, 0u) << "value index of n = 5";
    EXPECT_EQ(drifts[0].none_replicates, 3u);
    EXPECT_EQ(drifts[1].centre.per_vertex.mean, 0.0) << "not the rounding of logarithms";
    EXPECT_EQ(drifts[1].area.per_vertex.high, 0.0);
    EXPECT_FALSE(drifts[1].none_from);
}

/// Three replicates whose region ends at 0.75 - n and begins at -3.25, or, if `open`, before the
/// grid.
Cells with_fixed_low_edge(bool open) {
    Cells cells = synthetic_cells({number_axis("interaction_vertex", {2, 3, 4}), fine_beta()}, 3);
    let_work(cells, [&](std::size_t row, std::size_t, double x) {
        const double n = number(cells, row, "interaction_vertex");
        return x < 0.6 - n && (open || x > -3.1);
    });
    return cells;
}

TEST(RegionDrift, RestsOnWhatTheGridDoesNotCutOff) {
    const Cells open = with_fixed_low_edge(true);
    const Cells whole = with_fixed_low_edge(false);

    const RegionDrift cut_off = region_drifts(open, working_regions(open)).at(0);
    const RegionDrift measured = region_drifts(whole, working_regions(whole)).at(0);

    EXPECT_TRUE(std::isnan(cut_off.centre.per_vertex.mean));
    EXPECT_TRUE(std::isnan(cut_off.area.per_vertex.mean));
    EXPECT_TRUE(std::isnan(cut_off.low.per_vertex.mean));
    EXPECT_NEAR(cut_off.high.per_vertex.mean, -1.0, 1e-9);
    EXPECT_EQ(cut_off.at_end, 3u);
    EXPECT_EQ(cut_off.high.vertices, 3u);
    EXPECT_NEAR(measured.centre.per_vertex.mean, -0.5, 1e-9) << "2 and 3: at 4 none works";
    EXPECT_EQ(region_sentences(open, {cut_off}),
              (std::vector<std::string>{
                  "The upper edge of the working region of β moves by −1 decades per unit of n "
                  "(on this grid the same in all 3 replicates)."}));
}

TEST(RegionDrift, IsSaidWithItsIntervalAndItsReplicates) {
    const Cells cells = drifting(3);

    const std::vector<std::string> sentences =
        region_sentences(cells, region_drifts(cells, working_regions(cells)));

    ASSERT_EQ(sentences.size(), 2u) << "nothing of the normalized one, which does not move";
    EXPECT_EQ(sentences[0].find(
                  "In the original formulation the working region of β moves by "
                  "−1.5 decades per unit of n (on this grid the same in all 3 "
                  "replicates) and becomes narrower by 35.6 % per unit of n (95 % interval "),
              0u)
        << sentences[0];
    EXPECT_EQ(sentences[1], "In the original formulation no β of the grid works from n = 5 on (3 "
                            "replicates).");
}

TEST(RegionDrift, OfOneReplicateIsNotSaid) {
    const Cells cells = drifting(1);
    const std::vector<RegionDrift> drifts = region_drifts(cells, working_regions(cells));

    EXPECT_NEAR(drifts[0].centre.per_vertex.mean, -1.5, 1e-12);
    EXPECT_TRUE(std::isnan(drifts[0].centre.per_vertex.low));
    EXPECT_EQ(region_sentences(cells, drifts).size(), 1u) << "only where none works";
}

TEST(RegionDrift, ThatZeroCannotBeToldFromIsNotSaid) {
    Cells cells = synthetic_cells({number_axis("interaction_vertex", {2, 3}), fine_beta()}, 4);
    let_work(cells, [&](std::size_t row, std::size_t r, double x) {
        const bool later = number(cells, row, "interaction_vertex") == 3 && r == 0;
        return std::abs(x - (later ? 0.5 : 0.0)) < 0.1; // one replicate says so
    });
    const std::vector<RegionDrift> drifts = region_drifts(cells, working_regions(cells));

    EXPECT_NEAR(drifts[0].centre.per_vertex.mean, 0.125, 1e-12);
    EXPECT_TRUE(region_sentences(cells, drifts).empty());
}

TEST(RegionTables, HaveEveryNumberInAColumnOfItsOwn) {
    const Cells cells = drifting(3);
    const std::vector<WorkingRegion> regions = working_regions(cells);
    const Table table = region_table(cells, regions);
    const Table drift = drift_table(cells, region_drifts(cells, regions));

    ASSERT_EQ(table.rows.size(), 10u);
    for (const Table* each : {&table, &drift})
        for (const std::vector<TableCell>& row : each->rows)
            EXPECT_EQ(row.size(), each->columns.size());
    EXPECT_EQ(table.rows[0][0].text, "original");
    EXPECT_EQ(table.rows[0][1].text, "2");
    EXPECT_EQ(table.rows[0][2].text, "3.5") << "3, 3.5 and 4 decades";
    EXPECT_EQ(table.rows[3][2].text, "0");
    EXPECT_EQ(table.rows[3][5].text, "–") << "no centre without a region";
    EXPECT_EQ(drift.rows[0][1].text, "-1.5");
    EXPECT_EQ(drift.rows[1][15].text, "none");
}

TEST(RegionChart, DrawsCentreAndEdgesOfEveryModel) {
    const Cells cells = drifting(2);

    const Chart chart = working_region_chart(cells, working_regions(cells));

    ASSERT_EQ(chart.facets.size(), 1u);
    EXPECT_EQ(chart.facets[0].values, (std::vector<std::string>{"original", "normalized"}));
    ASSERT_EQ(chart.series.size(), 2u);
    ASSERT_EQ(chart.series[0].points.size(), 3u) << "none where no beta works";
    EXPECT_EQ(chart.series[0].points[0].x, 2.0);
    EXPECT_NEAR(chart.series[0].points[0].low, -1.25, 1e-12);
    EXPECT_NEAR(chart.series[0].points[0].high, 2.0, 1e-12) << "1.75 and 2.25";
    EXPECT_EQ(chart.series[1].points.size(), 5u);
    EXPECT_NE(chart_csv(chart).find("log10_beta"), std::string::npos);
}

TEST(RegionChart, HasAGapWhereNoBetaWorks) {
    Cells cells = synthetic_cells({number_axis("interaction_vertex", {2, 3, 4}), fine_beta()}, 1);
    let_work(cells, [&](std::size_t row, std::size_t, double x) {
        return number(cells, row, "interaction_vertex") != 3 && x < 0.1;
    });

    const Chart chart = working_region_chart(cells, working_regions(cells));

    ASSERT_EQ(chart.series.size(), 2u);
    EXPECT_EQ(chart.series[0].points[0].sign, Sign::open) << "it reaches the grid's end";
    EXPECT_TRUE(chart.facets.empty());
}

} // namespace
} // namespace basin
