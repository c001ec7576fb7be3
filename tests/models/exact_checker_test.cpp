// The exact network against plain integer arithmetic on the same spins, 1.25 million decisions in
// all: random states, states near a memory and between memories, and situations built so that the
// sum is 0, or so that huge terms cancel and the last of 50 memories decides.
//
//   polynomial, rectified   8 vertices each, 65 000 decisions a case (1.04 million), N = 100;
//                           128-bit integers where n log2 N + log2 2K <= 126, else 256-bit ones
//   a large vertex          n = 1000 at N = 1000
//   leaky                   both signs and formulations, beta and leak far from any integer
//   gradient, classical     and the homogeneous powers of an inverse distance
// Each case asserts how many decisions it made, that ties occurred, and that double precision left
// some decisions open.

#include <boost/multiprecision/cpp_int.hpp>
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <cstdint>
#include <vector>

#include "support/exact_checker.hpp"
#include "support/hand_setting.hpp"

namespace basin {
namespace {

using namespace tests;

using boost::multiprecision::cpp_int;
__extension__ using Int128 = __int128;
using Int256 = boost::multiprecision::int256_t;

/// h^n, of positive h only if rectified; h^(n - 1) for the gradient rule; h for the classical
/// network.
template <class Integer>
std::vector<Integer> powers(const Setting& setting, std::uint32_t dimension) {
    const bool classical = setting.formulation.is<Classical>();
    const bool cut = !classical && setting.interaction.is<RectifiedPolynomial>();
    const std::uint32_t n = setting.interaction_parameters.vertex;
    const std::uint32_t degree = classical ? 1 : setting.rule.is<Gradient>() ? n - 1 : n;
    return at_overlaps<Integer>(dimension, [&](int h) {
        return cut && h <= 0 ? Integer(0) : integer_power<Integer>(h, degree);
    });
}

struct Power {
    Choice<Interactions> interaction;
    std::uint32_t vertex;
};

void PrintTo(const Power& power, std::ostream* out) {
    *out << power.interaction.name() << " n=" << power.vertex;
}

class ExactPowers : public testing::TestWithParam<Power> {};

TEST_P(ExactPowers, DecideAsIntegersDo) {
    constexpr std::uint32_t dimension = 100;
    constexpr std::uint64_t decisions = 65'000; // of 16 cases
    Setting setting;
    setting.interaction = GetParam().interaction;
    setting.interaction_parameters.vertex = GetParam().vertex;
    const std::uint32_t n = GetParam().vertex;
    // Bits of the largest sum of K terms F(on) - F(off).
    const double bits = n * std::log2(dimension) + std::log2(2.0);
    const double most = std::min(50.0, std::floor(std::exp2(126.0 - bits)));

    const Seen seen = most >= 2.0
                          ? run(setting, dimension, powers<Int128>(setting, dimension), decisions,
                                static_cast<std::uint32_t>(most))
                          : run(setting, dimension, powers<Int256>(setting, dimension), decisions);

    EXPECT_GE(seen.decisions, decisions);
    EXPECT_GT(seen.ties, 1000U);
    EXPECT_GT(seen.built_ties, 1000U);
    // Up to n = 8 a double holds the integers.
    EXPECT_EQ(seen.unclear > 100, n > 8) << seen.unclear;
    EXPECT_EQ(seen.last_digit > 100, n > 8) << seen.last_digit;
}

constexpr auto polynomial = Choice<Interactions>::of<Polynomial>();
constexpr auto rectified = Choice<Interactions>::of<RectifiedPolynomial>();

INSTANTIATE_TEST_SUITE_P(Vertices, ExactPowers,
                         testing::Values(Power{polynomial, 2}, Power{polynomial, 3},
                                         Power{polynomial, 5}, Power{polynomial, 7},
                                         Power{polynomial, 8}, Power{polynomial, 10},
                                         Power{polynomial, 18}, Power{polynomial, 30},
                                         Power{rectified, 2}, Power{rectified, 3},
                                         Power{rectified, 5}, Power{rectified, 7},
                                         Power{rectified, 8}, Power{rectified, 10},
                                         Power{rectified, 18}, Power{rectified, 30}));

TEST(ExactChecker, AVertexOfAThousand) {
    constexpr std::uint32_t dimension = 1000;
    Setting setting = contrastive_polynomial(1000);

    const Seen seen = run(setting, dimension, powers<cpp_int>(setting, dimension), 2000);

    EXPECT_GE(seen.decisions, 2000U);
    EXPECT_GT(seen.built_ties, 5U);
    EXPECT_GT(seen.last_digit, 2U);
}

/// The parameters of homogeneous forms move no sign: here they differ from those of the truth.
TEST(ExactChecker, HomogeneousFormsUnderAnyParameters) {
    Seen all;
    for (const std::uint32_t n : {1U, 4U, 9U})
        for (const double beta : {0.1, 1e-300, 1e300}) {
            Setting setting = contrastive_polynomial(n);
            setting.formulation = Choice<Formulations>::of<Normalized>();
            setting.similarity = Choice<Similarities>::of<Cosine>();
            setting.beta = beta;
            const Seen seen = run(setting, 99, powers<Int128>(setting, 99), 2000, 130);
            all.decisions += seen.decisions;
            all.ties += seen.ties;
        }
    EXPECT_GE(all.decisions, 18'000U);
    EXPECT_GT(all.ties, 1000U);
}

TEST(ExactChecker, GradientRuleAndClassicalNetwork) {
    Seen all;
    const auto add = [&](const Setting& setting, std::uint32_t dimension) {
        const Seen seen = run(setting, dimension, powers<Int256>(setting, dimension), 2000, 130);
        all.decisions += seen.decisions;
        all.ties += seen.ties;
        all.unclear += seen.unclear;
    };
    for (const std::uint32_t dimension : {70U, 99U}) {
        for (const std::uint32_t n : {1U, 2U, 3U, 10U, 18U, 30U}) {
            Setting setting = contrastive_polynomial(n);
            setting.rule = Choice<Rules>::of<Gradient>();
            add(setting, dimension);
            setting.interaction = rectified;
            add(setting, dimension);
        }
        add(classical(), dimension);
    }
    EXPECT_GE(all.decisions, 52'000U);
    EXPECT_GT(all.ties, 2000U);
    EXPECT_GT(all.unclear, 100U);
}

/// x = numerator / denominator > 0, in lowest terms.
struct Quotient {
    cpp_int numerator;
    cpp_int denominator;
};

Quotient exactly(double x) {
    const boost::multiprecision::cpp_rational ratio(x);
    return {numerator(ratio), denominator(ratio)};
}

/// F(x) = x^n of x > 0, else +-leak x, or F', at x = gain h; multiplied by the denominators of leak
/// and gain^n, or gain^(n - 1).
std::vector<cpp_int> leaky_values(const Setting& setting, std::uint32_t dimension) {
    const bool normalized = setting.formulation.is<Normalized>();
    const bool over_n = normalized || setting.similarity.is<Cosine>();
    Quotient gain = exactly(normalized ? setting.beta : 1.0);
    if (over_n) gain.denominator *= dimension;
    const InteractionParameters& parameters = setting.interaction_parameters;
    Quotient leak = exactly(parameters.leak);
    if (parameters.leak_sign.is<LeakReflected>()) leak.numerator *= -1;
    const std::uint32_t n = parameters.vertex;
    const cpp_int numerators = pow(gain.numerator, n - 1) * leak.denominator;
    const cpp_int denominators = pow(gain.denominator, n - 1) * leak.numerator;
    if (setting.rule.is<Gradient>())
        return at_overlaps<cpp_int>(dimension, [&](int h) {
            return h > 0 ? cpp_int(numerators * n * pow(cpp_int(h), n - 1)) : denominators;
        });
    return at_overlaps<cpp_int>(dimension, [&](int h) {
        const cpp_int value =
            h > 0 ? cpp_int(numerators * pow(cpp_int(h), n)) : cpp_int(denominators * h);
        return cpp_int(gain.numerator * value);
    });
}

TEST(ExactChecker, LeakyUnderAwkwardParameters) {
    constexpr std::array awkward{0.1, 1.0 / 3.0, 1e-300, 1e300};
    Seen all;
    const auto add = [&](const Setting& setting) {
        const Seen seen = run(setting, 30, leaky_values(setting, 30), 400, 20);
        all.decisions += seen.decisions;
        all.ties += seen.ties;
        all.unclear += seen.unclear;
    };
    Setting setting;
    setting.interaction = Choice<Interactions>::of<LeakyRectifiedPolynomial>();
    for (const auto leak_sign :
         {Choice<LeakSigns>::of<LeakMonotone>(), Choice<LeakSigns>::of<LeakReflected>()})
        for (const double leak : awkward)
            for (const std::uint32_t n : {1U, 2U, 5U})
                for (std::size_t rule = 0; rule < Rules::size; ++rule) {
                    setting.interaction_parameters = {n, leak, leak_sign};
                    setting.rule = Choice<Rules>::at(rule);
                    setting.formulation = Choice<Formulations>::of<Normalized>();
                    for (const double beta : awkward) {
                        setting.beta = beta;
                        add(setting);
                    }
                    setting.formulation = Choice<Formulations>::of<Original>();
                    for (const auto similarity :
                         {Choice<Similarities>::of<Dot>(), Choice<Similarities>::of<Cosine>()}) {
                        setting.similarity = similarity;
                        add(setting);
                    }
                    setting.similarity = Choice<Similarities>::of<Dot>();
                }
    EXPECT_GE(all.decisions, 115'000U);
    EXPECT_GT(all.ties, 2000U);
    EXPECT_GT(all.unclear, 1000U);
}

/// (1 / (2 (N - h) + delta))^n, multiplied by the least common multiple of the denominators.
std::vector<cpp_int> inverse_values(const Setting& setting, std::uint32_t dimension) {
    const Quotient delta = exactly(setting.similarity_delta);
    const int n = static_cast<int>(dimension);
    const auto distance = [&](int h) {
        return cpp_int(2 * (n - h) * delta.denominator + delta.numerator);
    };
    cpp_int multiple = 1;
    for (int h = -n; h <= n; h += 2)
        multiple = lcm(multiple, distance(h));
    return at_overlaps<cpp_int>(dimension, [&](int h) {
        if ((h + n) % 2 != 0) return cpp_int(0); // no overlap of this dimension
        return cpp_int(pow(multiple / distance(h), setting.interaction_parameters.vertex));
    });
}

TEST(ExactChecker, PowersOfAnInverseDistance) {
    Seen all;
    for (const double delta : {0.25, 1.0, 1e-3, 1e300})
        for (const std::uint32_t n : {1U, 2U, 7U})
            for (const bool leaky : {false, true}) {
                Setting setting = contrastive_polynomial(n);
                if (leaky)
                    setting.interaction = Choice<Interactions>::of<LeakyRectifiedPolynomial>();
                setting.similarity = Choice<Similarities>::of<InverseSquaredEuclidean>();
                setting.similarity_delta = delta;
                const Seen seen = run(setting, 20, inverse_values(setting, 20), 1000, 20);
                all.decisions += seen.decisions;
                all.ties += seen.ties;
                all.unclear += seen.unclear;
            }
    EXPECT_GE(all.decisions, 24'000U);
    EXPECT_GT(all.ties, 1000U);
    EXPECT_GT(all.unclear, 50U);
}

} // namespace
} // namespace basin
