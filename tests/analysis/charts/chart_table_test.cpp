#include "analysis/charts/chart_table.hpp"

#include <gtest/gtest.h>

#include <limits>

#include "support/synthetic_charts.hpp"

namespace basin {
namespace {

ChartPoint at(double x, double y) {
    ChartPoint point;
    point.x = x;
    point.y = y;
    return point;
}

TEST(ChartCsv, HasARowAPointAndARule) {
    Chart chart;
    chart.x = {"pattern_count", "K", {Scale::linear}, {}, {}, {}};
    chart.y = {"exact_recall", "recall", {Scale::linear}, {}, {}, {}};
    chart.facets = {{"similarity", "similarity", {"dot", "cosine"}, 0}};
    chart.series = {
        {{1}, "measured", Mark::line, Dash::solid, false, {{10, 0.1, 0.05, 0.2, Sign::filled, ""}}},
        {{0}, "theory", Mark::line, Dash::dashed, false, {at(1e16, 1e-5), at(100, -0.0)}}};
    chart.rules = {{false, 0.5, "half, or so"}, {true, 3, "three"}};

    EXPECT_EQ(chart_csv(chart), "similarity,kind,pattern_count,exact_recall,low,high\n"
                                "cosine,measured,10,0.1,0.05,0.2\n"
                                "dot,theory,1e+16,1e-05,,\n"
                                "dot,theory,100,-0,,\n"
                                ",\"half, or so\",,0.5,,\n"
                                ",three,3,,,\n");
}

TEST(ChartCsv, NamesTheCategoriesOfTilesAndWhatBecameOfThem) {
    Chart chart;
    chart.x = {"n", "n", {Scale::linear}, {}, {}, {"2", "3"}};
    chart.y = {"similarity", "similarity", {Scale::linear}, {}, {}, {"dot", "cosine"}};
    chart.tile_colors.name = "exact_recall";
    chart.tiles = {{{}, 0, 1, 0.25, TileState::value, true, ""},
                   {{}, 1, 0, no_number, TileState::not_applicable, false, "why"}};
    chart.series = {{{}, "frontier", Mark::line, Dash::solid, false, {at(0.5, 1)}}};

    EXPECT_EQ(chart_csv(chart),
              "kind,n,n_position,similarity,similarity_position,exact_recall,state,overflow,note\n"
              "tile,2,0,cosine,1,0.25,done,1,\n"
              "tile,3,1,dot,0,,not_applicable,0,why\n"
              "frontier,,0.5,cosine,1,,,,\n");
}

TEST(ChartCsv, QuotesWhatWouldEndAField) {
    const std::string csv = chart_csv(tests::ranking_chart());

    EXPECT_NE(csv.find("\"line one\nline two\""), std::string::npos);
    EXPECT_NE(csv.find("\"a \"\"quoted\"\" name\""), std::string::npos);
}

TEST(ChartCsv, WritesInfinitiesAndLeavesNaNEmpty) {
    const std::string csv = chart_csv(tests::plain_chart());

    EXPECT_NE(csv.find("exact,1e+31,inf\n"), std::string::npos);
    EXPECT_NE(csv.find("exact,1000,\n"), std::string::npos);
}

} // namespace
} // namespace basin
