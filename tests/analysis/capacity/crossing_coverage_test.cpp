#include <gtest/gtest.h>

#include "support/curve_cases.hpp"

namespace basin {
namespace {

// crossing_long_test measures each case by ten thousand curves; here they are one sample.
TEST(CrossingCoverage, HoldsAfterTheSearchStops) {
    Coverage all;
    for (const CurveCase& each : smooth_cases()) {
        const Coverage some = coverage(each, 100);
        EXPECT_GE(some.share(), 0.88) << each.name << ' ' << each.threshold; // 3 sigma
        EXPECT_GE(some.found, 98U) << each.name << ' ' << each.threshold;
        all += some;
    }
    EXPECT_GE(all.share(), 0.935);
    EXPECT_LE(all.share(), 0.97);
    EXPECT_LT(all.cost, all.grid_cost / 20.0);
    EXPECT_LT(all.cost, all.near_grid / 5.0);
    EXPECT_LT(all.rounds / static_cast<double>(all.curves), 15.0);
}

TEST(CrossingCoverage, IsNotLostToTheLadder) {
    for (const CurveCase& each : steep_cases()) {
        const Coverage some = coverage(each, 200);
        EXPECT_GE(some.share(), 0.95) << each.name << ' ' << each.threshold;
        EXPECT_LT(some.cost, some.grid_cost / 20.0);
    }
}

} // namespace
} // namespace basin
