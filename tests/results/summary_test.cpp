#include "results/summary.hpp"

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

RC_GTEST_PROP(MeanInterval, OfEqualValuesIsThatValueToTheBit, (double value, unsigned char more)) {
    const std::vector<double> values(2U + more, value);

    const MeanInterval interval = mean_interval(values);

    RC_ASSERT(interval.mean == value);
    RC_ASSERT(interval.low == value);
    RC_ASSERT(interval.high == value);
}

} // namespace basin
