#include "models/reference/oracle_decision.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <string>
#include <string_view>

#include "support/hand_decision.hpp"
#include "support/hand_setting.hpp"

namespace basin {
namespace {

TEST(OracleDecision, ContrastiveIsTheClampedEnergyDifference) {
    Setting setting = contrastive_polynomial(2);
    setting.beta = 0.5;

    EXPECT_EQ(decision("+++", "++-", 2, setting).d, 0.5 * (3 * 3 - 1 * 1));
    EXPECT_EQ(decision("+++", "+--", 0, setting).d, 0.5 * (1 - 9)); // on: h = -1, off: h = -3
    EXPECT_EQ(decision("++-", "+++", 2, setting).d, 0.5 * (1 - 9)); // on: h = 1, off: h = 3
}

TEST(OracleDecision, NormalizedPutsTheScaledBetaInside) {
    Setting setting = contrastive_polynomial(2);
    setting.formulation = Choice<Formulations>::of<Normalized>();
    setting.beta = 0.5;

    EXPECT_EQ(decision("++++", "+++-", 3, setting).d, 0.5 * 0.5 - 0.25 * 0.25); // x = h / 8
}

TEST(OracleDecision, GradientLeavesTheUnitOut) {
    Setting setting = contrastive_polynomial(3);
    setting.rule = Choice<Rules>::of<Gradient>();

    EXPECT_EQ(decision("+++", "++-", 2, setting).d, 3 * 2 * 2);
    EXPECT_EQ(decision("++-", "+++", 2, setting).d, -3 * 2 * 2);
}

TEST(OracleDecision, ClassicalIsTheOverlapWithoutTheUnit) {
    EXPECT_EQ(decision("+++", "++-", 2, classical()).d, 2);
    EXPECT_EQ(decision("++-", "+++", 2, classical()).d, -2);
}

TEST(OracleDecision, SimilaritiesOfOneStateByHand) {
    // N = 4. Clamped on: h = 4, |difference|^2 = 0, |difference|_1 = 0. Off: h = 2, 4 and 2.
    const auto d = [](std::string_view similarity) {
        Setting setting = contrastive_polynomial(1);
        setting.similarity = *Choice<Similarities>::named(similarity);
        setting.similarity_delta = 0.5;
        return decision("++++", "+++-", 3, setting).d;
    };

    EXPECT_EQ(d("dot"), 4.0 - 2.0);
    EXPECT_EQ(d("cosine"), 1.0 - 0.5);
    EXPECT_EQ(d("euclidean_overlap"), 4.0 - 2.0);
    EXPECT_EQ(d("manhattan_overlap"), 4.0 - 2.0);
    EXPECT_EQ(d("inverse_squared_euclidean"), 1 / 0.5 - 1 / 4.5);
    EXPECT_EQ(d("negative_squared_euclidean"), 0.0 + 4.0);
    EXPECT_EQ(d("negative_manhattan"), 0.0 + 2.0);
}

TEST(OracleDecision, KnowsEveryEntryOfTheCatalogs) {
    for (std::size_t s = 0; s < Similarities::size; ++s)
        for (std::size_t f = 0; f < Interactions::size; ++f)
            for (std::size_t r = 0; r < Rules::size; ++r) {
                Setting setting;
                setting.similarity = Choice<Similarities>::at(s);
                setting.interaction = Choice<Interactions>::at(f);
                setting.rule = Choice<Rules>::at(r);
                EXPECT_NO_THROW(decision("++++", "+++-", 3, setting));
            }
}

TEST(OracleDecision, InteractionsBelowZeroByHand) {
    // x_on = -1, x_off = -3, x_out = -2.
    const auto d = [](std::string_view interaction, std::string_view rule) {
        Setting setting = contrastive_polynomial(2);
        setting.interaction = *Choice<Interactions>::named(interaction);
        setting.interaction_parameters.leak = 0.25;
        setting.rule = *Choice<Rules>::named(rule);
        return decision("+++", "+--", 0, setting).d;
    };

    EXPECT_EQ(d("polynomial", "contrastive"), 1.0 - 9.0);
    EXPECT_EQ(d("polynomial", "gradient"), -4.0);
    EXPECT_EQ(d("rectified_polynomial", "contrastive"), 0.0);
    EXPECT_EQ(d("rectified_polynomial", "gradient"), 0.0);
    EXPECT_EQ(d("leaky_rectified_polynomial", "contrastive"), -0.25 + 0.75);
    EXPECT_EQ(d("leaky_rectified_polynomial", "gradient"), 0.25);
    // 2^-52 is the last place of numbers near 0.3: one rounding each of e^-1, e^-3 and their
    // difference.
    EXPECT_NEAR(d("exponential", "contrastive"), std::exp(-1.0) - std::exp(-3.0), 0x1p-52);
    EXPECT_NEAR(d("exponential", "gradient"), std::exp(-2.0), 0x1p-52);
}

TEST(OracleDecision, ReflectedLeakTurnsTheSign) {
    Setting setting = contrastive_polynomial(2);
    setting.interaction = Choice<Interactions>::of<LeakyRectifiedPolynomial>();
    setting.interaction_parameters.leak = 0.25;
    setting.interaction_parameters.leak_sign = Choice<LeakSigns>::of<LeakReflected>();

    EXPECT_EQ(decision("+++", "+--", 0, setting).d, 0.25 - 0.75);
}

TEST(OracleDecision, PairedBetaIsAPower) {
    Setting setting = contrastive_polynomial(3);
    setting.beta = 2.0;
    setting.beta_scale = Choice<BetaScales>::of<PairedBeta>();
    const BitMatrix memories = rows_of({"++++"});

    EXPECT_EQ(make_oracle_network(memories, setting).outside, 0.125); // (2/4)^3
}

/// Krotov & Hopfield 2016, section 3: the truth table of XOR as four memories (x, y, z), and the
/// decision of z given x and y.
double xor_decision(const Setting& setting, const std::string& inputs) {
    const BitMatrix memories = rows_of({"---", "-++", "+-+", "++-"});
    const BitMatrix states = rows_of({inputs + "-"});
    return oracle_decide(make_oracle_network(memories, setting), spins_of(states.row(0), 3), 2).d;
}

TEST(OracleXor, PolynomialsOfLowOrEvenDegreeCannot) {
    for (const std::uint32_t vertex : {1U, 2U, 4U, 6U})
        for (const std::string inputs : {"--", "-+", "+-", "++"})
            EXPECT_EQ(xor_decision(contrastive_polynomial(vertex), inputs), 0.0) << vertex;
}

TEST(OracleXor, OddDegreesFromThreeAndRectifiedOnesFromTwoCan) {
    const auto expect_xor = [](const Setting& setting) {
        EXPECT_LT(xor_decision(setting, "--"), 0);
        EXPECT_GT(xor_decision(setting, "-+"), 0);
        EXPECT_GT(xor_decision(setting, "+-"), 0);
        EXPECT_LT(xor_decision(setting, "++"), 0);
    };

    for (const std::uint32_t vertex : {3U, 5U, 7U, 9U})
        expect_xor(contrastive_polynomial(vertex));
    for (const std::uint32_t vertex : {2U, 3U, 4U, 5U, 10U})
        expect_xor(rectified_step(vertex));
}

TEST(OracleUnderflow, IsWhatRoundingMadeZero) {
    const auto flags = [](double beta, std::string_view state) {
        Setting setting = rectified_step(2);
        setting.formulation = Choice<Formulations>::of<Normalized>();
        setting.beta = beta;
        return decision("+++++", std::string(state), 0, setting).flags;
    };

    EXPECT_EQ(flags(1.0, "+----"), flag::all_zero); // x = -3/5, -1: F is 0 by definition
    EXPECT_EQ(flags(1e-25, "+++++"), flag::pow_underflow | flag::all_zero); // x^2 = 1e-50
    EXPECT_EQ(flags(1e-44, "+++++"),                                        // x = 3/5 gain, gain
              flag::pow_underflow | flag::all_zero | flag::beta_subnormal);
    EXPECT_EQ(flags(1e-60, "+++++"), // gain and x are 0
              flag::pow_underflow | flag::all_zero | flag::beta_underflow | flag::arg_absorb);
}

TEST(OracleOverflow, AnArgumentThatIsNotANumberMakesNoDecision) {
    // float16: the gain 1e6 / 4 is infinite, and unit 0 has h_off = 0.
    Setting setting = rectified_step(2);
    setting.formulation = Choice<Formulations>::of<Normalized>();
    setting.precision = Choice<Precisions>::of<Float16>();
    setting.beta = 1e6;

    const OracleDecision result = decision("++++", "+++-", 0, setting);

    EXPECT_TRUE(std::isnan(result.d));
    EXPECT_EQ(result.flags, flag::pow_overflow | flag::nan_inf_minus_inf);
}

TEST(OraclePowerRounding, ReachesFButNotPairedBeta) {
    // bfloat16: 3^7 is 2176 by products and 2192 rounded once; 1^7 vanishes beside both.
    Setting setting = in_precision<BFloat16>(contrastive_polynomial(7));
    EXPECT_EQ(decision("+++", "+++", 0, setting).d, 2176.0);
    setting.power_rounding = Choice<PowerRoundings>::of<RoundedOnce>();
    EXPECT_EQ(decision("+++", "+++", 0, setting).d, 2192.0);

    // 457^7 by products; rounded once it is 512 more.
    setting = in_precision<Float64>(setting);
    setting.similarity = Choice<Similarities>::of<Cosine>();
    setting.beta_scale = Choice<BetaScales>::of<PairedBeta>();
    setting.beta = 457;
    EXPECT_EQ(make_oracle_network(rows_of({"+++"}), setting).outside, 4163067000501309952.0);
}

/// Whether the decision of one unit about a memory of +1 raises acc_stall.
bool stalls(const std::string& state, std::size_t unit, const Setting& setting) {
    return (decision(plus(state.size()), state, unit, setting).flags & flag::acc_stall) != 0;
}

TEST(OracleAccStall, OverlapsBeyondTheFormatsLastCount) {
    const Setting setting = in_precision<BFloat16>(rectified_step(2)); // counts to 256
    EXPECT_TRUE(stalls(plus(300), 0, setting));
    EXPECT_TRUE(stalls(minus(22) + plus(278), 0, setting));    // h_on 258, h_off 256
    EXPECT_FALSE(stalls(minus(23) + plus(277), 0, setting));   // 256, 254
    EXPECT_TRUE(stalls(minus(278) + plus(22), 299, setting));  // -256, -258
    EXPECT_FALSE(stalls(minus(277) + plus(23), 299, setting)); // -254, -256
    EXPECT_FALSE(stalls(plus(300), 0, in_precision<Float16>(setting)));
    EXPECT_TRUE(stalls(plus(2049), 0, in_precision<Float16>(setting)));
    EXPECT_FALSE(stalls(plus(2048), 0, in_precision<Float16>(setting)));
    EXPECT_FALSE(stalls(plus(300), 0, in_precision<Exact>(setting)));
}

TEST(OracleAccStall, OverlapsWithoutTheUnit) {
    Setting gradient = in_precision<BFloat16>(rectified_step(2));
    gradient.rule = Choice<Rules>::of<Gradient>();
    gradient.similarity = Choice<Similarities>::of<Cosine>();
    for (const Setting& setting : {gradient, in_precision<BFloat16>(classical())}) {
        EXPECT_FALSE(stalls(plus(257), 0, setting)); // h_out 256
        EXPECT_TRUE(stalls(plus(258), 0, setting));
        EXPECT_FALSE(stalls(minus(257), 0, setting));
        EXPECT_TRUE(stalls(minus(258), 0, setting));
    }
}

TEST(OracleAccStall, DistancesCountTheUnitsThatDiffer) {
    Setting setting = in_precision<BFloat16>(rectified_step(2));
    setting.interaction = Choice<Interactions>::of<Exponential>();
    for (const std::string_view name :
         {"euclidean_overlap", "manhattan_overlap", "inverse_squared_euclidean",
          "negative_squared_euclidean", "negative_manhattan"}) {
        setting.similarity = *Choice<Similarities>::named(name);
        EXPECT_FALSE(stalls(plus(300), 0, setting)) << name;
        EXPECT_FALSE(stalls(minus(256) + plus(44), 0, setting)) << name;  // 255 on, 256 off
        EXPECT_TRUE(stalls(minus(256) + plus(44), 299, setting)) << name; // 256, 257
    }
    setting.rule = Choice<Rules>::of<Gradient>(); // the unit differs by a half, not counted
    EXPECT_FALSE(stalls(minus(257) + plus(43), 0, setting));
    EXPECT_TRUE(stalls(minus(257) + plus(43), 299, setting));
}

} // namespace
} // namespace basin
