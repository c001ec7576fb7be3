#include "models/reference/oracle_arithmetic.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

#include "support/infinity.hpp"

namespace basin {
namespace {

using tests::infinity;
constexpr double nan = std::numeric_limits<double>::quiet_NaN();

constexpr OracleArithmetic half{Float16::format};
constexpr OracleArithmetic brain{BFloat16::format};
constexpr OracleArithmetic single{Float32::format};
constexpr OracleArithmetic twice{Float64::format};

bool same(double a, double b) {
    return a == b || (std::isnan(a) && std::isnan(b));
}

/// Any bit pattern of all sizes: subnormals, infinities and NaN included.
template <class Bits>
Bits any_bits() {
    return *rc::gen::resize(rc::kNominalSize, rc::gen::arbitrary<Bits>());
}

/// Two numbers of any bits, in half of the cases of nearly the same exponent: else a sum is almost
/// always its larger part.
template <class Float, class Bits>
std::pair<Float, Float> any_pair(Bits near_mask) {
    const Bits a = any_bits<Bits>();
    const Bits b = any_bits<Bits>();
    const bool near = *rc::gen::arbitrary<bool>();
    return {std::bit_cast<Float>(a),
            std::bit_cast<Float>(near ? static_cast<Bits>(a ^ (b & near_mask)) : b)};
}

RC_GTEST_PROP(OracleArithmetic, EqualsTheProcessorInSingle, ()) {
    const auto [a, b] = any_pair<float, std::uint32_t>(0x83ff'ffff);
    RC_ASSERT(same(single.add(a, b), a + b));
    RC_ASSERT(same(single.subtract(a, b), a - b));
    RC_ASSERT(same(single.multiply(a, b), a * b));
    RC_ASSERT(same(single.divide(a, b), a / b));
    RC_ASSERT(same(single.power(a, 5), (a * a) * (a * a) * a));
}

RC_GTEST_PROP(OracleArithmetic, EqualsTheProcessorInDouble, ()) {
    const auto [a, b] = any_pair<double, std::uint64_t>(0x807f'ffff'ffff'ffff);
    RC_ASSERT(same(twice.add(a, b), a + b));
    RC_ASSERT(same(twice.subtract(a, b), a - b));
    RC_ASSERT(same(twice.multiply(a, b), a * b));
    RC_ASSERT(same(twice.divide(a, b), a / b));
    RC_ASSERT(same(twice.power(a, 6), ((a * a) * a) * ((a * a) * a)));
}

RC_GTEST_PROP(OracleArithmetic, RoundsDoubleToSingleAsTheProcessorDoes, ()) {
    // A single's exponent on a double's significand: most doubles would be 0 or infinite.
    const int exponent = *rc::gen::inRange(-152, 130);
    const auto significand = *rc::gen::inRange<std::int64_t>(1LL << 52, 1LL << 53);
    const double x = std::ldexp(static_cast<double>(significand), exponent - 52);
    RC_ASSERT(single.number(x) == static_cast<double>(static_cast<float>(x)));
    RC_ASSERT(single.number(-x) == static_cast<double>(static_cast<float>(-x)));
}

TEST(OracleArithmetic, RoundsToHalf) {
    EXPECT_EQ(half.number(2049.0), 2048.0); // between two numbers: the even one
    EXPECT_EQ(half.number(2051.0), 2052.0);
    EXPECT_EQ(half.number(65519.0), 65504.0);
    EXPECT_EQ(half.number(65520.0), infinity);
    EXPECT_EQ(half.number(-65520.0), -infinity);
    EXPECT_EQ(half.number(0x1p-25), 0.0);
    EXPECT_EQ(half.number(0x1.0001p-25), 0x1p-24);
    EXPECT_EQ(half.number(0x1.8p-24), 0x1p-23);
}

TEST(OracleArithmetic, RoundsToBrainFloat) {
    EXPECT_EQ(brain.add(256.0, 1.0), 256.0);
    EXPECT_EQ(brain.add(258.0, 1.0), 260.0);
    EXPECT_EQ(brain.number(598.0), 600.0);
    EXPECT_EQ(brain.number(0x1.ffp+127), infinity);
    EXPECT_EQ(brain.number(0x1.feffp+127), 0x1.fep+127);
}

TEST(OracleArithmetic, PowerRoundsEveryProduct) {
    const float x = 1.1F;
    const float third = (x * x) * x;
    EXPECT_EQ(single.power(x, 7), (third * third) * x); // 7 = 111: x, x^2 x, (x^3)^2 x
    EXPECT_EQ(single.power(x, 0), 1.0);
    EXPECT_EQ(single.power(-2.0, 127), -0x1p127);
    EXPECT_EQ(single.power(-2.0, 128), infinity);
    EXPECT_EQ(single.power(0.5, 149), 0x1p-149);
    EXPECT_EQ(single.power(0.5, 150), 0.0);
}

constexpr OracleArithmetic once(const Format& format) {
    return {.format = format, .power_rounding = Choice<PowerRoundings>::of<RoundedOnce>()};
}

TEST(OraclePowerOnce, DiffersFromRoundedProducts) {
    // bfloat16: 3^7 = 2187 lies between 2176 and 2192. By products: 27 27 = 729 -> 728,
    // 728 3 = 2184 -> 2176 (a tie, to even).
    EXPECT_EQ(brain.power(3.0, 7), 2176.0);
    EXPECT_EQ(once(BFloat16::format).power(3.0, 7), 2192.0);
    EXPECT_EQ(once(BFloat16::format).power(-3.0, 7), -2192.0);
    // float64: 457^7 = 4163067000501310393 in steps of 512.
    EXPECT_EQ(twice.power(457.0, 7), 4163067000501309952.0);
    EXPECT_EQ(once(Float64::format).power(457.0, 7), 4163067000501310464.0);
}

RC_GTEST_PROP(OraclePowerOnce, RoundsWhatADoubleHoldsExactly, ()) {
    const double x = half.number(*rc::gen::inRange(-2047, 2048) / 64.0); // at most 11 bits
    const double square = x * x;
    const double fourth = square * square; // 44 bits: exact
    RC_ASSERT(once(Float16::format).power(x, 0) == 1.0);
    RC_ASSERT(once(Float16::format).power(x, 1) == x);
    RC_ASSERT(once(Float16::format).power(x, 2) == half.number(square));
    RC_ASSERT(once(Float16::format).power(x, 3) == half.number(square * x));
    RC_ASSERT(once(Float16::format).power(x, 4) == half.number(fourth));
    RC_ASSERT(once(Float32::format).power(x, 4) == static_cast<double>(static_cast<float>(fourth)));
}

TEST(OraclePowerOnce, ThousandthPowerOfManyBits) {
    // (1 + 2^-26)^1000 in units of 2^-52, by the binomial theorem: 2^52 + 1000 2^26 + 499500
    // + 166167000 / 2^26 (= 2.476) + less than 2^-16.
    const double expected = 1.0 + (1000.0 * 0x1p26 + 499502.0) * 0x1p-52;

    EXPECT_EQ(once(Float64::format).power(1.0 + 0x1p-26, 1000), expected);
}

TEST(OraclePowerOnce, EndsOfTheFormat) {
    const OracleArithmetic a = once(Float32::format);
    EXPECT_EQ(a.power(-2.0, 127), -0x1p127);
    EXPECT_EQ(a.power(-2.0, 128), infinity);
    EXPECT_EQ(a.power(-2.0, 129), -infinity);
    EXPECT_EQ(a.power(0.5, 149), 0x1p-149);
    EXPECT_EQ(a.power(0.5, 150), 0.0);            // a tie, to even
    EXPECT_EQ(a.power(-0x1.8p-50, 3), -0x1p-148); // 27/8 2^-150: 1.69 of the smallest number
    EXPECT_EQ(a.power(0x1.8p-75, 2), 0x1p-149);   // 9/4 2^-150
    EXPECT_EQ(a.power(2.0, 4'000'000'000), infinity);
    EXPECT_EQ(a.power(0.5, 4'000'000'000), 0.0);
    EXPECT_EQ(a.power(-1.0, 3'999'999'999), -1.0);
    EXPECT_EQ(a.power(0.0, 3), 0.0);
    EXPECT_EQ(a.power(0.0, 0), 1.0);
    EXPECT_EQ(a.power(infinity, 2), infinity);
    EXPECT_EQ(a.power(-infinity, 2), infinity);
    EXPECT_EQ(a.power(-infinity, 3), -infinity);
    EXPECT_TRUE(std::isnan(a.power(nan, 2)));
    EXPECT_TRUE(std::isnan(a.power(nan, 3)));
}

TEST(OracleArithmetic, ExponentialOfKnownArguments) {
    EXPECT_EQ(twice.exponential(0.0), 1.0);
    EXPECT_EQ(twice.exponential(1.0), 0x1.5bf0a8b145769p+1); // OEIS A001113 to 53 bits
    EXPECT_EQ(single.exponential(1.0), 0x1.5bf0a8p+1);
    EXPECT_EQ(half.exponential(1.0), 0x1.5cp+1);
    EXPECT_EQ(twice.exponential(-0x1p-54), 1.0); // just above the tie of 1 and its neighbour
    EXPECT_EQ(twice.exponential(-0x1.0000000000001p-54), 0x1.fffffffffffffp-1);
    EXPECT_EQ(twice.exponential(0x1.62e42fefa39efp+9), 0x1.fffffffffff2ap+1023); // the last finite
    EXPECT_EQ(twice.exponential(0x1.62e42fefa39f0p+9), infinity);
    EXPECT_EQ(twice.exponential(-745.0), 0x1p-1074);
    EXPECT_EQ(twice.exponential(-746.0), 0.0);
    EXPECT_EQ(single.exponential(88.0), static_cast<double>(0x1.f1056ep+126F));
    EXPECT_EQ(single.exponential(89.0), infinity);
    EXPECT_EQ(half.exponential(11.0), 59872.0); // e^11 = 59874.1; steps of 32
    EXPECT_EQ(half.exponential(12.0), infinity);
    EXPECT_EQ(twice.exponential(infinity), infinity);
    EXPECT_EQ(twice.exponential(-infinity), 0.0);
    EXPECT_TRUE(std::isnan(twice.exponential(nan)));
}

TEST(OracleArithmetic, SumIsExactBeforeItsOneRounding) {
    const double largest = std::numeric_limits<double>::max();
    EXPECT_EQ(twice.sum(std::vector{largest, largest, -largest}), largest);
    EXPECT_EQ(twice.sum(std::vector{1.0, 0x1p-1074, -1.0}), 0x1p-1074);
    EXPECT_EQ(twice.sum(std::vector{largest, 1.0, 0x1p-1074, -largest, -1.0}), 0x1p-1074);
    EXPECT_EQ(single.sum(std::vector{0x1p24, 1.0}), 0x1p24);
    EXPECT_EQ(single.sum(std::vector{0x1p24, 1.0, 0x1p-149}), 0x1p24 + 2.0);
    EXPECT_EQ(single.sum(std::vector{0x1.fffffep127, 0x1p103}), infinity);
    EXPECT_EQ(single.sum(std::vector{0x1.fffffep127, 0x1p103, -0x1p-149}), 0x1.fffffep127);
}

TEST(OracleArithmetic, SignOfASumIsThatBeforeRounding) {
    const double largest = std::numeric_limits<double>::max();
    EXPECT_EQ(sign_of_exact_sum(std::vector{largest, 0x1p-1074, -largest}), +1);
    EXPECT_EQ(sign_of_exact_sum(std::vector{largest, -0x1p-1074, -largest}), -1);
    EXPECT_EQ(sign_of_exact_sum(std::vector{3.0, -1.0, -2.0}), 0);
    EXPECT_EQ(sign_of_exact_sum({}), 0);
}

TEST(OracleArithmetic, SumOfInfinitiesFollowsTheirSigns) {
    EXPECT_EQ(single.sum(std::vector{1.0, infinity, infinity}), infinity);
    EXPECT_EQ(single.sum(std::vector{-infinity, 5.0}), -infinity);
    EXPECT_TRUE(std::isnan(single.sum(std::vector{infinity, -infinity})));
    EXPECT_TRUE(std::isnan(single.sum(std::vector{infinity, nan})));
    EXPECT_TRUE(std::isnan(single.sum(std::vector{nan, 1.0})));
}

} // namespace
} // namespace basin
