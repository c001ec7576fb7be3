#include "models/arithmetic/scaled_number.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "support/infinity.hpp"

namespace basin {
namespace {

using tests::infinity;

TEST(ScaledNumber, HoldsAnyFiniteDouble) {
    for (const double x : {1.0, -0.75, 1e300, -1e-300, 0x1p-1074, 0x1.fffffffffffffp1023}) {
        const ScaledNumber number = ScaledNumber::of(x);

        EXPECT_GE(std::abs(number.fraction), 0.5);
        EXPECT_LT(std::abs(number.fraction), 1.0);
        EXPECT_EQ(number.at_scale(0), x);
    }
    EXPECT_EQ(ScaledNumber::of(0.0).at_scale(1000), 0.0);
}

TEST(ScaledNumber, ScalingShiftsTheExponent) {
    EXPECT_EQ(ScaledNumber::of(3.0).at_scale(4), 48.0);
    EXPECT_EQ((ScaledNumber{0.75, 100'000}.at_scale(-100'000)), 0.75);
}

TEST(ScaledNumber, LeavesADoublesRangeOnEitherSide) {
    EXPECT_EQ((ScaledNumber{-0.5, 1'000'000'000'000}.at_scale(0)), -infinity);
    EXPECT_EQ((ScaledNumber{0.5, -1'000'000'000'000}.at_scale(0)), 0.0);
    EXPECT_EQ((ScaledNumber{0.5, -1073}.at_scale(0)), 0x1p-1074);
}

TEST(ScaledNumber, RatiosOfNumbersOutsideADouble) {
    const ScaledNumber huge{0.75, 20'000};
    const ScaledNumber half_of_it{0.75, 19'999};

    EXPECT_EQ(ratio(huge, half_of_it), 2.0);
    EXPECT_EQ(ratio({-0.75, 19'999}, huge), -0.5);
    EXPECT_EQ(ratio(huge, ScaledNumber::of(1.0)), infinity);
    EXPECT_EQ(ratio(ScaledNumber::of(1.0), huge), 0.0);
    EXPECT_EQ(ratio({}, huge), 0.0);
}

} // namespace
} // namespace basin
