#include "analysis/page/table.hpp"
#include "analysis/page/table_csv.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "support/synthetic_cells.hpp"

namespace basin {
namespace {

using tests::number_axis;
using tests::synthetic_cells;
using tests::text_axis;

std::size_t column(const Table& table, const std::string& title) {
    for (std::size_t c = 0; c < table.columns.size(); ++c)
        if (table.columns[c].title == title) return c;
    ADD_FAILURE() << "no column " << title;
    return 0;
}

TEST(SummaryTable, HasOneRowPerModel) {
    const Table table = summary_table(tests::stability_cells());

    EXPECT_EQ(table.rows.size(), 2u * 6u * 3u); // formulations, vertices, similarities
    for (const auto& row : table.rows)
        EXPECT_EQ(row.size(), table.columns.size());
}

TEST(SummaryTable, CountsOverflowAndUnfinishedCells) {
    Cells cells = synthetic_cells(
        {number_axis("pattern_count", {10, 100}), number_axis("interaction_vertex", {3, 30})}, 4);
    cells.state[0] = CellState::not_run; // pattern_count 10, vertex 3

    const Table table = summary_table(cells);

    ASSERT_EQ(table.rows.size(), 2u);
    EXPECT_EQ(table.rows[0][column(table, "cells done")].text, "1 of 2");
    EXPECT_EQ(table.rows[0][column(table, "cells with overflow")].text, "0 of 1");
    EXPECT_EQ(table.rows[1][column(table, "cells with overflow")].text, "2 of 2");
}

TEST(RecalledPatternCount, StopsAtTheFirstCountThatFails) {
    Cells cells = synthetic_cells({number_axis("pattern_count", {1, 2, 3, 4})}, 2);
    cells.measures[0].mean = {0.0, 0.01, 0.2, 0.0}; // recovers at 4: that does not count

    EXPECT_EQ(recalled_pattern_count(cells, {0, 1, 2, 3}), 1u);
}

TEST(RecalledPatternCount, NeedsEveryCueLevelButOnlyTheBestBeta) {
    Cells cells =
        synthetic_cells({number_axis("pattern_count", {1, 2}), number_axis("cue_level", {0, 0.1}),
                         number_axis("beta", {1, 10})},
                        2);
    //                         K=1: cue 0    cue 0.1   K=2: cue 0  cue 0.1
    cells.measures[0].mean = {0.4, 0.0, 0.001, 0.4, 0.0, 0.0, 0.02, 0.03};

    EXPECT_EQ(recalled_pattern_count(cells, {0, 1, 2, 3, 4, 5, 6, 7}), 0u);
}

TEST(RecalledPatternCount, IsNothingIfTheSmallestFails) {
    Cells cells = synthetic_cells({number_axis("pattern_count", {1, 2})}, 2);
    cells.measures[0].mean = {0.3, 0.3};

    EXPECT_EQ(recalled_pattern_count(cells, {0, 1}), std::nullopt);
}

TEST(OverflowTable, NamesTheFirstVertexThatOverflows) {
    const Table table = overflow_table(synthetic_cells(
        {text_axis("formulation", {"original", "normalized"}),
         number_axis("interaction_vertex", {5, 20, 30}), number_axis("beta", {0.1, 1})},
        2));

    ASSERT_EQ(table.rows.size(), 2u);
    EXPECT_EQ(table.rows[0][column(table, "first overflow at n")].text, "20");
    EXPECT_EQ(table.rows[0][column(table, "first NaN at n")].text, "30");
    EXPECT_EQ(table.rows[0][column(table, "all overflow from n")].text, "20");
    EXPECT_EQ(table.rows[1][column(table, "first overflow at n")].text, "none");
}

TEST(OverflowTable, IsEmptyWhereNothingOverflows) {
    const Cells cells = synthetic_cells({number_axis("interaction_vertex", {2, 3})}, 2);

    EXPECT_TRUE(overflow_table(cells).rows.empty());
}

TEST(TableCsv, HasNumbersInFullAndWhatIsNoNumberAsItIsSaid) {
    Table table;
    table.columns = {{"β", "", true}, {"p", "", true}, {"model", "", false}, {"share", "", true}};
    table.rows = {{{"0.333", 1.0 / 3.0}, {"< 0.0001", 1e-9}, {"a, b", 0.0}, {"2 of 8", 0.25}},
                  {{"1,234", 1234.0}, {"–", std::nan("")}, {"c", 1.0}, {"none", 0.0}},
                  {{"1e-22", 22.0}, {"0.5, 1", 0.0}, {"d", 2.0}, {"0", 0.0}}};
    EXPECT_EQ(table_csv(table), "β,p,model,share\n"
                                "0.3333333333333333,1e-09,\"a, b\",2 of 8\n"
                                "1234,,c,none\n"
                                "1e-22,\"0.5, 1\",d,0\n");
}

} // namespace
} // namespace basin
