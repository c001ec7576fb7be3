// The logarithm against the machine's long one, and moments of normal numbers.

#include "models/draws/normal.hpp"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <limits>
#include <numbers>
#include <vector>

#include "support/shares.hpp"

namespace basin {
namespace {

/// Distance of ln x from the truth in units of the truth's last place as a double.
double units_off(double x) {
    const long double truth = std::log(static_cast<long double>(x));
    const double rounded = std::abs(static_cast<double>(truth));
    const double last_place =
        rounded == 0 ? 0x1p-1074
                     : std::nextafter(rounded, std::numeric_limits<double>::infinity()) - rounded;
    return static_cast<double>(std::abs(natural_logarithm(x) - truth) / last_place);
}

TEST(NaturalLogarithm, IsExactAtOne) {
    EXPECT_EQ(natural_logarithm(1.0), 0.0);
}

TEST(NaturalLogarithm, IsWithinTwoUnitsAtTheEnds) {
    using Limits = std::numeric_limits<double>;
    const double root = std::numbers::sqrt2;
    for (const double x :
         {Limits::denorm_min(), 3 * Limits::denorm_min(), Limits::min(), Limits::max(), 0.5, 2.0,
          10.0, std::numbers::e, root, root / 2, std::nextafter(root, 0.0),
          std::nextafter(root, 2.0), std::nextafter(root / 2, 0.0), std::nextafter(root / 2, 2.0)})
        EXPECT_LE(units_off(x), 2.0) << x;
}

TEST(NaturalLogarithm, IsWithinTwoUnitsNearOne) {
    for (int k = 1; k <= 53; ++k) {
        EXPECT_LE(units_off(1 + std::ldexp(1.0, -k + 1)), 2.0) << k;
        EXPECT_LE(units_off(1 - std::ldexp(1.0, -k)), 2.0) << k;
    }
    Stream stream(key_of("near one"), StreamRole::patterns);
    for (int i = 0; i < 200000; ++i) {
        const double x = 1 + (stream.uniform() - 0.5) * std::exp2(-30 * stream.uniform());
        ASSERT_LE(units_off(x), 2.0) << x;
    }
}

TEST(NaturalLogarithm, IsWithinTwoUnitsOfAnyNumber) {
    Stream stream(key_of("any number"), StreamRole::patterns);
    for (int i = 0; i < 500000; ++i) {
        const auto x = std::bit_cast<double>(stream.next() >> 1U);
        if (!std::isfinite(x) || x == 0) continue;
        ASSERT_LE(units_off(x), 2.0) << x;
    }
}

TEST(NormalStream, HasTheMomentsOfANormal) {
    Stream stream(key_of("moments"), StreamRole::patterns);
    NormalStream normal(stream);
    constexpr int count = 400000;
    double sums[5] = {};
    std::size_t beyond_one = 0;
    std::size_t beyond_three = 0;
    double neighbours = 0.0;
    double before = 0.0;
    for (int i = 0; i < count; ++i) {
        const double x = normal.next();
        double power = 1.0;
        for (double& sum : sums) {
            sum += power / count;
            power *= x;
        }
        beyond_one += std::abs(x) > 1;
        beyond_three += std::abs(x) > 3;
        neighbours += x * before / count;
        before = x;
    }
    // 5 standard errors: the variances of x, x^2, x^3 and x^4 are 1, 2, 15 and 96.
    const double error = 5 / std::sqrt(double{count});
    EXPECT_NEAR(sums[1], 0, error);
    EXPECT_NEAR(sums[2], 1, std::sqrt(2.0) * error);
    EXPECT_NEAR(sums[3], 0, std::sqrt(15.0) * error);
    EXPECT_NEAR(sums[4], 3, std::sqrt(96.0) * error);
    EXPECT_NEAR(neighbours, 0, error); // both of a pair are used
    expect_share(beyond_one, count, std::erfc(1 / std::numbers::sqrt2));
    expect_share(beyond_three, count, std::erfc(3 / std::numbers::sqrt2));
}

TEST(NormalStream, IsAFunctionOfItsStream) {
    Stream a(key_of("one"), StreamRole::cues);
    Stream b(key_of("one"), StreamRole::cues);
    Stream c(key_of("other"), StreamRole::cues);
    NormalStream x(a);
    NormalStream y(b);
    NormalStream z(c);
    int equal = 0;
    for (int i = 0; i < 100; ++i) {
        const double value = x.next();
        EXPECT_EQ(value, y.next());
        equal += value == z.next();
    }
    EXPECT_EQ(equal, 0);
}

} // namespace
} // namespace basin
