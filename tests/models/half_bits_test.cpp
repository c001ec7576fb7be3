// float16 and bfloat16 bit by bit: each of the 65 536 numbers through every operation, against
// integer arithmetic on the bits (support/half_bits.hpp). Zeros keep their sign; NaNs are all one.

#include "models/arithmetic/precisions.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <bit>
#include <functional>
#include <string>
#include <vector>

#include "support/half_bits.hpp"

namespace basin {
namespace {

using tests::HalfBits;
using Bits = HalfBits::Bits;

bool same(double a, double b) {
    if (std::isnan(a) || std::isnan(b)) return std::isnan(a) && std::isnan(b);
    return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b);
}

class EveryHalf : public testing::TestWithParam<Choice<Precisions>> {
protected:
    /// Fails with the first number for which `got` is not `expected`.
    void expect_everywhere(const std::string& what, const std::function<double(double)>& got,
                           const std::function<Bits(Bits)>& expected) const {
        for (unsigned pattern = 0; pattern < 65'536; ++pattern) {
            const auto x = static_cast<Bits>(pattern);
            const double value = got(bits_.value(x));
            const double truth = bits_.value(expected(x));
            ASSERT_TRUE(same(value, truth)) << fmt::format("{}: x = {:a}, got {:a}, expected {:a}",
                                                           what, bits_.value(x), value, truth);
        }
    }

    /// 64 numbers: zeros, infinities, NaN, the ends of the subnormal and normal ranges, 1 and its
    /// neighbours, and a stride through all patterns.
    std::vector<Bits> partners() const {
        const int fraction_bits = format_.significand_bits - 1;
        const auto smallest_normal = static_cast<Bits>(1 << fraction_bits);
        const auto one = static_cast<Bits>(format_.max_exponent << fraction_bits);
        const auto infinity = static_cast<Bits>((2 * format_.max_exponent + 1) << fraction_bits);
        std::vector<Bits> list;
        for (const unsigned positive :
             {0U, 1U, 2U, 3U, smallest_normal - 1U, smallest_normal + 0U, smallest_normal + 1U,
              one - 1U, one + 0U, one + 1U, infinity - 1U, infinity + 0U, infinity + 1U})
            for (const unsigned sign : {0U, 0x8000U})
                list.push_back(static_cast<Bits>(positive | sign));
        for (unsigned pattern = 997; list.size() < 64; pattern += 1709)
            list.push_back(static_cast<Bits>(pattern));
        return list;
    }

    Format format_ = format_of(GetParam());
    HalfBits bits_{format_};
    Arithmetic arithmetic_{format_};
};

TEST_P(EveryHalf, IsRoundedToItself) {
    expect_everywhere(
        "round", [&](double x) { return round_to(format_, x); }, [](Bits x) { return x; });
}

TEST_P(EveryHalf, TimesAndPlusAndMinusAnother) {
    for (const Bits y : partners()) {
        const double partner = bits_.value(y);
        expect_everywhere(
            fmt::format("x * {:a}", partner),
            [&](double x) { return arithmetic_.multiply(x, partner); },
            [&](Bits x) { return bits_.multiply(x, y); });
        expect_everywhere(
            fmt::format("x - {:a}", partner),
            [&](double x) { return arithmetic_.subtract(x, partner); },
            [&](Bits x) { return bits_.subtract(x, y); });
        expect_everywhere(
            fmt::format("x + {:a}", partner), [&](double x) { return arithmetic_.add(x, partner); },
            [&](Bits x) { return bits_.add(x, y); });
    }
}

TEST_P(EveryHalf, ToAPowerProductByProduct) {
    for (const unsigned n : {1U, 2U, 3U, 5U, 10U, 20U, 30U})
        expect_everywhere(
            fmt::format("x^{}, each product rounded", n),
            [&](double x) { return arithmetic_.power(x, n); },
            [&](Bits x) { return bits_.power_each(x, n); });
}

TEST_P(EveryHalf, ToAPowerRoundedOnce) {
    arithmetic_.power_rounding = Choice<PowerRoundings>::of<RoundedOnce>();
    for (const unsigned n : {1U, 2U, 3U, 5U, 20U})
        expect_everywhere(
            fmt::format("x^{}, rounded once", n), [&](double x) { return arithmetic_.power(x, n); },
            [&](Bits x) { return bits_.power_once(x, n); });
}

/// The two roundings of a power are different numbers: a test of one is none of the other.
TEST_P(EveryHalf, ThePowersDiffer) {
    unsigned different = 0;
    for (unsigned pattern = 0; pattern < 65'536; ++pattern) {
        const auto x = static_cast<Bits>(pattern);
        different += bits_.power_each(x, 5) != bits_.power_once(x, 5);
    }
    EXPECT_GT(different, 1000U);
}

INSTANTIATE_TEST_SUITE_P(Formats, EveryHalf,
                         testing::Values(Choice<Precisions>::of<Float16>(),
                                         Choice<Precisions>::of<BFloat16>()),
                         [](const auto& test) { return std::string(test.param.name()); });

} // namespace
} // namespace basin
