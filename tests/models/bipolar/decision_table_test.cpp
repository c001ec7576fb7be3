// Table entries against the formulas of the specification page, evaluated by hand or in float.

#include "models/bipolar/decision_table.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "support/finite_steps.hpp"

namespace basin {
namespace {

Setting polynomial_setting(std::uint32_t vertex) {
    Setting setting;
    setting.interaction = Choice<Interactions>::of<Polynomial>();
    setting.interaction_parameters.vertex = vertex;
    return setting;
}

TEST(DecisionTable, QuadraticTermIsFourTimesTheOverlapOfTheOthers) {
    // (b + 1)^2 - (b - 1)^2 = 4 b, with b = h - 1 for an aligned memory and h + 1 for an opposed
    // one.
    const DecisionTable table = make_decision_table(polynomial_setting(2), 10);
    for (int m = 0; m <= 10; ++m) {
        const int h = 2 * m - 10;
        const auto index = static_cast<std::size_t>(m);
        EXPECT_EQ(table.steps[index], m > 0 ? 4 * (h - 1) : 0);      // aligned
        EXPECT_EQ(table.steps[index + 1], m < 10 ? 4 * (h + 1) : 0); // opposed, negated
    }
    EXPECT_TRUE(tests::has_finite_steps(table));
}

TEST(DecisionTable, ClassicalIsTheQuadraticNetworkUpToAFactor) {
    Setting classical = polynomial_setting(7);
    classical.formulation = Choice<Formulations>::of<Classical>();
    const DecisionTable hebbian = make_decision_table(classical, 10);
    const DecisionTable quadratic = make_decision_table(polynomial_setting(2), 10);
    for (std::size_t k = 0; k <= 11; ++k)
        EXPECT_EQ(4 * hebbian.steps[k], quadratic.steps[k]);
}

TEST(DecisionTable, EntriesAreTheMachinesFloatOperations) {
    Setting setting = polynomial_setting(3);
    setting.formulation = Choice<Formulations>::of<Normalized>();
    setting.beta = 0.7;
    const DecisionTable table = make_decision_table(setting, 100);
    const float gain = 0.7F / 100.0F;
    for (int m = 1; m <= 100; ++m) {
        const float on = gain * static_cast<float>(2 * m - 100);
        const float off = gain * static_cast<float>(2 * m - 102);
        const float expected = on * on * on - off * off * off;
        EXPECT_EQ(table.steps[static_cast<std::size_t>(m)], static_cast<double>(expected)) << m;
    }
}

TEST(DecisionTable, OverlapSimilaritiesEqualDotOnBipolarVectors) {
    Setting setting = polynomial_setting(5);
    const DecisionTable dot = make_decision_table(setting, 50);
    setting.similarity = Choice<Similarities>::of<EuclideanOverlap>();
    EXPECT_EQ(make_decision_table(setting, 50).steps, dot.steps);
    setting.similarity = Choice<Similarities>::of<ManhattanOverlap>();
    EXPECT_EQ(make_decision_table(setting, 50).steps, dot.steps);
}

TEST(DecisionTable, OriginalWithCosineNeverOverflows) {
    // |cosine| <= 1, so no power of it leaves any format.
    for (const std::uint32_t n : {2U, 30U, 400U}) {
        Setting setting = polynomial_setting(n);
        setting.similarity = Choice<Similarities>::of<Cosine>();
        EXPECT_TRUE(tests::has_finite_steps(make_decision_table(setting, 784))) << n;
    }
}

TEST(DecisionTable, OverflowStartsAtTheClosedFormVertex) {
    // First n with N^n beyond the format: floor(log max / log N) + 1.
    struct Row {
        std::uint32_t dimension, float16, float32, float64; // bfloat16 as float32
    };
    for (const auto& row : {Row{50, 3, 23, 182},
                            {100, 3, 20, 155},
                            {200, 3, 17, 134},
                            {400, 2, 15, 119},
                            {784, 2, 14, 107}}) {
        const auto expect_first = [&](Choice<Precisions> precision, std::uint32_t first) {
            Setting setting = polynomial_setting(first - 1);
            setting.precision = precision;
            EXPECT_TRUE(tests::has_finite_steps(make_decision_table(setting, row.dimension)))
                << precision.name() << " N=" << row.dimension;
            setting.interaction_parameters.vertex = first;
            const DecisionTable table = make_decision_table(setting, row.dimension);
            EXPECT_FALSE(std::isfinite(table.steps[row.dimension]))
                << precision.name() << " N=" << row.dimension;
            EXPECT_TRUE(table.step_flags[row.dimension] & flag::pow_overflow);
        };
        expect_first(Choice<Precisions>::of<Float16>(), row.float16);
        expect_first(Choice<Precisions>::of<BFloat16>(), row.float32);
        expect_first(Choice<Precisions>::of<Float32>(), row.float32);
        expect_first(Choice<Precisions>::of<Float64>(), row.float64);
    }
}

TEST(DecisionTable, BothClampedStatesInfiniteGiveNaN) {
    const DecisionTable table = make_decision_table(polynomial_setting(25), 100);
    EXPECT_TRUE(std::isnan(table.steps[100]));
    EXPECT_EQ(table.step_flags[100], flag::pow_overflow);
}

TEST(DecisionTable, UnderflowIsFlaggedOnlyWhereTheExactValueIsNotZero) {
    Setting setting = polynomial_setting(30);
    setting.interaction = Choice<Interactions>::of<RectifiedPolynomial>();
    setting.formulation = Choice<Formulations>::of<Normalized>();
    const DecisionTable table = make_decision_table(setting, 100);
    EXPECT_EQ(table.steps[51], 0.0); // (2/100)^30 = 1e-51
    EXPECT_TRUE(table.step_flags[51] & flag::pow_underflow);
    EXPECT_EQ(table.steps[40], 0.0); // rectified away
    EXPECT_EQ(table.step_flags[40], 0);
}

TEST(DecisionTable, BFloat16AbsorbsThePlusMinusOne) {
    // h = 2049 is no float16 number: the arguments at 2048 and 2050 differ, at 4097 and 4095 do
    // not.
    Setting setting = polynomial_setting(1);
    setting.precision = Choice<Precisions>::of<BFloat16>();
    const DecisionTable table = make_decision_table(setting, 1000);
    EXPECT_TRUE(table.step_flags[1000] & flag::arg_absorb); // 1000 and 998 both round to 1000
    EXPECT_EQ(table.steps[1000], 0.0);
    EXPECT_FALSE(table.step_flags[510] & flag::arg_absorb); // 20 and 18
}

TEST(DecisionTable, PairedBetaMeetsTheFormatsLowerEnd) {
    // science.md 4.3: beta = T^-n with T = N / beta_norm; T = 100 is subnormal in float32 from n =
    // 19 and 0 from n = 23.
    Setting setting = polynomial_setting(18);
    setting.beta_scale = Choice<BetaScales>::of<PairedBeta>();
    EXPECT_EQ(make_decision_table(setting, 100).beta_flags, 0);
    setting.interaction_parameters.vertex = 20;
    EXPECT_EQ(make_decision_table(setting, 100).beta_flags, flag::beta_subnormal);
    setting.interaction_parameters.vertex = 23;
    EXPECT_EQ(make_decision_table(setting, 100).beta_flags, flag::beta_underflow);
    EXPECT_EQ(make_decision_table(setting, 100).outside, 0.0);
}

TEST(DecisionTable, ExactMagnitudeHoldsForIntegers) {
    const DecisionTable table = make_decision_table(polynomial_setting(2), 100);
    EXPECT_GE(table.exact_magnitude, 0x1p53); // entries are integers
    EXPECT_LE(table.exact_magnitude, 0x1p56);
}

TEST(NotApplicable, NamesTheReason) {
    Setting setting = polynomial_setting(3);
    EXPECT_FALSE(not_applicable(setting).has_value());
    setting.similarity = Choice<Similarities>::of<NegativeManhattan>();
    EXPECT_TRUE(not_applicable(setting)->find("negative_manhattan") != std::string::npos);
    setting.interaction = Choice<Interactions>::of<Exponential>();
    EXPECT_FALSE(not_applicable(setting).has_value());
    setting.similarity = Choice<Similarities>::of<InverseSquaredEuclidean>();
    setting.rule = Choice<Rules>::of<Gradient>();
    EXPECT_TRUE(not_applicable(setting).has_value());
    setting.formulation = Choice<Formulations>::of<Classical>();
    setting.similarity = Choice<Similarities>::of<Cosine>();
    EXPECT_TRUE(not_applicable(setting).has_value());
}

} // namespace
} // namespace basin
