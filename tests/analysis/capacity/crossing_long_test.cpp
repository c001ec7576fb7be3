#include "analysis/capacity/power_law.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "support/curve_cases.hpp"

namespace basin {
namespace {

class CrossingCoverageLong : public testing::TestWithParam<CurveCase> {};

TEST_P(CrossingCoverageLong, IsNominal) {
    const Coverage all = coverage(GetParam(), 10000);
    EXPECT_GE(all.share(), 0.93);
    EXPECT_LE(all.share(), 0.97);
    EXPECT_GE(all.found, 9950U);
}
INSTANTIATE_TEST_SUITE_P(Smooth, CrossingCoverageLong,
                         testing::ValuesIn(smooth_cases().begin(), smooth_cases().end()));

class CrossingStepsLong : public testing::TestWithParam<CurveCase> {};

TEST_P(CrossingStepsLong, AreHeld) {
    EXPECT_GE(coverage(GetParam(), 10000).share(), 0.95);
}
INSTANTIATE_TEST_SUITE_P(Steep, CrossingStepsLong,
                         testing::ValuesIn(steep_cases().begin(), steep_cases().end()));

// From scenes to an exponent: five searches a law.
TEST(PowerLawLong, OfSearchedCrossingsHoldsTheExponent) {
    constexpr int laws = 1000;
    int held = 0;
    int counted = 0;
    for (int i = 0; i < laws; ++i) {
        std::vector<CapacityPoint> points;
        for (const double n : {50.0, 75.0, 110.0, 160.0, 240.0}) {
            CrossingRule rule;
            rule.least = 1;
            rule.most = 10000;
            rule.max_replicates = 256;
            const SyntheticCurve curve{.centre = 0.14 * std::pow(n, 1.3),
                                       .seed = std::to_string(n) + " law " + std::to_string(i)};
            points.push_back({n, searched(curve, rule).crossing});
        }
        const PowerLaw law = power_law(points);
        if (law.used < 3) continue;
        ++counted;
        held += law.exponent_lower <= 1.3 && 1.3 <= law.exponent_upper;
    }
    std::printf("exponent held by %d of %d laws\n", held, counted);
    EXPECT_GE(counted, laws - 5);
    EXPECT_GE(held, 0.93 * counted);
    EXPECT_LE(held, 0.975 * counted);
}

} // namespace
} // namespace basin
