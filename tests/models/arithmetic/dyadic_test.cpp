#include "models/arithmetic/dyadic.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace basin {
namespace {

TEST(Dyadic, IsTheDoubleItselfWithAnOddInteger) {
    using Limits = std::numeric_limits<double>;
    for (const double x : {1.0, -0.75, 0.1, 1e300, -1e-300, 100.0, 0x1p1023, Limits::max(),
                           -Limits::min(), Limits::denorm_min(), 3 * Limits::denorm_min()}) {
        const Dyadic number = dyadic(x);

        EXPECT_EQ(std::scalbn(static_cast<double>(number.integer), number.exponent), x);
        EXPECT_EQ(std::abs(number.integer % 2), 1) << x;
    }
}

TEST(Dyadic, OfPowersOfTwoIsOneAndTheirExponent) {
    for (const int exponent : {-1074, -1, 0, 1, 1023}) {
        const Dyadic number = dyadic(std::scalbn(-1.0, exponent));

        EXPECT_EQ(number.integer, -1);
        EXPECT_EQ(number.exponent, exponent);
    }
}

TEST(Dyadic, OfZeroIsZero) {
    for (const double zero : {0.0, -0.0}) {
        EXPECT_EQ(dyadic(zero).integer, 0);
        EXPECT_EQ(dyadic(zero).exponent, 0);
    }
}

} // namespace
} // namespace basin
