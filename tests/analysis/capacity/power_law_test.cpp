#include "analysis/capacity/power_law.hpp"
#include "models/draws/normal.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>

namespace basin {
namespace {

Crossing measured(double estimate, double relative_error) {
    const double reach = std::exp(1.959964 * relative_error);
    return {.state = CrossingState::found,
            .estimate = estimate,
            .lower = estimate / reach,
            .upper = estimate * reach,
            .slope = -8.0};
}

TEST(PowerLaw, OfExactDataIsExact) {
    std::vector<CapacityPoint> points;
    for (const double n : {50.0, 100.0, 200.0, 800.0})
        points.push_back({n, measured(0.14 * n * n, 0.001 * n)});
    const PowerLaw law = power_law(points);
    EXPECT_NEAR(law.exponent, 2.0, 1e-12);
    EXPECT_NEAR(law.factor, 0.14, 1e-12);
    EXPECT_NEAR(law.exponent_lower, 2.0, 1e-9);
    EXPECT_NEAR(law.exponent_upper, 2.0, 1e-9);
    EXPECT_EQ(law.used, 4);
    EXPECT_EQ(law.left_out, 0);
    for (const double residual : law.residuals)
        EXPECT_NEAR(residual, 0.0, 1e-12);
}

TEST(PowerLaw, HasTheNumbersOfWeightedLeastSquares) {
    // x = 0, 1, 2 and y = 0, 2, 3 with weights 1, 4, 1 (errors 1, 1/2, 1): slope 1.5, intercept
    // 11/6 - 1.5 = 1/3; residuals -1/3, 1/6, -1/3; chi^2 = 1/9 + 4/36 + 1/9 = 1/3; variance of the
    // slope chi^2 / 2 (weighted squares of x - 1); t(1; .975) = 12.7062.
    std::vector<CapacityPoint> points;
    const double y[] = {0.0, 2.0, 3.0};
    const double error[] = {1.0, 0.5, 1.0};
    for (int i = 0; i < 3; ++i)
        points.push_back({std::exp(i), measured(std::exp(y[i]), error[i])});
    const PowerLaw law = power_law(points);
    EXPECT_NEAR(law.exponent, 1.5, 1e-9);
    EXPECT_NEAR(std::log(law.factor), 1.0 / 3.0, 1e-7);
    EXPECT_NEAR(law.residuals[1], 1.0 / 6.0, 1e-7);
    EXPECT_NEAR(law.scatter, 1.0 / 3.0, 1e-6);
    EXPECT_NEAR(law.exponent_upper - law.exponent, 12.7062 * std::sqrt(1.0 / 6.0), 1e-4);
}

TEST(PowerLaw, LeavesOutWhatHasNoIntervalAndCountsIt) {
    std::vector<CapacityPoint> points;
    for (const double n : {50.0, 100.0, 200.0, 400.0})
        points.push_back({n, measured(0.1 * n, 0.05)});
    points[1].crossing.state = CrossingState::above_limit;
    points[1].crossing.estimate = std::numeric_limits<double>::quiet_NaN();
    points.push_back({800.0,
                      {.state = CrossingState::no_interval,
                       .estimate = 5.0,
                       .lower = 4.0,
                       .upper = 6.0,
                       .slope = -1.0}});
    const PowerLaw law = power_law(points);
    EXPECT_NEAR(law.exponent, 1.0, 1e-12);
    EXPECT_EQ(law.used, 3);
    EXPECT_EQ(law.left_out, 2);
    EXPECT_TRUE(std::isnan(law.residuals[1]));
    EXPECT_TRUE(std::isnan(law.residuals[4]));
}

TEST(PowerLaw, OfTooLittleSaysSo) {
    std::vector<CapacityPoint> points{{50.0, measured(5.0, 0.1)}, {100.0, measured(10.0, 0.1)}};
    EXPECT_NEAR(power_law(points).exponent, 1.0, 1e-12);
    EXPECT_TRUE(std::isnan(power_law(points).exponent_lower));
    points.pop_back();
    EXPECT_TRUE(std::isnan(power_law(points).exponent));
    points.push_back(points.front());
    EXPECT_TRUE(std::isnan(power_law(points).exponent)) << "no law through one N";
    EXPECT_TRUE(std::isnan(power_law({}).exponent));
}

TEST(PowerLaw, IntervalHoldsTheExponent) {
    constexpr int laws = 2000;
    int held = 0;
    for (int i = 0; i < laws; ++i) {
        Stream stream(key_of("laws/" + std::to_string(i)), StreamRole::patterns);
        NormalStream normal(stream);
        std::vector<CapacityPoint> points;
        for (const double n : {50.0, 75.0, 110.0, 160.0, 240.0}) {
            const double error = 0.01 + 0.03 * stream.uniform();
            points.push_back(
                {n, measured(0.14 * std::pow(n, 1.3) * std::exp(error * normal.next()), error)});
        }
        const PowerLaw law = power_law(points);
        held += law.exponent_lower <= 1.3 && 1.3 <= law.exponent_upper;
    }
    RecordProperty("held_of_2000", held);
    EXPECT_NEAR(held / double(laws), 0.95, 0.02);
}

} // namespace
} // namespace basin
