#include "analysis/cells/selectors.hpp"

#include <gtest/gtest.h>

#include "support/synthetic_cells.hpp"

namespace basin {
namespace {

using tests::number_axis;
using tests::synthetic_cells;
using tests::text_axis;

TEST(Selectors, StartAtTheUsualValues) {
    const Cells cells = synthetic_cells(
        {number_axis("pattern_count", {10, 100, 1000}), number_axis("cue_level", {0, 0.1, 0.2}),
         number_axis("beta", {0.1, 0.5, 20}), text_axis("similarity", {"cosine", "dot"})},
        1);

    const std::vector<Selector> all = selectors(cells, {});

    ASSERT_EQ(all.size(), 4u);
    EXPECT_EQ(all[0].texts[all[0].initial], "1000");
    EXPECT_EQ(all[1].texts[all[1].initial], "0.1");
    EXPECT_EQ(all[2].texts[all[2].initial], "0.5"); // nearest to 1 by ratio
    EXPECT_EQ(all[3].texts[all[3].initial], "dot");
}

TEST(Selectors, StartWhereCellsAreDone) {
    Cells cells = synthetic_cells(
        {text_axis("similarity", {"dot", "cosine"}), number_axis("beta", {1, 2})}, 1);
    cells.state[0] = cells.state[1] = CellState::not_run; // all of dot

    EXPECT_EQ(selectors(cells, {}).front().initial, 1u);
}

TEST(Selectors, LeaveOutWhatIsShownAndWhatDoesNotVary) {
    const Cells cells =
        synthetic_cells({number_axis("beta", {1, 2}), number_axis("cue_level", {0.1}),
                         number_axis("dimension", {50, 100})},
                        1);

    const std::vector<Selector> all = selectors(cells, {0});

    ASSERT_EQ(all.size(), 1u);
    EXPECT_EQ(all[0].axis, 2u);
}

TEST(Selectors, NameAnAxisThatFollowsFromAnotherWithThatOne) {
    const Cells product = synthetic_cells(
        {text_axis("source", {"idx", "random_bipolar"}), number_axis("dimension", {100, 784})}, 1);
    // The files have 784 units, the random patterns 100.
    const Cells cells = filtered(product, {false, true, true, false});

    const std::vector<Selector> all = selectors(cells, {});

    ASSERT_EQ(all.size(), 1u);
    EXPECT_EQ(all[0].texts[0], "idx · dimension N = 784");
    EXPECT_EQ(all[0].texts[1], "random bipolar · dimension N = 100");
}

} // namespace
} // namespace basin
