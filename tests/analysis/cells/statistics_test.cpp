#include "analysis/cells/statistics.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

namespace basin {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

TEST(PairedDifference, HasTheStudentInterval) {
    const std::vector<double> first{10, 20, 30, 40};
    const std::vector<double> second{11, 22, 33, 44};

    const MeanInterval difference = paired_difference(first, second);

    // Differences 1, 2, 3, 4: s = sqrt(5/3), t(3; 0.975) = 3.182446, reach = t s / 2. Six digits of
    // the table.
    EXPECT_DOUBLE_EQ(difference.mean, 2.5);
    EXPECT_NEAR(difference.low, 2.5 - 2.054260, 2e-6);
    EXPECT_NEAR(difference.high, 2.5 + 2.054260, 2e-6);
    EXPECT_TRUE(excludes_zero(difference));
}

TEST(PairedDifference, SeesAConstantShiftThroughAnySpread) {
    const std::vector<double> first{0.125, 8.5, -3.25, 40};
    const std::vector<double> second{0.375, 8.75, -3.0, 40.25}; // exact in binary

    const MeanInterval difference = paired_difference(first, second);

    EXPECT_DOUBLE_EQ(difference.mean, 0.25);
    EXPECT_DOUBLE_EQ(difference.low, 0.25);
    EXPECT_TRUE(excludes_zero(difference));
}

TEST(PairedDifference, DropsPairsOfWhichOneIsUndefined) {
    const std::vector<double> first{1, nan, 3};
    const std::vector<double> second{2, 5, nan};

    const MeanInterval difference = paired_difference(first, second);

    EXPECT_DOUBLE_EQ(difference.mean, 1.0);
    EXPECT_TRUE(std::isnan(difference.low)) << "one pair has no interval";
    EXPECT_FALSE(excludes_zero(difference));
}

TEST(PairedDifference, OfEqualValuesDoesNotExcludeZero) {
    const std::vector<double> values{0.5, 0.25, 0.75};

    EXPECT_FALSE(excludes_zero(paired_difference(values, values)));
}

TEST(IntervalText, IsOfTheSizeAndSaysWhereThereIsNone) {
    EXPECT_EQ(interval_text({-0.15, -0.2, -0.1}), "95 % interval 0.1 to 0.2");
    EXPECT_EQ(interval_text({0.15, 0.1, 0.2}), "95 % interval 0.1 to 0.2");
    EXPECT_EQ(interval_text({-0.5, -0.5, -0.5}), "the same in every replicate");
    const double rounded = std::nextafter(0.5, 1.0);
    EXPECT_EQ(interval_text({0.5, 0.5, rounded}), "the same in every replicate");
}

} // namespace
} // namespace basin
