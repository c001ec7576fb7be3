#include "analysis/charts/error_distribution.hpp"
#include "results/files/undefined.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "support/synthetic_cells.hpp"

namespace basin {
namespace {

using tests::number_axis;
using tests::synthetic_cells;
using tests::text_axis;

double share_up_to(const std::vector<double>& values, double x) {
    double count = 0.0;
    for (const double value : values)
        count += value <= x ? 1.0 : 0.0;
    return count / static_cast<double>(values.size());
}

TEST(EmpiricalDistribution, StepsAtEveryValue) {
    const auto steps = empirical_distribution({0.5, 0.0, undefined, 0.5, 1.0});

    ASSERT_EQ(steps.size(), 3u);
    EXPECT_EQ(steps[0].value, 0.0);
    EXPECT_EQ(steps[0].share, 0.25);
    EXPECT_EQ(steps[1].value, 0.5);
    EXPECT_EQ(steps[1].share, 0.75);
    EXPECT_EQ(steps[2].share, 1.0);
}

TEST(EmpiricalDistribution, OfNothingIsNothing) {
    EXPECT_TRUE(empirical_distribution({}).empty());
    EXPECT_TRUE(empirical_distribution({undefined}).empty());
    EXPECT_EQ(empirical_distribution({0.5}).size(), 1u);
}

TEST(EmpiricalDistribution, ThinnedIsExactAtWhatIsKept) {
    std::vector<double> values;
    for (int i = 0; i < 20000; ++i)
        values.push_back(std::pow(static_cast<double>((i * 7919) % 20000) / 20000.0, 3));
    for (int i = 0; i < 5000; ++i)
        values.push_back(0.125); // a quarter at one value

    const auto steps = empirical_distribution(values, 100);

    EXPECT_LE(steps.size(), 100u);
    EXPECT_GT(steps.size(), 70u);
    EXPECT_EQ(steps.front().value, 0.0);
    EXPECT_EQ(steps.back().share, 1.0);
    double before = 0.0;
    bool jumped = false;
    for (const DistributionStep& step : steps) {
        EXPECT_EQ(step.share, share_up_to(values, step.value));
        jumped = jumped || step.value == 0.125;
        if (step.value != 0.125) {
            EXPECT_LT(step.share - before, 0.022);
        }
        before = step.share;
    }
    EXPECT_TRUE(jumped);
}

TEST(DistributionChart, HasACurveForEachModelAndVertex) {
    const Cells cells = synthetic_cells({number_axis("pattern_count", {10, 100}),
                                         number_axis("cue_level", {0, 0.2}),
                                         text_axis("formulation", {"original", "normalized"}),
                                         number_axis("interaction_vertex", {2, 3, 5})},
                                        4);

    const Chart chart = error_distribution(cells);

    ASSERT_EQ(chart.facets.size(), 2u);
    EXPECT_EQ(chart.facets[0].name, "formulation");
    EXPECT_EQ(chart.facets[1].name, "interaction_vertex");
    ASSERT_EQ(chart.series.size(), 6u);
    for (const ChartSeries& series : chart.series) {
        EXPECT_EQ(series.mark, Mark::steps);
        std::vector<double> values; // of this curve, by looking at every cell
        for (std::size_t row = 0; row < cells.rows(); ++row)
            if (cells.coordinate[2][row] == series.facets[0] &&
                cells.coordinate[3][row] == series.facets[1])
                for (std::size_t r = 0; r < 4; ++r)
                    values.push_back(cells.measures[0].each[row * 4 + r]);
        ASSERT_EQ(values.size(), 16u);
        for (const ChartPoint& point : series.points)
            EXPECT_EQ(point.y, share_up_to(values, point.x));
        EXPECT_EQ(series.points.front().x, chart.series[5].points.front().x);
        EXPECT_EQ(series.points.back().x, chart.series[0].points.back().x);
        EXPECT_EQ(series.points.back().note, "16 points");
    }
}

TEST(DistributionChart, OfAnotherMetricAndSingleStarts) {
    Cells cells = synthetic_cells({}, 5); // one cell, a start each replicate
    cells.measures.push_back(
        {"overlap_absolute", "1", "", {0.5}, {}, {}, {1.0, 0.2, 1.0, undefined, 0.4}});

    const Chart chart = distribution_chart(cells, "overlap_absolute");

    EXPECT_EQ(chart.id, "distribution-overlap-absolute");
    EXPECT_TRUE(chart.facets.empty());
    ASSERT_EQ(chart.series.size(), 1u);
    ASSERT_EQ(chart.series[0].points.size(), 3u);
    EXPECT_EQ(chart.series[0].points[1].x, 0.4);
    EXPECT_EQ(chart.series[0].points[1].y, 0.5);
}

TEST(DistributionChart, SaysWhyItIsLeftOut) {
    Cells failed = synthetic_cells({number_axis("beta", {1, 2})}, 1);
    failed.measures[0].each.assign(2, undefined);

    EXPECT_FALSE(error_distribution(Cells{}).left_out.empty());
    EXPECT_FALSE(error_distribution(failed).left_out.empty());
    EXPECT_FALSE(distribution_chart(failed, "overlap_absolute").left_out.empty());
}

} // namespace
} // namespace basin
