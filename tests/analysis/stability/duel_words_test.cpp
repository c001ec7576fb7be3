#include "analysis/stability/duel_words.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "support/drawn_cells.hpp"
#include "support/synthetic_cells.hpp"

namespace basin {
namespace {

using tests::drawn_cells;
using tests::number_axis;
using tests::text_axis;

/// Cosine errs by 0.2 less than dot at beta = 10, hamming as dot; `step` is how much replicates
/// that come one after the other differ.
Cells similarities(std::size_t replicates, double step) {
    return drawn_cells(
        {number_axis("beta", {1, 10}), text_axis("similarity", {"dot", "cosine", "hamming"})},
        replicates, 1, [step, draw = 0](const Cells& cells, std::size_t row, double) mutable {
            const bool better = cells.coordinate[0][row] == 1 && cells.coordinate[1][row] == 1;
            return (better ? 0.25 : 0.5) + step * (draw++ % 5);
        });
}

std::vector<std::string> texts(const std::vector<TableCell>& row) {
    std::vector<std::string> all;
    for (const TableCell& cell : row)
        all.push_back(cell.text);
    return all;
}

TEST(DuelTable, HasEveryNumberOfAComparison) {
    const Cells cells = similarities(4, 0.0);
    const std::vector<Duel> all = duels(cells);
    const Table table = duel_table(cells, all);

    ASSERT_EQ(table.rows.size(), 6U); // 3 pairs, 2 metrics
    for (const auto& row : table.rows)
        ASSERT_EQ(row.size(), table.columns.size());
    // dot and cosine: 0.25 in one of two cells, in every replicate.
    EXPECT_EQ(
        texts(table.rows[0]),
        (std::vector<std::string>{"similarity", "dot", "cosine", "recall error", "2", "4", "-0.125",
                                  "-0.125", "-0.125", "−∞", "< 0.0001", "1", "1", "0", "1"}));
    EXPECT_EQ(table.rows[0][6].order, -0.125);
    EXPECT_EQ(texts(table.rows[1])[3], "exact recall");
    EXPECT_EQ(texts(table.rows[1])[6], "0.125");
    EXPECT_EQ(texts(table.rows[1])[11], "1") << "more exact recall is better";
    EXPECT_EQ(texts(table.rows[2])[6], "0"); // dot, hamming
}

TEST(WinMatrix, SeesEveryPairFromBothSides) {
    const Cells cells = similarities(4, 0.0);
    const std::vector<Duel> all = duels(cells);
    const Table table = win_matrix(cells, all, *cells.axis("similarity"), "recall_error");

    ASSERT_EQ(table.rows.size(), 3U);
    EXPECT_EQ(texts(table.rows[0]),
              (std::vector<std::string>{"dot", "–", "0 / 1 / 1", "0 / 2 / 0"}));
    EXPECT_EQ(texts(table.rows[1]),
              (std::vector<std::string>{"cosine", "1 / 1 / 0", "–", "1 / 1 / 0"}));
    EXPECT_EQ(texts(table.rows[2]),
              (std::vector<std::string>{"hamming", "0 / 2 / 0", "0 / 1 / 1", "–"}));
    EXPECT_EQ(table.rows[1][1].order, 1.0);
    EXPECT_TRUE(win_matrix(cells, all, *cells.axis("beta"), "recall_error").rows.empty());
}

TEST(DuelFindings, SayWhatChangesByHowMuchAndInHowManyCells) {
    // Differences of the mean over two cells: -0.125 and multiples of 0.0005, by replicate.
    const Cells cells = similarities(8, 0.001);
    const std::vector<Duel> all = duels(cells);
    const std::vector<std::string> sentences = duel_findings(cells, all);

    ASSERT_EQ(sentences.size(), 4U) << "none on dot and hamming";
    const MeanInterval& difference = all[0].overall.difference;
    EXPECT_TRUE(sentences[0].starts_with(
        "With similarity cosine instead of dot, recall error falls by 0.12"))
        << sentences[0];
    EXPECT_TRUE(sentences[0].ends_with("2 common cells, 8 replicates): better in 1 cell, not told "
                                       "apart in 1, worse in 0 at a false discovery rate of 5 %."))
        << sentences[0];
    EXPECT_LT(difference.high, 0.0);
    EXPECT_TRUE(sentences[1].starts_with(
        "With similarity cosine instead of dot, exact recall rises by 0.12"))
        << sentences[1];
    EXPECT_TRUE(sentences[2].starts_with("With similarity hamming instead of cosine"))
        << sentences[2];
}

TEST(DuelFindings, SayThatAConstantDifferenceIsTheSameInEveryReplicate) {
    const Cells cells = similarities(4, 0.0);
    EXPECT_NE(duel_findings(cells, duels(cells))[0].find("(the same in every replicate; "),
              std::string::npos);
}

TEST(DuelFindings, OfOneReplicateSayWhyThereAreNone) {
    const Cells cells = similarities(1, 0.0);
    const std::vector<std::string> sentences = duel_findings(cells, duels(cells));
    ASSERT_EQ(sentences.size(), 1U);
    EXPECT_TRUE(sentences[0].starts_with("With one replicate")) << sentences[0];
    EXPECT_TRUE(duel_findings(Cells{}, {}).empty());
}

} // namespace
} // namespace basin
