#include "analysis/stability/duel_charts.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <set>
#include <tuple>

#include "support/drawn_cells.hpp"
#include "support/synthetic_cells.hpp"

namespace basin {
namespace {

using tests::drawn_cells;
using tests::number_axis;
using tests::text_axis;

std::vector<double> numbers(std::size_t count) {
    std::vector<double> values;
    for (std::size_t i = 0; i < count; ++i)
        values.push_back(static_cast<double>(i + 1));
    return values;
}

Cells sweep(std::size_t replicates, std::size_t vertices = 3, std::size_t betas = 4) {
    return drawn_cells(
        {text_axis("formulation", {"original", "normalized"}),
         number_axis("interaction_vertex", numbers(vertices)), number_axis("beta", numbers(betas)),
         text_axis("similarity", {"dot", "cosine", "hamming"}), number_axis("cue_level", {0, 0.1})},
        replicates, 2, [](const Cells& cells, std::size_t row, double normal) {
            return 0.1 * cells.coordinate[3][row] + 0.01 * normal;
        });
}

TEST(DuelChart, IsAForestOfAllComparisonsByMetric) {
    const Cells cells = sweep(5);
    const std::vector<Duel> all = duels(cells);
    const Chart chart = duel_chart(cells, all);

    EXPECT_EQ(
        chart.y.categories,
        (std::vector<std::string>{"formulation: original → normalized", "similarity: dot → cosine",
                                  "similarity: dot → hamming", "similarity: cosine → hamming"}));
    ASSERT_EQ(chart.facets.size(), 1U);
    EXPECT_EQ(chart.panel, 0U);
    ASSERT_EQ(chart.series.size(), 2U);
    for (const ChartSeries& series : chart.series) {
        ASSERT_EQ(series.points.size(), 4U);
        for (const ChartPoint& point : series.points) {
            const auto found = std::ranges::find_if(
                all, [&](const Duel& duel) { return duel.overall.difference.mean == point.x; });
            ASSERT_NE(found, all.end());
            EXPECT_EQ(point.low, found->overall.difference.low);
        }
    }
    EXPECT_NEAR(chart.series[0].points[2].x, 0.2, 0.01); // hamming against dot
    EXPECT_EQ(chart.series[0].points[2].y, 2.0);
    EXPECT_TRUE(chart.intervals_along_x);
    EXPECT_FALSE(duel_chart(Cells{}, {}).left_out.empty());
}

TEST(DuelChart, OfOneReplicateHasNoIntervals) {
    const Cells cells = sweep(1);
    const Chart chart = duel_chart(cells, duels(cells));
    EXPECT_TRUE(std::isnan(chart.series[0].points[0].low));
    EXPECT_NE(chart.caption.find("One replicate"), std::string::npos);
}

TEST(DifferenceMaps, HaveATileACellAndAFacetAChoice) {
    Cells cells = sweep(5);
    cells.flags[0] = flag::pow_overflow;
    const std::vector<Duel> all = duels(cells);
    const std::vector<Chart> maps = difference_maps(cells, all);

    ASSERT_EQ(maps.size(), 2U); // formulation, similarity
    const Chart& map = maps[1];
    EXPECT_EQ(map.x.name, "interaction_vertex");
    EXPECT_EQ(map.y.name, "beta");
    ASSERT_EQ(map.facets.size(), 3U);
    EXPECT_EQ(map.facets[0].values,
              (std::vector<std::string>{"dot → cosine", "dot → hamming", "cosine → hamming"}));
    EXPECT_EQ(map.facets[0].initial, 1U);
    EXPECT_EQ(map.facets[1].name, "formulation");
    EXPECT_EQ(map.facets[2].name, "cue_level");
    EXPECT_EQ(map.tiles.size(), 3U * 3 * 4 * 2 * 2);
    std::set<std::tuple<std::vector<std::uint32_t>, std::uint32_t, std::uint32_t>> places;
    std::size_t hatched = 0;
    for (const ChartTile& tile : map.tiles) {
        EXPECT_TRUE(places.insert({tile.facets, tile.x, tile.y}).second);
        EXPECT_NEAR(tile.value, tile.facets[0] == 1 ? 0.2 : 0.1, 0.05);
        hatched += tile.hatched ? 1 : 0;
    }
    EXPECT_EQ(hatched, 2U) << "dot against both others";
    EXPECT_EQ(map.tile_colors.low, -map.tile_colors.high);
    EXPECT_TRUE(map.tile_colors.diverging);
}

TEST(DifferenceMaps, AreThinnedToTheirMostTiles) {
    const Cells cells = sweep(2, 20, 40);
    const std::vector<Chart> maps = difference_maps(cells, duels(cells), 2000);
    std::size_t tiles = 0;
    for (const Chart& map : maps) {
        tiles += map.tiles.size();
        EXPECT_NE(map.caption.find("of the 40 values of β"), std::string::npos) << map.caption;
        for (const ChartTile& tile : map.tiles) {
            EXPECT_LT(tile.x, map.x.categories.size());
            EXPECT_LT(tile.y, map.y.categories.size());
        }
    }
    EXPECT_LE(tiles, 2000U);
    EXPECT_GT(tiles, 400U);
}

TEST(DifferenceMaps, SayWhatTheyLack) {
    const Cells cells =
        drawn_cells({text_axis("similarity", {"dot", "cosine"}), number_axis("beta", {1, 2})}, 3, 1,
                    [](const Cells&, std::size_t, double normal) { return normal; });
    ASSERT_EQ(difference_maps(cells, duels(cells)).size(), 1U);
    EXPECT_FALSE(difference_maps(cells, duels(cells))[0].left_out.empty());
}

} // namespace
} // namespace basin
