#include "models/base/random.hpp"
#include "models/bipolar/exact/fixed_point_steps.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace basin {
namespace {

/// Steps of F(x) = x^n of N units.
std::vector<double> power_steps(std::uint32_t dimension, int vertex) {
    std::vector<double> steps(dimension + 2, 0.0);
    for (std::uint32_t k = 1; k <= dimension; ++k) {
        const double h = 2.0 * k - dimension;
        steps[k] = std::pow(h, vertex) - std::pow(h - 2, vertex);
    }
    return steps;
}

void expect_near_the_steps(const FixedSteps& fixed, const std::vector<double>& steps) {
    for (std::uint32_t m = fixed.range.lowest; m <= fixed.range.highest; ++m) {
        const auto pair = static_cast<double>(fixed.pair(m) + fixed.lowest_pair) * fixed.unit;
        const auto opposed =
            static_cast<double>(fixed.opposed_to(m) + fixed.lowest_opposed) * fixed.unit;
        // A pair is two steps, each off by half a unit at most; opposed is the second of them.
        const double allowed = fixed.exact ? 0.0 : 0.5 * fixed.unit;
        EXPECT_LE(std::abs(opposed - steps[m + 1]), allowed) << m;
        EXPECT_LE(std::abs(pair - opposed - steps[m]), allowed) << m;
        EXPECT_LT(fixed.pair(m), 1U << 24U);
        EXPECT_LT(fixed.opposed_to(m), 1U << 24U);
    }
}

void expect_tables_of_both(const FixedSteps& fixed) {
    ASSERT_EQ(fixed.tables.entries, fixed.range.size());
    ASSERT_EQ(fixed.tables.first, fixed.range.lowest);
    for (std::size_t i = 0; i < fixed.range.size(); ++i) {
        const auto number = [&](std::size_t j) {
            return (std::uint32_t{fixed.tables.bytes[j][i]} << 16U) +
                   (std::uint32_t{fixed.tables.bytes[j + 1][i]} << 8U) +
                   fixed.tables.bytes[j + 2][i];
        };
        EXPECT_EQ(number(0), fixed.pairs[i]);
        EXPECT_EQ(number(3), fixed.opposed[i]);
    }
}

TEST(FixedSteps, SmallWholeNumbersAreExact) {
    for (const int vertex : {2, 3}) {
        const std::vector<double> steps = power_steps(100, vertex);
        const FixedSteps fixed = fix(steps, {20, 80});
        EXPECT_TRUE(fixed.exact) << vertex;
        EXPECT_TRUE(fixed.range.holds(MatchRange{20, 80}));
        expect_near_the_steps(fixed, steps);
        expect_tables_of_both(fixed);
    }
}

TEST(FixedSteps, OthersAreOffByHalfAUnitAtMost) {
    Stream stream(key_of("fixed steps"), StreamRole::patterns);
    for (int round = 0; round < 300; ++round) {
        std::vector<double> steps(102, 0.0);
        for (std::size_t k = 1; k <= 100; ++k)
            steps[k] = std::scalbn(static_cast<double>(stream.below(1U << 30U)) - 0x1p29,
                                   static_cast<int>(stream.below(60)) - 30);
        const auto lowest = static_cast<std::uint32_t>(stream.below(101));
        const auto highest = lowest + static_cast<std::uint32_t>(stream.below(101 - lowest));
        const FixedSteps fixed = fix(steps, {lowest, highest});
        ASSERT_TRUE(fixed.range.holds(MatchRange{lowest, highest}));
        expect_near_the_steps(fixed, steps);
        expect_tables_of_both(fixed);
    }
}

TEST(FixedSteps, SlackCostsADigitAtMost) {
    const std::vector<double> steps = power_steps(100, 30);
    const FixedSteps fixed = fix(steps, {40, 60});
    double largest = 0.0;
    for (std::uint32_t k = 40; k <= 61; ++k)
        largest = std::max(largest, std::abs(steps[k]));
    EXPECT_LE(fixed.largest, 2.0 * largest);
    EXPECT_LE(fixed.unit, largest * 0x1p-20);
    expect_near_the_steps(fixed, steps);
}

TEST(FixedSteps, EndsAndEqualStepsHaveNoWidth) {
    const std::vector<double> nothing(12, 0.0);
    EXPECT_TRUE(fix(nothing, {0, 10}).exact);
    std::vector<double> equal(12, 3.5);
    equal.front() = equal.back() = 0.0;
    const FixedSteps fixed = fix(equal, {5, 5});
    EXPECT_TRUE(fixed.exact);
    expect_near_the_steps(fixed, equal);
}

TEST(FixedSteps, WideRangesHaveNoTablesOfBytes) {
    EXPECT_EQ(fix(power_steps(200, 3), {0, 200}).tables.entries, 0U);
    EXPECT_EQ(fix(power_steps(400, 3), {250, 300}).tables.entries, 0U) << "no byte holds 300";
}

} // namespace
} // namespace basin
