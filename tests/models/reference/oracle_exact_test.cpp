#include "models/reference/oracle_exact.hpp"

#include <boost/multiprecision/cpp_bin_float.hpp>
#include <boost/multiprecision/cpp_int.hpp>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cstdint>
#include <map>
#include <stdexcept>
#include <string_view>

#include "support/hand_setting.hpp"

namespace basin {
namespace {

using Rational = boost::multiprecision::cpp_rational;
using Times = std::map<int, int>;

int sign(const Setting& setting, int dimension, const Times& times) {
    const auto strengths = oracle_strengths(setting, dimension);
    return sign_of_sum(*strengths, times);
}

Setting exponential(double beta) {
    Setting setting;
    setting.interaction = Choice<Interactions>::of<Exponential>();
    setting.formulation = Choice<Formulations>::of<Normalized>();
    setting.beta = beta;
    return setting;
}

/// (-1)^k binomial(order, k) times the overlap order - k.
Times difference(int order) {
    Times times;
    int binomial = 1;
    for (int k = 0; k <= order; ++k) {
        times[order - k] = k % 2 == 0 ? binomial : -binomial;
        binomial = binomial * (order - k) / (k + 1);
    }
    return times;
}

Times negated(Times times) {
    for (auto& [h, count] : times)
        count = -count;
    return times;
}

/// F(x) or F'(x) of a setting with beta, delta and leak of 1/4, by multiplication.
Rational by_multiplication(const Setting& setting, int dimension, int h) {
    const std::string_view name = setting.similarity.name();
    const bool squared = name == "inverse_squared_euclidean";
    Rational x = h; // dot and the overlaps written as distances
    Rational scale = dimension;
    if (name == "cosine") {
        x /= dimension;
        scale = 1;
    } else if (squared) {
        x = 1 / (2 * (dimension - h) + Rational(1, 4));
        scale = 4;
    } else if (name == "negative_manhattan" || name == "negative_squared_euclidean") {
        const int factor = name == "negative_manhattan" ? 1 : 2;
        x = factor * (h - dimension);
        scale = factor * dimension;
    }
    if (setting.formulation.is<Normalized>()) x *= Rational(1, 4) / scale;

    const std::uint32_t n = setting.interaction_parameters.vertex;
    const bool slope = setting.rule.is<Gradient>();
    if (x <= 0 && setting.interaction.is<RectifiedPolynomial>()) return 0;
    if (x <= 0 && setting.interaction.is<LeakyRectifiedPolynomial>()) {
        const bool monotone = setting.interaction_parameters.leak_sign.is<LeakMonotone>();
        return Rational(monotone ? 1 : -1, 4) * (slope ? Rational(1) : x);
    }
    Rational power = slope ? n : 1;
    for (std::uint32_t k = slope ? 1 : 0; k < n; ++k)
        power *= x;
    return power;
}

RC_GTEST_PROP(OracleExact, PowersAreWhatMultiplyingMakesThem, ()) {
    Setting setting;
    setting.beta = setting.similarity_delta = setting.interaction_parameters.leak = 0.25;
    setting.interaction = Choice<Interactions>::at(*rc::gen::inRange<std::size_t>(0, 3));
    setting.interaction_parameters.vertex = *rc::gen::inRange(1U, 6U);
    setting.interaction_parameters.leak_sign =
        Choice<LeakSigns>::at(*rc::gen::inRange<std::size_t>(0, LeakSigns::size));
    setting.similarity =
        Choice<Similarities>::at(*rc::gen::inRange<std::size_t>(0, Similarities::size));
    setting.rule = Choice<Rules>::at(*rc::gen::inRange<std::size_t>(0, Rules::size));
    setting.formulation = Choice<Formulations>::at(*rc::gen::inRange<std::size_t>(0, 2));
    const int dimension = *rc::gen::inRange(1, 6);
    Times times;
    Rational sum = 0;
    for (int h = -dimension; h <= dimension; ++h) {
        times[h] = *rc::gen::inRange(-3, 4);
        sum += times[h] * by_multiplication(setting, dimension, h);
    }
    const auto strengths = oracle_strengths(setting, dimension);

    RC_ASSERT(sign_of_sum(*strengths, times) == sum.sign());
    for (int h = -dimension; h < dimension; ++h) {
        const Rational here = by_multiplication(setting, dimension, h);
        const Rational there = by_multiplication(setting, dimension, h + 1);
        RC_ASSERT(is_zero(*strengths, h) == (here == 0));
        RC_ASSERT(are_equal(*strengths, h, h + 1) == (here == there));
    }
}

TEST(OracleExact, ThousandthPowersNearATie) {
    Setting setting = contrastive_polynomial(1000);
    // floor((100/99)^1000) = 23163
    EXPECT_EQ(sign(setting, 100, {{100, 1}, {99, -23163}}), +1);
    EXPECT_EQ(sign(setting, 100, {{100, 1}, {99, -23164}}), -1);
    EXPECT_EQ(sign(setting, 100, {{100, 1}, {-100, -1}}), 0); // even

    setting.formulation = Choice<Formulations>::of<Normalized>();
    setting.beta = 0.1; // 55 bits
    EXPECT_EQ(sign(setting, 100, {{100, 1}, {99, -23163}}), +1);
    setting.similarity = Choice<Similarities>::of<InverseSquaredEuclidean>();
    setting.similarity_delta = 2.0;
    // 2 (N - h) + 2 = 200 and 202; floor((202/200)^1000) = 20959
    EXPECT_EQ(sign(setting, 100, {{1, 1}, {0, -20959}}), +1);
    EXPECT_EQ(sign(setting, 100, {{1, 1}, {0, -20960}}), -1);
}

TEST(OracleExact, DifferentFractionsTie) {
    // h = N and N - 1 are 1/2 and 1/4: 1/2^20 is 2^20 times 1/4^20.
    Setting setting = contrastive_polynomial(20);
    setting.similarity = Choice<Similarities>::of<InverseSquaredEuclidean>();
    setting.similarity_delta = 2.0;

    EXPECT_EQ(sign(setting, 9, {{9, 1}, {8, -(1 << 20)}}), 0);
    EXPECT_EQ(sign(setting, 9, {{9, 1}, {8, -(1 << 20) + 1}}), +1);
    EXPECT_EQ(sign(setting, 9, {{9, 1}, {8, -(1 << 20) - 1}}), -1);
}

TEST(OracleExact, FractionsThatNearlyOrTrulyCancel) {
    Setting setting = contrastive_polynomial(1);
    setting.similarity = Choice<Similarities>::of<InverseSquaredEuclidean>();
    // h = 4, 3, 0 are 1, 1/3, 1/9: 2/3 + 3/9 = 1.
    setting.similarity_delta = 1.0;
    EXPECT_EQ(sign(setting, 4, {{4, -1}, {3, 2}, {0, 3}}), 0);
    // A difference of order 8 of 1/w, w from 10^6 in steps of 2: 8! 2^8 / 10^54.
    setting.similarity_delta = 1e6;
    EXPECT_EQ(sign(setting, 8, difference(8)), +1);
    EXPECT_EQ(sign(setting, 8, negated(difference(8))), -1);
}

TEST(OracleExact, ExtremeParametersOfPowers) {
    Setting setting = contrastive_polynomial(3);
    setting.interaction = Choice<Interactions>::of<LeakyRectifiedPolynomial>();
    setting.formulation = Choice<Formulations>::of<Normalized>();
    setting.interaction_parameters.leak = 0x1p-1074;
    const Times times{{10, 1}, {-10, 1}}; // x^3 - leak x, x = beta

    setting.beta = 0x1p-537;
    EXPECT_EQ(sign(setting, 10, times), 0);
    setting.beta = 0x1.0000000000001p-537;
    EXPECT_EQ(sign(setting, 10, times), +1);
    setting.beta = 0x1.fffffffffffffp-538;
    EXPECT_EQ(sign(setting, 10, times), -1);
    setting.similarity = Choice<Similarities>::of<InverseSquaredEuclidean>();
    setting.similarity_delta = 0x1p-1074;
    EXPECT_EQ(sign(setting, 10, {{10, 1}, {9, -2'000'000'000}}), +1);
}

TEST(OracleExact, ExponentialsNearATie) {
    // Continued fraction of e: 438351041/161260336 is above it, 848456353/312129649 below, each by
    // less than 2^-55. beta = N makes x = h.
    EXPECT_EQ(sign(exponential(3), 3, {{1, 161260336}, {0, -438351041}}), -1);
    EXPECT_EQ(sign(exponential(3), 3, {{1, 312129649}, {0, -848456353}}), +1);
    EXPECT_EQ(sign(exponential(3), 3, {{1, 0}, {0, 0}}), 0);
    EXPECT_EQ(sign(exponential(3), 3, {}), 0);
}

TEST(OracleExact, ExponentialsOfEverySimilarity) {
    // As above: the arguments of the two overlaps differ by 1.
    for (const std::string_view name : Similarities::names) {
        const bool inverse = name == "inverse_squared_euclidean";
        Setting setting = exponential(inverse ? 2 : 4); // inverse: 2 4 / 4 and 2 4 / 8; h, or h - N
        setting.similarity = *Choice<Similarities>::named(name);
        setting.similarity_delta = 4;
        const int near = 4;
        const int far = inverse ? 2 : 3;
        EXPECT_EQ(sign(setting, 4, {{near, 161260336}, {far, -438351041}}), -1) << name;
        EXPECT_EQ(sign(setting, 4, {{near, 312129649}, {far, -848456353}}), +1) << name;
    }
}

TEST(OracleExact, DifferencesOfExponentialsBelowTheFirstRung) {
    // sum_k (-1)^k binomial(n, k) e^(x - k t) = e^x (1 - e^-t)^n > 0. t = 2^-20 makes it as small
    // as 2^-320: of 256 bits nothing but rounding errors is left.
    for (const double beta : {0x1p-16, 0x1.1p-16, 0x1.23p-16})
        for (const int order : {13, 14, 15, 16}) {
            EXPECT_EQ(sign(exponential(beta), 16, difference(order)), +1) << beta << " " << order;
            EXPECT_EQ(sign(exponential(beta), 16, negated(difference(order))), -1);
        }
}

TEST(OracleExact, ExponentialsOfTinyArgumentsAreDifferences) {
    // Differences of order k are near (2 x)^k: beyond the first rungs from order 2 and 4 on.
    const Setting setting = exponential(1e-300);
    EXPECT_EQ(sign(setting, 8, {{2, 1}, {0, -1}}), +1);
    EXPECT_EQ(sign(setting, 8, {{2, 1}, {0, -2}, {-2, 1}}), +1);
    EXPECT_EQ(sign(setting, 8, {{3, -1}, {1, 3}, {-1, -3}, {-3, 1}}), -1);
    EXPECT_EQ(sign(setting, 8, {{4, 1}, {2, -4}, {0, 6}, {-2, -4}, {-4, 1}}), +1);
}

TEST(OracleExact, ExponentialsOfHugeArgumentsAreTheLargest) {
    const Setting setting = exponential(1e300);
    EXPECT_EQ(sign(setting, 8, {{2, 1}, {0, -2'000'000'000}}), +1);
    EXPECT_EQ(sign(setting, 8, {{-8, 1}, {-7, -1}}), -1);
}

TEST(OracleExact, SaysWhenItsBitsDoNotDo) {
    // Order 16 of the smallest beta: below 2^-17000.
    EXPECT_THROW(sign(exponential(0x1p-1074), 16, difference(16)), std::logic_error);
}

template <unsigned Bits>
using WideFloat = boost::multiprecision::number<
    boost::multiprecision::cpp_bin_float<Bits, boost::multiprecision::digit_base_2>,
    boost::multiprecision::et_off>;

/// The largest error of e^-x in `Bits` bits, in units of 2^-Bits of itself, over arguments of all
/// sizes below Bits.
template <unsigned Bits, unsigned More>
double largest_exponential_error() {
    WideFloat<More> largest = 0;
    for (const double x : {0.0, 0x1p-1000, 1e-100, 1e-9, 0.1, 0.6931471805599453, 1.0, 2.718281828,
                           17.3, 100.7, 255.99}) {
        const WideFloat<More> truth = exp(-WideFloat<More>(x));
        const WideFloat<More> error =
            abs(WideFloat<More>(exp(-WideFloat<Bits>(x))) - truth) / truth;
        if (error > largest) largest = error;
    }
    return static_cast<double>(ldexp(largest, static_cast<int>(Bits)));
}

TEST(OracleExact, BoostsExponentialIsWithinTheBound) {
    // The oracle grants 2^24 to everything together.
    EXPECT_LT((largest_exponential_error<256, 1024>()), 0x1p16);
    EXPECT_LT((largest_exponential_error<1024, 4096>()), 0x1p16);
    EXPECT_LT((largest_exponential_error<4096, 5000>()), 0x1p16);
}

} // namespace
} // namespace basin
