#include "analysis/cells/difference_test.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace basin {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

// Student 1908, "The probable error of a mean": additional hours of sleep by two drugs, in the same
// ten patients. R's help page of t.test gives these numbers for its data set `sleep`.
const std::vector<double> first_drug{0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0};
const std::vector<double> second_drug{1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4};

TEST(PairedTest, HasStudentsNumbers) {
    const DifferenceTest test = paired_test(first_drug, second_drug);
    EXPECT_NEAR(test.difference.mean, 1.58, 1e-12);
    EXPECT_NEAR(test.difference.low, 0.7001142, 5e-8);
    EXPECT_NEAR(test.difference.high, 2.4598858, 5e-8);
    EXPECT_NEAR(test.p_value, 0.002833, 5e-7);
    EXPECT_NEAR(test.effect_size, 4.0621 / std::sqrt(10.0), 5e-5); // t / sqrt(n)
    EXPECT_EQ(test.first_size, 10);
}

TEST(WelchTest, HasItsNumbersForTheSameData) {
    const DifferenceTest test = welch_test(first_drug, second_drug);
    EXPECT_NEAR(test.difference.mean, 1.58, 1e-12);
    EXPECT_NEAR(test.difference.low, -0.2054832, 5e-8); // t = 1.8608, 17.776 degrees of freedom
    EXPECT_NEAR(test.difference.high, 3.3654832, 5e-8);
    EXPECT_NEAR(test.p_value, 0.07939, 5e-6);
    // Both samples have ten values: t = d sqrt(10 / 2).
    EXPECT_NEAR(test.effect_size, 1.8608 / std::sqrt(5.0), 5e-5);
}

TEST(PairedTest, LeavesOutPairsThatAreNotDefined) {
    std::vector<double> first = first_drug;
    std::vector<double> second = second_drug;
    first.insert(first.end(), {nan, 1.0});
    second.insert(second.end(), {1.0, nan});
    const DifferenceTest test = paired_test(first, second);
    EXPECT_EQ(test.first_size, 10);
    EXPECT_EQ(test.p_value, paired_test(first_drug, second_drug).p_value);
}

TEST(DifferenceTests, KnowWhatCannotBeTested) {
    const std::vector<double> one{0.5};
    EXPECT_EQ(paired_test(one, std::vector{0.75}).difference.mean, 0.25);
    EXPECT_TRUE(std::isnan(paired_test(one, std::vector{0.75}).p_value));
    EXPECT_TRUE(std::isnan(paired_test({}, {}).difference.mean));
    EXPECT_TRUE(std::isnan(welch_test(one, second_drug).difference.low));
    EXPECT_TRUE(std::isnan(welch_test({}, second_drug).difference.mean));
}

TEST(DifferenceTests, OfAConstantDifferenceAreCertain) {
    const std::vector<double> base{0.1, 0.2, 0.7};
    const DifferenceTest none = paired_test(base, base);
    EXPECT_EQ(none.p_value, 1.0);
    EXPECT_EQ(none.effect_size, 0.0);
    const std::vector<double> low(3, 0.1);
    const std::vector<double> high(3, 0.3);
    for (const DifferenceTest& test : {paired_test(low, high), welch_test(low, high)}) {
        EXPECT_EQ(test.p_value, 0.0);
        EXPECT_EQ(test.difference.low, 0.3 - 0.1);
        EXPECT_TRUE(std::isinf(test.effect_size));
    }
}

TEST(BenjaminiHochberg, MakesTheDiscoveriesOfThePaper) {
    // The fifteen p-values of section 3.2: at a rate of 0.05 the four smallest are discoveries,
    // where Bonferroni has three.
    const std::vector<double> p{0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344,
                                0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.000};
    const std::vector<double> adjusted = benjamini_hochberg(p);
    for (std::size_t i = 0; i < p.size(); ++i)
        EXPECT_EQ(adjusted[i] <= 0.05, i < 4) << i;
    EXPECT_NEAR(adjusted[0], 0.0001 * 15, 1e-15);
    EXPECT_NEAR(adjusted[3], 0.0095 * 15 / 4, 1e-15);
    EXPECT_NEAR(adjusted[5], 0.0298 * 15 / 7, 1e-15); // 0.0278 * 15 / 6 is larger
    EXPECT_EQ(adjusted[14], 1.0);
}

TEST(BenjaminiHochberg, KeepsTheOrderGivenAndLeavesOutNaN) {
    const std::vector<double> adjusted = benjamini_hochberg(std::vector{0.04, nan, 0.01});
    EXPECT_DOUBLE_EQ(adjusted[0], 0.04);
    EXPECT_TRUE(std::isnan(adjusted[1]));
    EXPECT_DOUBLE_EQ(adjusted[2], 0.02);
    EXPECT_TRUE(benjamini_hochberg({}).empty());
}

} // namespace
} // namespace basin
