// Weights of similarities worked out by hand, against the oracle's on random ones, and what is
// flagged where the numbers of a format end.

#include "models/continuous/separations.hpp"
#include "models/continuous/simplex.hpp"
#include "models/reference/real_oracle_weights.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numeric>

#include "support/infinity.hpp"
#include "support/random_setting.hpp"
#include "support/real_scenes.hpp"

namespace basin {
namespace {

using namespace tests;

using tests::infinity;

template <class T>
struct Result {
    std::vector<T> weights;
    Separated made;
};

template <class T>
Extremes<T> extremes_of(const Block<T>& scores) {
    const std::size_t queries = scores.queries;
    Extremes<T> extremes{std::vector<T>(queries, std::numeric_limits<T>::infinity()),
                         std::vector<T>(queries, -std::numeric_limits<T>::infinity()),
                         std::vector<std::uint32_t>(queries)};
    for (std::size_t mu = 0; mu < scores.rows; ++mu)
        for (std::size_t q = 0; q < queries; ++q) {
            const T s = scores.row(mu)[q];
            if (s < extremes.smallest[q]) extremes.smallest[q] = s;
            if (s > extremes.largest[q]) {
                extremes.largest[q] = s;
                extremes.leader[q] = static_cast<std::uint32_t>(mu);
            }
        }
    return extremes;
}

/// Weights of one query among lanes with other scores.
template <class T>
Result<T> separated(const SeparationRule& rule, const std::vector<double>& scores) {
    Block<T> block(scores.size(), RealTile<T>::query_step);
    for (std::size_t mu = 0; mu < scores.size(); ++mu)
        for (std::size_t q = 0; q < block.queries; ++q)
            block.row(mu)[q] = static_cast<T>(q == 3 ? scores[mu] : static_cast<double>(mu + q));
    std::vector<Separated> made(block.queries);
    separate(rule, block, extremes_of(block), std::span(made));
    Result<T> result{{}, made[3]};
    for (std::size_t mu = 0; mu < scores.size(); ++mu)
        result.weights.push_back(block.row(mu)[3]);
    return result;
}

SeparationRule rule_of(std::string_view separation, double beta = 1.0, std::uint32_t vertex = 2,
                       std::string_view exponential = "stable") {
    return {Choice<Separations>::named(separation).value(), beta, vertex,
            Choice<Exponentials>::named(exponential).value()};
}

SeparationRule naive(double beta = 1.0) {
    return rule_of("softmax", beta, 2, "naive");
}

template <class T>
void expect_near(const std::vector<T>& weights, const std::vector<double>& expected,
                 double tolerance) {
    ASSERT_EQ(weights.size(), expected.size());
    for (std::size_t mu = 0; mu < weights.size(); ++mu)
        EXPECT_NEAR(static_cast<double>(weights[mu]), expected[mu], tolerance) << "memory " << mu;
}

// By hand -----------------------------------------------------------------------------------------

TEST(Separations, Softmax) {
    const double ln2 = std::log(2.0);
    const auto result = separated<double>(rule_of("softmax", ln2), {3, 1, 2, 0}); // 8 : 2 : 4 : 1
    expect_near(result.weights, {8.0 / 15, 2.0 / 15, 4.0 / 15, 1.0 / 15}, 1e-15);
    EXPECT_NEAR(result.made.log_partition, std::log(15.0), 1e-14);
    EXPECT_TRUE(result.made.is_defined);
    EXPECT_EQ(result.made.flags, 0);
}

TEST(Separations, Power) {
    expect_near(separated<double>(rule_of("power", 5.0, 3), {1, 2, 3}).weights,
                {1.0 / 36, 8.0 / 36, 27.0 / 36}, 1e-15);
    expect_near(separated<double>(rule_of("power", 5.0, 1), {1, 2, 3}).weights,
                {1.0 / 6, 2.0 / 6, 3.0 / 6}, 1e-15);
    expect_near(separated<double>(rule_of("power", 5.0, 2), {-1, 2, 0}).weights, {0.2, 0.8, 0},
                1e-15);
}

TEST(Separations, Identity) {
    expect_near(separated<double>(rule_of("identity", 7.0), {1, 2, 5}).weights,
                {0.125, 0.25, 0.625}, 0.0);
}

TEST(Separations, MaxTakesTheFirstOfSeveral) {
    expect_near(separated<double>(rule_of("max"), {1, 4, 4, 2}).weights, {0, 1, 0, 0}, 0.0);
    expect_near(separated<double>(rule_of("max"), {-7, -9}).weights, {1, 0}, 0.0);
}

TEST(Separations, Sparsemax) {
    // Martins & Astudillo 2016: tau = (sum of the support - 1) / its size.
    expect_near(separated<double>(rule_of("sparsemax"), {1.2, 1.0, 0.1}).weights, {0.6, 0.4, 0},
                1e-15);
    expect_near(separated<double>(rule_of("sparsemax", 10), {1.2, 1.0, 0.1}).weights, {1, 0, 0},
                1e-15);
    expect_near(separated<double>(rule_of("sparsemax"), {0.3, 0.3, 0.3, 0.3}).weights,
                {0.25, 0.25, 0.25, 0.25}, 1e-15);
}

TEST(Separations, Entmax15) {
    // Two scores s and 0: a = s / 2 - tau and b = -tau with a^2 + b^2 = 1. For s = 2 / 5: (4, 3)
    // / 5.
    expect_near(separated<double>(rule_of("entmax15"), {0.4, 0}).weights, {0.64, 0.36}, 1e-15);
    expect_near(separated<double>(rule_of("entmax15"), {2, 0}).weights, {1, 0}, 1e-15);
    expect_near(separated<double>(rule_of("entmax15", 0.2), {7, 5, -90}).weights, {0.64, 0.36, 0},
                1e-15);
}

// Against the oracle ------------------------------------------------------------------------------

template <class T>
void expect_oracle(double tolerance) {
    Stream stream(key_of("separations"), StreamRole::patterns);
    for (int round = 0; round < 300; ++round) {
        Setting setting = universal_setting(std::exp2(8 * stream.uniform() - 4), "dot", "softmax",
                                            sizeof(T) == 8 ? "float64" : "float32");
        setting.separation = any<Separations>(stream);
        setting.interaction_parameters.vertex = 1 + static_cast<std::uint32_t>(stream.below(9));
        std::vector<double> scores(1 + stream.below(60));
        for (double& s : scores) // of few bits: ties
            s = std::ldexp(static_cast<double>(stream.below(1U << 8U)) + 1, -6);
        const auto result =
            separated<T>({setting.separation, setting.beta, setting.interaction_parameters.vertex,
                          setting.exponential},
                         scores);
        const auto truth = oracle_weights({scores.begin(), scores.end()}, setting);
        SCOPED_TRACE(describe_real(setting));
        double sum = 0.0;
        for (std::size_t mu = 0; mu < scores.size(); ++mu) {
            EXPECT_NEAR(static_cast<double>(result.weights[mu]),
                        static_cast<double>(truth.weights[mu]), tolerance);
            EXPECT_GE(result.weights[mu], T(0));
            sum += static_cast<double>(result.weights[mu]);
        }
        EXPECT_NEAR(sum, 1, 60 * tolerance);
        EXPECT_TRUE(result.made.is_defined);
        if (setting.separation.is<SoftmaxSeparation>()) {
            EXPECT_NEAR(result.made.log_partition, static_cast<double>(truth.log_partition),
                        tolerance * (1 + std::abs(result.made.log_partition)));
        }
    }
}

// beta s is up to 64 and off by half a last place of it, as is the weight relative to itself; a
// threshold adds up 60 of them.
TEST(Separations, AreTheOraclesInDouble) {
    expect_oracle<double>(64 * 0x1p-52);
}

TEST(Separations, AreTheOraclesInFloat) {
    expect_oracle<float>(64 * 0x1p-23);
}

TEST(Simplex, ThresholdsSolveTheirEquations) {
    Stream stream(key_of("simplex"), StreamRole::patterns);
    for (int round = 0; round < 1000; ++round) {
        std::vector<double> scores(1 + stream.below(30));
        const double scale = std::exp2(12 * stream.uniform() - 8);
        for (double& s : scores)
            s = -scale * stream.uniform();
        scores[stream.below(scores.size())] = 0;
        double sparse = 0.0;
        double entmax = 0.0;
        const double tau = sparsemax_threshold(scores);
        const double tau15 = entmax15_threshold(scores);
        for (const double s : scores) {
            sparse += sparsemax_weight(s, tau);
            entmax += entmax15_weight(s, tau15);
        }
        EXPECT_NEAR(sparse, 1, 1e-14);
        EXPECT_NEAR(entmax, 1, 1e-13);
    }
}

// Where the numbers end ---------------------------------------------------------------------------

// ln of the largest number: 88.7228 of float, 709.7827 of double; ln of half the least one: -103.97
// and -745.13.

TEST(NaiveExponential, OverflowLeavesNoWeights) {
    const auto low = separated<float>(naive(), {88, 80, 1});
    EXPECT_EQ(low.made.flags, 0);
    EXPECT_TRUE(low.made.is_defined);
    EXPECT_NEAR(low.weights[0], 1 / (1 + std::exp(-8.0) + std::exp(-87.0)), 1e-5);

    const auto high = separated<float>(naive(), {89, 80, 1});
    EXPECT_EQ(high.made.flags, flag::exp_overflow | flag::undefined_weights);
    EXPECT_FALSE(high.made.is_defined);
    EXPECT_TRUE(std::isnan(high.weights[0]));

    EXPECT_EQ(separated<double>(naive(), {709, 80, 1}).made.flags, 0);
    EXPECT_EQ(separated<double>(naive(), {710, 80, 1}).made.flags,
              flag::exp_overflow | flag::undefined_weights);
    EXPECT_EQ(separated<double>(naive(10), {71, 8, 1}).made.flags,
              flag::exp_overflow | flag::undefined_weights);
}

TEST(NaiveExponential, ASumMayOverflowByItself) {
    // Each e^88.5 = 2.7e38 is a float, two of them are not: x / inf = 0.
    const auto result = separated<float>(naive(), {88.5, 88.5});
    EXPECT_EQ(result.made.flags, flag::sum_overflow);
    EXPECT_TRUE(result.made.is_defined);
    expect_near(result.weights, {0, 0}, 0.0);
}

TEST(NaiveExponential, UnderflowOfSomeIsHarmless) {
    const auto result = separated<float>(naive(), {1, -87, -88});
    EXPECT_EQ(result.made.flags, flag::exp_underflow);
    EXPECT_TRUE(result.made.is_defined);
    EXPECT_EQ(result.weights[0], 1.0F);
    EXPECT_EQ(separated<float>(naive(), {1, -87}).made.flags, 0);
    EXPECT_EQ(separated<double>(naive(), {1, -708}).made.flags, 0);
    EXPECT_EQ(separated<double>(naive(), {1, -709}).made.flags, flag::exp_underflow);
}

TEST(NaiveExponential, UnderflowOfAllLeavesNoWeights) {
    const auto result = separated<float>(naive(), {-88, -110});
    EXPECT_EQ(result.made.flags, flag::exp_underflow | flag::all_zero | flag::undefined_weights);
    EXPECT_FALSE(result.made.is_defined);
    EXPECT_EQ(separated<double>(naive(), {-709, -709}).made.flags,
              flag::exp_underflow | flag::all_zero | flag::undefined_weights);
}

TEST(StableExponential, NeverOverflows) {
    for (const double top : {1.0, 1e3, 1e30, -1e3, -1e30}) {
        const auto result = separated<float>(rule_of("softmax"), {top, top, top - 1e3, top - 1e32});
        EXPECT_TRUE(result.made.is_defined);
        EXPECT_EQ(result.made.flags & (flag::any_overflow | flag::undefined_weights), 0);
        EXPECT_EQ(result.made.flags, flag::exp_underflow);
    }
    EXPECT_EQ(separated<float>(rule_of("softmax"), {7, 7 - 87}).made.flags, 0);
    EXPECT_EQ(separated<float>(rule_of("softmax"), {7, 7 - 88}).made.flags, flag::exp_underflow);
    EXPECT_EQ(separated<float>(rule_of("softmax", 0.5), {7, 7 - 174}).made.flags, 0);
}

TEST(Separations, AnInfiniteSimilarityIsFlagged) {
    for (const auto name : Separations::names) {
        const auto result = separated<float>(rule_of(name), {1, infinity, 2});
        const bool is_max = name == "max"; // it still is the largest
        EXPECT_TRUE(result.made.flags & flag::score_overflow) << name;
        EXPECT_EQ(result.made.is_defined, is_max) << name;
        EXPECT_EQ((result.made.flags & flag::undefined_weights) == 0, is_max) << name;
        EXPECT_EQ(result.made.flags & (flag::sum_overflow | flag::pow_overflow), 0) << name;
    }
}

TEST(Separations, AnUndefinedSimilarityLeavesNoWeights) {
    for (const auto name : Separations::names)
        for (const std::vector<double>& scores :
             {std::vector<double>{NAN, 1, 2}, {1, NAN, 2}, {1, 2, NAN}}) {
            const auto result = separated<double>(rule_of(name), scores);
            EXPECT_FALSE(result.made.is_defined) << name;
            EXPECT_EQ(result.made.flags, flag::undefined_weights) << name;
        }
}

TEST(PowerSeparation, FlagsWhatLeavesTheNumbers) {
    // 10^39 is no float; 10^38 is.
    EXPECT_EQ(separated<float>(rule_of("power", 1, 38), {10, 1}).made.flags, 0);
    const auto high = separated<float>(rule_of("power", 1, 39), {10, 1});
    EXPECT_EQ(high.made.flags, flag::pow_overflow | flag::undefined_weights);
    EXPECT_FALSE(high.made.is_defined);

    const auto sum = separated<float>(rule_of("power", 1, 2), {1.5e19, 1.5e19});
    EXPECT_EQ(sum.made.flags, flag::sum_overflow);
    EXPECT_TRUE(sum.made.is_defined);

    const auto low = separated<float>(rule_of("power", 1, 50), {0.1, 1});
    EXPECT_EQ(low.made.flags, flag::pow_underflow);
    EXPECT_TRUE(low.made.is_defined);
    EXPECT_EQ(separated<float>(rule_of("power", 1, 50), {0.1, 0.1}).made.flags,
              flag::pow_underflow | flag::all_zero | flag::undefined_weights);
}

TEST(PowerSeparation, ASimilarityOfZeroHasNoUnderflow) {
    EXPECT_EQ(separated<float>(rule_of("power", 1, 3), {0, 2}).made.flags, 0);
    EXPECT_EQ(separated<float>(rule_of("power", 1, 3), {0, 0}).made.flags,
              flag::all_zero | flag::undefined_weights);
}

TEST(IdentitySeparation, ASumThatCancelsIsNotAllZero) {
    const auto result = separated<double>(rule_of("identity"), {1, -1});
    EXPECT_EQ(result.made.flags, flag::undefined_weights);
    EXPECT_FALSE(result.made.is_defined);
}

} // namespace
} // namespace basin
