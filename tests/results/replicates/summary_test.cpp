#include "results/replicates/summary.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

namespace basin {

namespace {
constexpr double nan = std::numeric_limits<double>::quiet_NaN();
}

// Tables of Student's t print three decimals; these are to six digits (R: qt(0.975, df)).
TEST(StudentTQuantile, AgreesWithTables) {
    EXPECT_NEAR(student_t_quantile(1), 12.706205, 1e-6);
    EXPECT_NEAR(student_t_quantile(2), 4.302653, 1e-6);
    EXPECT_NEAR(student_t_quantile(10), 2.228139, 1e-6);
    EXPECT_NEAR(student_t_quantile(100), 1.983972, 1e-6);
}

TEST(StudentTQuantile, TendsToTheNormalQuantileAndIsOneWithoutBreakWhereKeepingEnds) {
    EXPECT_NEAR(student_t_quantile(10'000'000), 1.959964, 1e-6);
    EXPECT_GT(student_t_quantile(4096), student_t_quantile(4097));
    EXPECT_NEAR(student_t_quantile(4096), student_t_quantile(4097), 1e-6);
}

TEST(MeanInterval, IsTheTextbookInterval) {
    // 1, 2, 3, 4: mean 2.5, s^2 = 5/3, t(3) = 3.182446.
    const std::vector<double> values{1, 2, 3, 4};

    const MeanInterval interval = mean_interval(values);

    const double half_width = 3.182446305 * std::sqrt(5.0 / 3.0 / 4.0);
    EXPECT_DOUBLE_EQ(interval.mean, 2.5);
    EXPECT_NEAR(interval.low, 2.5 - half_width, 1e-8); // the quantile above has ten digits
    EXPECT_NEAR(interval.high, 2.5 + half_width, 1e-8);
}

TEST(MeanInterval, IsUndefinedWithoutValuesAndHasNoWidthKnownForOne) {
    const MeanInterval none = mean_interval({});
    const std::vector<double> single{0.5};
    const MeanInterval one = mean_interval(single);

    EXPECT_TRUE(std::isnan(none.mean) && std::isnan(none.low) && std::isnan(none.high));
    EXPECT_EQ(one.mean, 0.5);
    EXPECT_TRUE(std::isnan(one.low) && std::isnan(one.high));
}

TEST(MeanInterval, OfAValueThatIsNotDefinedIsNotDefined) {
    for (const std::vector<double>& values :
         {std::vector<double>{nan}, std::vector<double>{nan, 1, 2}, std::vector<double>{1, nan}}) {
        const MeanInterval interval = mean_interval(values);

        EXPECT_TRUE(std::isnan(interval.mean));
        EXPECT_TRUE(std::isnan(interval.low) && std::isnan(interval.high));
    }
}

TEST(MeanInterval, IsNotClipped) {
    const std::vector<double> shares{0.0, 1.0};

    const MeanInterval interval = mean_interval(shares);

    EXPECT_LT(interval.low, 0.0);
    EXPECT_GT(interval.high, 1.0);
}

TEST(UnseenShare, IsClopperAndPearsonsBoundOfNone) {
    for (const double n : {1.0, 4.0, 64.0, 1e6})
        EXPECT_NEAR(n * std::log1p(-unseen_share(n)), std::log(0.025), 1e-9) << n;
    EXPECT_NEAR(unseen_share(4), 0.602, 5e-4);
    EXPECT_NEAR(unseen_share(64), 0.0560, 5e-5);
}

constexpr MetricBounds share_of_16{0.0, 1.0, 0.0, 16};

TEST(BoundedInterval, IsStudentsWidenedByWhatIsUnseenOnEachSide) {
    const std::vector<double> values{0.4, 0.5, 0.4, 0.4};
    const MeanInterval student = mean_interval(values);
    const MeanInterval interval = mean_interval(values, share_of_16);
    const double seen = student.high - student.mean;
    const double unseen = 1.0 - std::pow(0.025, 1.0 / 64);
    EXPECT_EQ(interval.mean, student.mean);
    EXPECT_NEAR(interval.high - interval.mean, std::hypot(seen, unseen * (1 - interval.mean)),
                1e-12);
    EXPECT_NEAR(interval.mean - interval.low, std::hypot(seen, unseen * interval.mean), 1e-12);
}

TEST(BoundedInterval, OfNothingButFailuresOrSuccessesIsClopperAndPearsons) {
    for (const double all : {0.0, 1.0}) {
        const std::vector<double> values(4, all);
        const MeanInterval interval = mean_interval(values, share_of_16);
        EXPECT_EQ(interval.mean, all);
        EXPECT_NEAR(interval.high - interval.low, 0.0560, 5e-5);
        EXPECT_EQ(all == 0.0 ? interval.low : interval.high, all);
    }
}

TEST(BoundedInterval, StaysWithinTheLimits) {
    const MeanInterval interval = mean_interval(std::vector<double>{0.0, 1.0}, share_of_16);
    EXPECT_EQ(interval.low, 0.0);
    EXPECT_EQ(interval.high, 1.0);
}

/// What is the complement, or has another unit, has the interval's image.
TEST(BoundedInterval, IsTheSameOfShareComplementOverlapAndCount) {
    const std::vector<double> errors{0.0, 0.0625, 0.0, 0.125};
    const MeanInterval error = mean_interval(errors, share_of_16);
    const auto image = [&](double slope, double offset, const MetricBounds& bounds) {
        std::vector<double> values;
        for (const double value : errors)
            values.push_back(offset + slope * value);
        const MeanInterval interval = mean_interval(values, bounds);
        EXPECT_NEAR(interval.mean, offset + slope * error.mean, 1e-12);
        EXPECT_NEAR(slope < 0 ? interval.high : interval.low, offset + slope * error.low, 1e-12);
        EXPECT_NEAR(slope < 0 ? interval.low : interval.high, offset + slope * error.high, 1e-12);
    };
    image(-1, 1, share_of_16);
    image(-2, 1, {-1.0, 1.0, 0.0, 16});
    image(16, 0, {0.0, 16.0, 0.0, 16});
}

TEST(BoundedInterval, OfNumbersWithoutALimitAnUnseenProbeIsAUnitOff) {
    constexpr double infinite = std::numeric_limits<double>::infinity();
    const MetricBounds steps{0.0, infinite, 1.0, 16};
    const double unseen = unseen_share(64);
    const MeanInterval five = mean_interval(std::vector<double>(4, 5.0), steps);
    EXPECT_NEAR(five.low, 5 - unseen, 1e-12);
    EXPECT_NEAR(five.high, 5 + unseen, 1e-12);
    const MeanInterval none = mean_interval(std::vector<double>(4, 0.0), steps);
    EXPECT_EQ(none.low, 0.0);
    EXPECT_NEAR(none.high, unseen, 1e-12);
}

TEST(BoundedInterval, IsStudentsWithoutLimitsOrBeyondThem) {
    const std::vector<double> values{0.5, 1.5, 1.0};
    const MeanInterval student = mean_interval(values);
    for (const MetricBounds& bounds : {MetricBounds{}, share_of_16}) {
        const MeanInterval interval = mean_interval(values, bounds);
        EXPECT_EQ(interval.low, student.low);
        EXPECT_EQ(interval.high, student.high);
    }
    const MeanInterval equal = mean_interval(std::vector<double>(3, 1.5), MetricBounds{});
    EXPECT_EQ(equal.mean, 1.5);
    EXPECT_TRUE(std::isnan(equal.low) && std::isnan(equal.high)) << "not known, rather than none";
}

TEST(BoundedInterval, IsUndefinedWhereStudentsIs) {
    EXPECT_TRUE(std::isnan(mean_interval(std::vector<double>{0.5}, share_of_16).low));
    EXPECT_EQ(mean_interval(std::vector<double>{0.5}, share_of_16).mean, 0.5);
    EXPECT_TRUE(std::isnan(mean_interval(std::vector<double>{}, share_of_16).mean));
    EXPECT_TRUE(std::isnan(mean_interval(std::vector<double>{0.5, nan}, share_of_16).high));
}

RC_GTEST_PROP(BoundedInterval, HoldsTheMeanAndHasAWidth, (const std::vector<unsigned char>& more)) {
    std::vector<double> values{0.0, 0.0};
    for (const unsigned char value : more)
        values.push_back(value / 255.0);
    const MeanInterval interval = mean_interval(values, share_of_16);
    RC_ASSERT(interval.low >= 0.0 && interval.high <= 1.0);
    RC_ASSERT(interval.low <= interval.mean && interval.mean <= interval.high);
    RC_ASSERT(interval.low < interval.high);
}

RC_GTEST_PROP(MeanInterval, OfEqualValuesIsThatValueToTheBit, (double value, unsigned char more)) {
    const std::vector<double> values(2U + more, value);

    const MeanInterval interval = mean_interval(values);

    RC_ASSERT(interval.mean == value);
    RC_ASSERT(interval.low == value);
    RC_ASSERT(interval.high == value);
}

} // namespace basin
