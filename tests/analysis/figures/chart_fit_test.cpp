#include "analysis/charts/chart_table.hpp"
#include "analysis/figures/chart_fit.hpp"
#include "analysis/figures/chart_vega.hpp"
#include "analysis/page/page.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "support/synthetic_charts.hpp"

namespace basin {
namespace {

std::size_t bytes(const std::vector<Chart>& charts) {
    std::size_t sum = 0;
    for (const Chart& chart : charts)
        sum += chart_json(chart).size();
    return sum;
}

/// `series` lines of `points` points with bands, in a facet of as many values.
Chart large_chart(std::size_t series, std::size_t points) {
    Chart chart = tests::plain_chart();
    ChartFacet facet{"temperature", "temperature", {}, 5};
    chart.series.clear();
    for (std::uint32_t s = 0; s < series; ++s) {
        facet.values.push_back(std::to_string(s));
        ChartSeries line{{s}, "measured", Mark::line, Dash::solid, false, {}};
        for (std::size_t i = 0; i < points; ++i) {
            const double y = std::sin(0.01 * static_cast<double>(i) + s);
            line.points.push_back(
                {static_cast<double>(i), y, y - 1.0 / 3, y + 1.0 / 3, Sign::filled, ""});
        }
        chart.series.push_back(line);
    }
    chart.facets = {facet};
    return chart;
}

TEST(FittedCharts, AreWhatTheyWereIfTheyFit) {
    const std::vector<Chart> all = tests::synthetic_charts();

    const std::vector<Chart> same = fitted(all, 10'000'000, 0);

    for (std::size_t i = 0; i < all.size(); ++i) {
        EXPECT_EQ(chart_csv(same[i]), chart_csv(all[i]));
        EXPECT_EQ(same[i].caption, all[i].caption);
    }
}

TEST(FittedCharts, LoseDigitsFirst) {
    const Chart chart = large_chart(8, 100);

    const Chart fit = fitted({chart}, bytes({chart}) * 2 / 3, 0).front();

    EXPECT_EQ(fit.series.front().points.size(), 100u);
    EXPECT_EQ(fit.series.front().points[7].low, -0.26339);
    EXPECT_NE(fit.caption.find("To keep this page small, numbers are rounded to 6 digits, here and "
                               "in the CSV."),
              std::string::npos)
        << fit.caption;
}

TEST(FittedCharts, LosePointsOfLongLinesBeforeSeries) {
    const Chart chart = large_chart(8, 1000);

    const Chart fit = fitted({chart}, 60'000, 0).front();

    EXPECT_LE(bytes({fit}), 60'000u);
    EXPECT_EQ(fit.series.size(), 8u);
    EXPECT_EQ(fit.series[3].points.front().x, 0.0);
    EXPECT_EQ(fit.series[3].points.back().x, 999.0);
    EXPECT_NE(fit.caption.find("of the 8,000 points of its lines are shown"), std::string::npos);
}

TEST(FittedCharts, KeepSeriesWhole) {
    const Chart chart = large_chart(40, 50);

    const Chart fit = fitted({chart}, 20'000, 0).front();

    EXPECT_LE(bytes({fit}), 20'000u);
    EXPECT_EQ(fit.facets[0].values,
              (std::vector<std::string>{"0", "4", "8", "12", "16", "20", "24", "28", "32", "36"}));
    EXPECT_EQ(fit.series.size(), 10u);
    EXPECT_EQ(fit.series[1].facets[0], 1u);
    EXPECT_EQ(fit.series[1].points.size(), 50u);
    EXPECT_EQ(fit.facets[0].initial, 1u);
    EXPECT_NE(fit.caption.find("10 of the 40 values of temperature are shown"), std::string::npos);
}

TEST(FittedCharts, LeaveSmallOnesAlone) {
    std::vector<Chart> charts = tests::synthetic_charts();
    charts.push_back(large_chart(40, 2000));

    const std::vector<Chart> fit = fitted(charts, 300'000, 0);

    EXPECT_LE(bytes(fit), 300'000u + bytes({tests::absent_chart()}));
    EXPECT_GT(bytes(fit), 150'000u) << "what the others leave is used";
    EXPECT_EQ(fit.front().caption, charts.front().caption);
    EXPECT_NE(fit.back().caption, charts.back().caption);
}

TEST(FittedCharts, HaveTheirLeast) {
    const Chart chart = large_chart(8, 100);

    EXPECT_EQ(fitted({chart}, 0, 10'000'000).front().caption, chart.caption);
}

TEST(PageOfCharts, StaysBelowFiveMegabytes) {
    PageContent content;
    content.kind = "capacity report";
    for (int i = 0; i < 6; ++i) {
        content.charts.push_back(large_chart(20, 833)); // 100,000 points in all
        content.charts.back().id = "large-" + std::to_string(i);
    }

    const std::string html = page(content, {});

    EXPECT_LT(html.size(), 5'000'000u);
    EXPECT_GT(html.size(), 3'500'000u) << "and has what fits";
}

} // namespace
} // namespace basin
