#include "analysis/print/cell_charts.hpp"
#include "analysis/stability/stability.hpp"
#include "analysis/sweep/report.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "support/arithmetic_cells.hpp"
#include "support/continuous_cells.hpp"
#include "support/synthetic_cells.hpp"

namespace basin {
namespace {

std::vector<Chart> charts_of(PageContent (*content)(const ReportInput&), const ReportInput& input) {
    return printed_figures(content(input), input);
}

const Chart& with_id(const std::vector<Chart>& charts, const std::string& id) {
    return *std::ranges::find(charts, id, &Chart::id);
}

TEST(PrintedFigures, EveryFigureOfThePageIsThere) {
    ReportInput input;
    input.cells = tests::stability_cells();
    const PageContent content = sweep_content(input);
    const std::vector<Chart> charts = printed_figures(content, input);
    for (const Figure& figure : content.figures) {
        const auto found = std::ranges::find(charts, figure.id, &Chart::id);
        ASSERT_NE(found, charts.end()) << figure.id;
        EXPECT_EQ(found->left_out, figure.left_out);
        EXPECT_EQ(found->title, figure.title);
        EXPECT_EQ(found->caption.find("The chosen"), std::string::npos);
    }
}

TEST(PrintedFigures, LinesAreTheMeansOfCells) {
    ReportInput input;
    input.cells = tests::stability_cells();
    const std::vector<Chart> charts = charts_of(sweep_content, input);
    const Chart& recall = with_id(charts, "recall");
    EXPECT_EQ(recall.x.name, "pattern_count");
    EXPECT_EQ(recall.facets.at(*recall.color).name, "interaction_vertex");
    EXPECT_EQ(recall.facets.at(*recall.panel).name, "formulation");
    std::size_t points = 0;
    bool open = false;
    for (const ChartSeries& series : recall.series) {
        points += series.points.size();
        EXPECT_TRUE(std::ranges::is_sorted(series.points, {}, &ChartPoint::x));
        for (const ChartPoint& point : series.points) {
            open = open || point.sign == Sign::open;
            EXPECT_GE(point.low, 0.0);
            EXPECT_LE(point.low, point.y);
            EXPECT_GE(point.high, point.y);
        }
    }
    EXPECT_EQ(points, input.cells.rows());
    EXPECT_TRUE(open);
    EXPECT_EQ(with_id(charts, "error-map").tiles.size(), input.cells.rows());
}

TEST(PrintedFigures, FrontiersRunAlongTheEdgesOfTiles) {
    ReportInput input;
    input.cells = tests::arithmetic_cells();
    const std::vector<Chart> charts = charts_of(stability_content, input);
    const Chart& map = with_id(charts, "recall-map");
    ASSERT_EQ(map.facets.size(), 2U);
    EXPECT_EQ(map.facets[0].values,
              (std::vector<std::string>{"original · float32", "original · exact",
                                        "normalized · float32", "normalized · exact"}));
    EXPECT_EQ(map.tiles.size(), input.cells.rows());
    const auto line = [&](std::uint32_t panel, std::uint32_t cue) -> const ChartSeries& {
        return *std::ranges::find_if(map.series, [&](const ChartSeries& series) {
            return series.kind == "theory: every decision NaN from here on" &&
                   series.facets == std::vector{panel, cue};
        });
    };
    // Vertices 2, 19, 20: NaN from 20 on at every beta, without a gap.
    const ChartSeries& original = line(0, 0);
    ASSERT_EQ(original.points.size(), 4U);
    for (std::size_t i = 0; i < 4; ++i) {
        EXPECT_EQ(original.points[i].x, 1.5);
        EXPECT_EQ(std::abs(original.points[i].y - 1.0), i == 0 || i == 3 ? 1.5 : 0.5);
    }
    // Normalized: at beta 10 alone, from 400 on; below it the lower sides of two tiles.
    const ChartSeries& normalized = line(2, 0);
    ASSERT_EQ(normalized.points.size(), 4U);
    EXPECT_EQ(std::ranges::count(normalized.points, 1.5, &ChartPoint::y), 3);
    EXPECT_EQ(std::ranges::max(normalized.points, {}, &ChartPoint::x).x, 6.5);
    EXPECT_EQ(std::ranges::min(normalized.points, {}, &ChartPoint::x).x, 4.5);
}

TEST(PrintedFigures, SharesOfRegimesAddUp) {
    ReportInput input;
    input.cells = tests::continuous_cells(
        {tests::number_axis("beta", {0.1, 1, 10}), tests::number_axis("pattern_count", {10, 20})},
        2);
    const std::vector<Chart> charts = charts_of(sweep_content, input);
    const Chart& regimes = with_id(charts, "regimes");
    EXPECT_EQ(regimes.facets.at(*regimes.color).name, "regime");
    double sum = 0.0;
    for (const ChartSeries& series : regimes.series)
        for (const ChartPoint& point : series.points)
            sum += point.y;
    EXPECT_NEAR(sum, static_cast<double>(input.cells.rows()), 1e-12);
}

TEST(PrintedFigures, HistogramsHaveAChartPerSimilarity) {
    ReportInput input;
    input.cells = tests::stability_cells();
    input.separability = tests::small_separability();
    const std::vector<Chart> charts = charts_of(sweep_content, input);
    for (const char* id : {"separability", "separability-2"}) {
        const Chart& chart = with_id(charts, id);
        ASSERT_EQ(chart.series.size(), 2U);
        double total = 0.0;
        const std::vector<ChartPoint>& points = chart.series[0].points;
        for (std::size_t i = 0; i + 1 < points.size(); ++i)
            total += points[i].y;
        EXPECT_NEAR(total, 1.0, 1e-12);
    }
}

} // namespace
} // namespace basin
