// Everything here is compared for equality: rounding is defined bit by bit, so there is no
// tolerance.

#include "models/arithmetic/exact_sum.hpp"
#include "models/arithmetic/precisions.hpp"
#include "models/base/random.hpp"

#include <boost/multiprecision/cpp_bin_float.hpp>
#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <vector>

#include "support/infinity.hpp"

namespace basin {
namespace {

using tests::infinity;

/// Every non-negative finite number of a 16-bit format in ascending order; index = bit pattern.
std::vector<double> all_numbers(const Format& format) {
    const int mantissa_bits = format.significand_bits - 1;
    const int patterns_per_exponent = 1 << mantissa_bits;
    std::vector<double> numbers;
    for (int exponent = 0; exponent <= 2 * format.max_exponent; ++exponent)
        for (int mantissa = 0; mantissa < patterns_per_exponent; ++mantissa) {
            const int hidden = exponent > 0 ? patterns_per_exponent : 0;
            const int scale = std::max(exponent, 1) - format.max_exponent - mantissa_bits;
            numbers.push_back(std::ldexp(hidden + mantissa, scale));
        }
    return numbers;
}

/// Nearest number by search; ties go to the even bit pattern. One step past the largest is
/// infinity.
double nearest(const std::vector<double>& numbers, double x) {
    const double last_step = numbers.back() - numbers[numbers.size() - 2];
    const auto upper = std::lower_bound(numbers.begin(), numbers.end(), x);
    if (upper == numbers.end())
        return x < numbers.back() + last_step / 2 ? numbers.back() : infinity;
    if (*upper == x || upper == numbers.begin()) return *upper;
    const auto lower = upper - 1;
    const double down = x - *lower;
    const double up = *upper - x;
    if (down != up) return down < up ? *lower : *upper;
    return (lower - numbers.begin()) % 2 == 0 ? *lower : *upper;
}

class SixteenBits : public testing::TestWithParam<Choice<Precisions>> {};

TEST_P(SixteenBits, RoundingFindsTheNearestNumberEverywhere) {
    const Format format = format_of(GetParam());
    const auto numbers = all_numbers(format);

    for (std::size_t i = 0; i < numbers.size(); ++i) {
        const double next =
            i + 1 < numbers.size() ? numbers[i + 1] : 2 * numbers[i] - numbers[i - 1];
        const double middle = (numbers[i] + next) / 2;
        for (const double x :
             {numbers[i], std::nextafter(middle, 0.0), middle, std::nextafter(middle, infinity)}) {
            ASSERT_EQ(round_to(format, x), nearest(numbers, x)) << std::hexfloat << x;
            ASSERT_EQ(round_to(format, -x), -nearest(numbers, x)) << std::hexfloat << -x;
        }
    }
}

TEST_P(SixteenBits, LimitsAreThoseOfTheFormat) {
    const Format format = format_of(GetParam());
    const auto numbers = all_numbers(format);

    EXPECT_EQ(largest_finite(format), numbers.back());
    EXPECT_EQ(smallest_subnormal(format), numbers[1]);
    EXPECT_EQ(smallest_normal(format), numbers[1U << (format.significand_bits - 1)]);
}

INSTANTIATE_TEST_SUITE_P(Formats, SixteenBits,
                         testing::Values(Choice<Precisions>::of<Float16>(),
                                         Choice<Precisions>::of<BFloat16>()),
                         [](const auto& test) { return std::string(test.param.name()); });

TEST(Precisions, Float32AndFloat64AreTheMachines) {
    EXPECT_EQ(largest_finite(Float32::format), std::numeric_limits<float>::max());
    EXPECT_EQ(smallest_subnormal(Float32::format), std::numeric_limits<float>::denorm_min());
    EXPECT_EQ(smallest_normal(Float64::format), std::numeric_limits<double>::min());
    EXPECT_EQ(round_to(Float32::format, 0.1), static_cast<double>(0.1F));
    EXPECT_EQ(round_to(Float32::format, 3.5e38), infinity);
}

TEST(Precisions, NonFiniteNumbersPassThrough) {
    EXPECT_TRUE(std::isnan(round_to(Float16::format, std::nan(""))));
    EXPECT_EQ(round_to(BFloat16::format, -infinity), -infinity);
}

/// x^n in the machine's own float, squaring in the documented order.
float float_power(float x, std::uint32_t n) {
    float result = x;
    for (int bit = static_cast<int>(std::bit_width(n)) - 2; bit >= 0; --bit) {
        result *= result;
        if ((n >> bit) & 1U) result *= x;
    }
    return result;
}

TEST(Precisions, PowerInFloat32IsTheMachinesMultiplications) {
    const Arithmetic arithmetic{Float32::format};
    for (int h = -800; h <= 800; ++h)
        for (const std::uint32_t n : {1U, 2U, 3U, 5U, 7U, 10U, 13U, 20U, 30U, 31U}) {
            const auto x = static_cast<float>(h);
            EXPECT_EQ(arithmetic.power(x, n), float_power(x, n)) << h << "^" << n;
            const float scaled = x / 800.0F;
            EXPECT_EQ(arithmetic.power(scaled, n), float_power(scaled, n)) << scaled << "^" << n;
        }
}

TEST(Precisions, PowerOverflowsExactlyWhereTheResultDoes) {
    // science.md 4.2: the first failing n at N = 100 is 20 in float32, 155 in float64, 3 in
    // float16.
    EXPECT_TRUE(std::isfinite(Arithmetic{Float32::format}.power(100.0, 19)));
    EXPECT_EQ(Arithmetic{Float32::format}.power(100.0, 20), infinity);
    EXPECT_TRUE(std::isfinite(Arithmetic{Float64::format}.power(100.0, 154)));
    EXPECT_EQ(Arithmetic{Float64::format}.power(100.0, 155), infinity);
    EXPECT_TRUE(std::isfinite(Arithmetic{Float16::format}.power(100.0, 2)));
    EXPECT_EQ(Arithmetic{Float16::format}.power(100.0, 3), infinity);
}

TEST(Precisions, PowerOfZeroIsOne) {
    EXPECT_EQ(Arithmetic{Float32::format}.power(-3.0, 0), 1.0);
}

using Wide = boost::multiprecision::cpp_bin_float_100;

/// A wide positive number rounded once to the format, by integer arithmetic.
double round_wide(const Format& format, const Wide& x) {
    if (x == 0) return 0.0;
    const int top = std::max(static_cast<int>(ilogb(x)), 1 - format.max_exponent);
    const int quantum = top - format.significand_bits + 1;
    const Wide scaled = ldexp(x, -quantum);
    Wide units = floor(scaled);
    const Wide rest = scaled - units;
    if (rest > 0.5 || (rest == 0.5 && fmod(units, Wide(2)) == 1)) units += 1;
    const Wide result = ldexp(units, quantum);
    return result > Wide(largest_finite(format)) ? infinity : result.convert_to<double>();
}

class AnyPrecision : public testing::TestWithParam<Choice<Precisions>> {};

TEST_P(AnyPrecision, ExponentialIsCorrectlyRounded) {
    const Format format = format_of(GetParam());
    const Arithmetic arithmetic{format};
    Stream stream(key_of("exponential"), StreamRole::patterns);
    const double range = 1.05 * std::log(largest_finite(format));
    for (int i = 0; i < 2000; ++i) {
        const double wide_range = i % 2 == 0 ? range : 2.0;
        const double x = arithmetic.number((2.0 * stream.uniform() - 1.0) * wide_range);
        ASSERT_EQ(arithmetic.exponential(x), round_wide(format, exp(Wide(x))))
            << std::hexfloat << x;
    }
}

TEST_P(AnyPrecision, ExponentialAtTheEdges) {
    const Arithmetic arithmetic{format_of(GetParam())};
    EXPECT_EQ(arithmetic.exponential(0.0), 1.0);
    EXPECT_EQ(arithmetic.exponential(infinity), infinity);
    EXPECT_EQ(arithmetic.exponential(-infinity), 0.0);
    EXPECT_TRUE(std::isnan(arithmetic.exponential(std::nan(""))));
}

TEST_P(AnyPrecision, ExactSumRoundsOnce) {
    const Format format = format_of(GetParam());
    Stream stream(key_of("exact sum"), StreamRole::patterns);
    const auto reach = static_cast<std::uint64_t>(std::min(60, format.max_exponent));
    for (int i = 0; i < 500; ++i) {
        std::vector<CountedTerm> terms;
        boost::multiprecision::cpp_rational total = 0;
        for (int k = 0; k < 6; ++k) {
            const double spread =
                std::ldexp(stream.uniform() - 0.5, static_cast<int>(stream.below(reach)));
            const CountedTerm term{round_to(format, spread),
                                   static_cast<std::uint32_t>(stream.below(1000))};
            terms.push_back(term);
            total += boost::multiprecision::cpp_rational(term.value) * term.count;
        }
        if (i % 4 == 0) { // constructed near-ties: the sum cancels to one small term
            for (std::size_t k = 0; k < 3; ++k)
                terms[k + 3] = {-terms[k].value, terms[k].count};
            terms.push_back({smallest_subnormal(format), 1});
            total = boost::multiprecision::cpp_rational(smallest_subnormal(format));
        }
        const bool negative = total < 0;
        const boost::multiprecision::cpp_rational size = abs(total);
        const Wide magnitude = Wide(numerator(size)) / Wide(denominator(size));
        const double expected = round_wide(format, magnitude);
        ASSERT_EQ(exact_sum(terms, format), negative ? -expected : expected);
    }
}

INSTANTIATE_TEST_SUITE_P(Formats, AnyPrecision,
                         testing::Values(Choice<Precisions>::of<Float16>(),
                                         Choice<Precisions>::of<BFloat16>(),
                                         Choice<Precisions>::of<Float32>(),
                                         Choice<Precisions>::of<Float64>()),
                         [](const auto& test) { return std::string(test.param.name()); });

TEST(ExactSum, LeavesTheFormatAsInfinity) {
    const std::vector<CountedTerm> terms{{3e38, 2}};
    EXPECT_EQ(exact_sum(terms, Float32::format), infinity);
    EXPECT_EQ(exact_sum(terms, Float64::format), 6e38);
}

TEST(ExactSum, HugeTermsThatCancelLeaveTheSmallOne) {
    const std::vector<CountedTerm> terms{{1e308, 3}, {-1e308, 3}, {0x1p-1074, 1}};
    EXPECT_EQ(exact_sum(terms, Float64::format), 0x1p-1074);
}

} // namespace
} // namespace basin
