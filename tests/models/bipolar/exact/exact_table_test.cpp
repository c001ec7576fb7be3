// Steps of the exact network against hand values and against the definition in integers.

#include "models/bipolar/exact/exact_table.hpp"

#include <boost/multiprecision/cpp_int.hpp>
#include <gtest/gtest.h>

#include <cmath>
#include <utility>
#include <vector>

#include "support/hand_setting.hpp"

namespace basin {
namespace {

using boost::multiprecision::cpp_int;

ExactTable table_of(const Setting& setting, std::uint32_t dimension) {
    return make_exact_table(exact_model(setting, dimension), dimension);
}

double step(const ExactTable& table, std::size_t k) {
    return table.steps[k].at_scale(0);
}

TEST(ExactTable, QuadraticStepsAreFourTimesTheOverlapOfTheOthers) {
    const ExactTable table = table_of(contrastive_polynomial(2), 10);

    ASSERT_EQ(table.steps.size(), 12U);
    for (std::size_t k = 1; k <= 10; ++k)
        EXPECT_EQ(step(table, k), 4.0 * (2.0 * static_cast<double>(k) - 11.0));
    EXPECT_EQ(table.error, 0.0);
}

TEST(ExactTable, NoMemoryStandsAtEitherEnd) {
    for (const std::uint32_t n : {2U, 30U}) {
        const ExactTable table = table_of(contrastive_polynomial(n), 100);
        EXPECT_EQ(step(table, 0), 0.0);
        EXPECT_EQ(step(table, 101), 0.0);
    }
}

TEST(ExactTable, GradientStepsAreSlopesAtTheOthersOverlap) {
    Setting setting = contrastive_polynomial(3);
    setting.rule = Choice<Rules>::of<Gradient>();
    const ExactTable table = table_of(setting, 10);

    for (std::size_t k = 1; k <= 10; ++k)
        EXPECT_EQ(step(table, k), std::pow(2.0 * static_cast<double>(k) - 11.0, 2.0));
}

TEST(ExactTable, EvenPowersDoNotTellPlusOneFromMinusOne) {
    // Step 51 of 101 units lies between the overlaps -1 and +1, as integers and in the ladder.
    for (const std::uint32_t n : {2U, 4U, 30U, 400U}) {
        const ExactTable even = table_of(contrastive_polynomial(n), 101);
        EXPECT_EQ(even.steps[51].fraction, 0.0) << n;
        EXPECT_GT(even.steps[52].fraction, 0.0) << n;
        EXPECT_LT(even.steps[50].fraction, 0.0) << n;
        EXPECT_EQ(step(table_of(contrastive_polynomial(n + 1), 101), 51), 2.0) << n;
    }
}

TEST(ExactTable, RectifiedStepsBelowZeroAreZero) {
    const ExactTable table = table_of(rectified_step(30), 100);

    EXPECT_EQ(table.steps[50].fraction, 0.0);
    EXPECT_EQ(step(table, 51), 0x1p30); // 2^30 - 0
}

/// A positive integer to 60 bits.
ScaledNumber scaled(const cpp_int& x) {
    const auto bits = static_cast<int>(msb(x)) + 1;
    const cpp_int top = bits > 60 ? cpp_int(x >> (bits - 60)) : cpp_int(x << (60 - bits));
    return {std::ldexp(top.convert_to<double>(), -60), bits};
}

TEST(ExactTable, AVertexOfAThousand) {
    const ExactTable table = table_of(contrastive_polynomial(1000), 1000);

    for (const unsigned k : {501U, 502U, 600U, 999U, 1000U}) {
        const cpp_int above = 2 * k - 1000;
        const ScaledNumber truth = scaled(pow(above, 1000U) - pow(cpp_int(above - 2), 1000U));
        EXPECT_NEAR(ratio(table.steps[k], truth), 1.0, 0x1p-51) << k; // three roundings
    }
    EXPECT_EQ(table.error, 0x1p-52);
}

TEST(ExactTable, IntegersEndWhereADoubleDoes) {
    // n log2 101 < 52: a step is then an integer below 2^53.
    EXPECT_EQ(table_of(contrastive_polynomial(7), 100).error, 0.0);
    EXPECT_GT(table_of(contrastive_polynomial(8), 100).error, 0.0);
}

TEST(ExactTable, TinyBetasLeaveNoStepOut) {
    Setting setting = contrastive_polynomial(1);
    setting.interaction = Choice<Interactions>::of<Exponential>();
    setting.formulation = Choice<Formulations>::of<Normalized>();
    setting.beta = 1e-300;
    const ExactTable table = table_of(setting, 100);

    for (std::size_t k = 1; k <= 100; ++k) // e^(x + 2 beta / N) - e^x with x = O(beta)
        EXPECT_DOUBLE_EQ(step(table, k), 2e-302) << k;
}

TEST(ExactTable, NeighboursThatShareAllDigitsOfADoubleDiffer) {
    Setting setting = contrastive_polynomial(2);
    setting.similarity = Choice<Similarities>::of<InverseSquaredEuclidean>();
    setting.similarity_delta = 1e200;
    const ExactTable table = table_of(setting, 10);

    // 1 / (delta + 4 j)^2 - 1 / (delta + 4 j + 4)^2 = 8 / delta^3 but for 1 part in 1e199.
    const double expected =
        std::scalbn(8e-200, 633) * std::scalbn(1e-200, 633) * std::scalbn(1e-200, 634);
    EXPECT_DOUBLE_EQ(table.steps[1].at_scale(1900), expected);
    EXPECT_DOUBLE_EQ(table.steps[10].at_scale(1900), expected);
}

TEST(ExactTable, SignsOfStepSums) {
    const ExactTable table = table_of(contrastive_polynomial(3), 11);
    const auto sign = [&](std::vector<std::pair<std::size_t, std::int64_t>> entries) {
        std::vector<std::int64_t> counts(13, 0);
        for (const auto& [k, count] : entries)
            counts[k] = count;
        return table.sign(counts);
    };
    // Step k is (a + 1)^3 - (a - 1)^3 = 6 a^2 + 2 at a = 2 k - 12: at 6 it is 2, at 7 it is 26.
    EXPECT_EQ(sign({{6, 13}, {7, -1}}), 0);
    EXPECT_EQ(sign({{6, 12}, {7, -1}}), -1);
    EXPECT_EQ(sign({{6, 14}, {7, -1}}), 1);
    EXPECT_EQ(sign({{5, 1}, {7, -1}}), 0); // a = -2 and 2
    EXPECT_EQ(sign({{1, 1}, {11, -1}}), 0);
    EXPECT_EQ(sign({}), 0);
}

} // namespace
} // namespace basin
