#include "analysis/frontiers/frontier_checks.hpp"
#include "analysis/stability/stability.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "support/arithmetic_cells.hpp"

namespace basin {
namespace {

using tests::arithmetic_cells;
using tests::arithmetic_row;

/// A row's texts, joined by " | ".
std::string line_of(const std::vector<TableCell>& row) {
    std::string text;
    for (const TableCell& cell : row)
        text += (text.empty() ? "" : " | ") + cell.text;
    return text;
}

bool has_line(const Table& table, const std::string& line) {
    return std::ranges::any_of(table.rows, [&](const auto& row) { return line_of(row) == line; });
}

std::vector<double>& each(Cells& cells, const std::string& metric) {
    return std::ranges::find(cells.measures, metric, &Measure::name)->each;
}

TEST(FrontierTable, PutsTheoryBesideTheRun) {
    const Table table = frontier_table(arithmetic_cells());

    EXPECT_TRUE(has_line(table, "every decision NaN | original | float32 | 100 | 0 | 0.1, 1, 10 | "
                                "20 | 20 | 20 | 3 | 4 | yes"));
    EXPECT_TRUE(has_line(table,
                         "every decision NaN | original | float32 | 100 | 0.1 | 0.1, 1, 10 | "
                         "21 | 21 | 21 | 3 | 4 | yes"));
    EXPECT_TRUE(has_line(table, "some overflow | normalized | float32 | 100 | 0.1 | 10 | "
                                "39 | 400 | 400 | 1 | 4 | yes"));
    EXPECT_TRUE(has_line(table, "every term zero | normalized | float32 | 100 | 0.1 | 1 | "
                                "524 | 1000 | 1000 | 1 | 4 | yes"));
    EXPECT_TRUE(has_line(table, "every decision NaN | original | exact | 100 | 0.1 | 0.1, 1, 10 | "
                                "none | none | none | 3 | 4 | yes"));
    for (const auto& row : table.rows)
        EXPECT_EQ(row.back().text, "yes") << line_of(row);
}

TEST(FrontierTable, BeginsWithWhatDoesNotAgree) {
    Cells cells = arithmetic_cells();
    // In one replicate at beta = 1 some unit is decided at n = 20 after all.
    each(cells, "num_nan")[arithmetic_row(0, 0, 2, 1, 0) * 4 + 3] = 0.99;

    const Table table = frontier_table(cells);

    EXPECT_EQ(line_of(table.rows.front()),
              "every decision NaN | original | float32 | 100 | 0 | 1 | 20 | 20 | 21 | 1 | 4 | no");
    EXPECT_EQ(table.rows[1].back().text, "yes");
}

TEST(FrontierTable, JudgesOnlyWhatIsDone) {
    Cells cells = arithmetic_cells();
    for (std::size_t beta = 0; beta < 3; ++beta) {
        const std::size_t row = arithmetic_row(0, 0, 2, beta, 0); // n = 20
        cells.state[row] = CellState::not_run;
        cells.done[row] = 0;
        for (Measure& measure : cells.measures)
            std::fill_n(measure.each.begin() + static_cast<std::ptrdiff_t>(row * 4), 4,
                        std::nan(""));
    }

    const Table table = frontier_table(cells);

    EXPECT_TRUE(has_line(table, "every decision NaN | original | float32 | 100 | 0 | 0.1, 1, 10 | "
                                "20 | 21 | 21 | 3 | 4 | yes"));
}

TEST(FrontierTable, TellsTheFewestReplicates) {
    Cells cells = arithmetic_cells();
    const std::size_t row = arithmetic_row(1, 0, 0, 0, 0);
    cells.done[row] = 3;
    for (Measure& measure : cells.measures)
        measure.each[row * 4] = std::nan("");

    EXPECT_TRUE(has_line(frontier_table(cells),
                         "every decision NaN | original | float32 | 100 | 0.1 | 0.1, 1, 10 | 21 | "
                         "21 | 21 | 3 | 3 | yes"));
}

TEST(FrontierTable, IsEmptyWithoutAVertexAxis) {
    EXPECT_TRUE(frontier_table(Cells{}).rows.empty());
}

TEST(FrontierChecks, LeaveOutWhatHasNoReplicates) {
    Cells cells = arithmetic_cells();
    each(cells, "num_nan").clear();

    for (const FrontierCheck& check : frontier_checks(cells))
        EXPECT_NE(check.failure, Failure::every_decision_nan);
}

} // namespace
} // namespace basin
