#include "analysis/stability/frontier_lines.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "support/arithmetic_cells.hpp"

namespace basin {
namespace {

using tests::arithmetic_cells;
using tests::arithmetic_row;

// Masks of frontier_lines.cpp.
constexpr std::uint8_t left = 1;
constexpr std::uint8_t upper = 2;
constexpr std::uint8_t lower = 4;

Overlay overlay(const std::vector<Overlay>& all, const std::string& name) {
    return *std::ranges::find(all, name, &Overlay::name);
}

TEST(FrontierOverlays, StandAtTheFirstVertexNotBelowThePredictedOne) {
    const Cells cells = arithmetic_cells();
    const Overlay nan = overlay(frontier_overlays(cells, *cells.axis("beta")), "nan_frontier");

    for (std::size_t beta = 0; beta < 3; ++beta) {
        EXPECT_EQ(nan.values[arithmetic_row(0, 0, 2, beta, 0)], left) << "n = 20 at cue level 0";
        EXPECT_EQ(nan.values[arithmetic_row(1, 0, 3, beta, 0)], left) << "n = 21 at cue level 0.1";
        EXPECT_EQ(nan.values[arithmetic_row(0, 0, 3, beta, 0)], 0) << "beyond the line";
        for (std::size_t vertex = 0; vertex < 7; ++vertex)
            EXPECT_EQ(nan.values[arithmetic_row(0, 0, vertex, beta, 1)], 0) << "exact";
    }
}

TEST(FrontierOverlays, StepWhereThePredictionDependsOnTheOtherAxis) {
    const Cells cells = arithmetic_cells();
    const std::vector<Overlay> all = frontier_overlays(cells, *cells.axis("beta"));
    const Overlay nan = overlay(all, "nan_frontier");
    const Overlay zero = overlay(all, "zero_frontier");

    // Normalized at beta = 10: NaN at 400 and 1000, at smaller beta never.
    EXPECT_EQ(nan.values[arithmetic_row(1, 1, 5, 2, 0)], left | lower);
    EXPECT_EQ(nan.values[arithmetic_row(1, 1, 6, 2, 0)], lower);
    // All terms vanish at 400 for beta = 0.1, at 1000 for beta = 1.
    EXPECT_EQ(zero.values[arithmetic_row(1, 1, 5, 0, 0)], left | upper);
    EXPECT_EQ(zero.values[arithmetic_row(1, 1, 6, 0, 0)], 0);
    EXPECT_EQ(zero.values[arithmetic_row(1, 1, 6, 1, 0)], left | upper);
}

TEST(FrontierOverlays, StepOverTheCueLevelToo) {
    const Cells cells = arithmetic_cells();
    const Overlay nan = overlay(frontier_overlays(cells, *cells.axis("cue_level")), "nan_frontier");

    EXPECT_EQ(nan.values[arithmetic_row(0, 0, 2, 1, 0)], left | upper) << "21 at the next level";
    EXPECT_EQ(nan.values[arithmetic_row(1, 0, 3, 1, 0)], left);
}

TEST(FrontierLines, AreOnePerKindOfFailure) {
    ASSERT_EQ(frontier_lines().size(), failure_kinds.size());
    for (const FailureKind& kind : failure_kinds)
        EXPECT_EQ(std::ranges::count(frontier_lines(), kind.failure, &FrontierLine::failure), 1)
            << kind.name;
}

} // namespace
} // namespace basin
