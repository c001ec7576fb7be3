#include "models/reference/oracle_decision.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "support/hand_decision.hpp"
#include "support/hand_setting.hpp"

namespace basin {
namespace {

Setting exponential_step() {
    Setting setting = rectified_step(1);
    setting.interaction = Choice<Interactions>::of<Exponential>();
    return setting;
}

TEST(OracleExactDecision, IsTheSignOfTheTrueSum) {
    // Two equal dominant memories with opposite bits of unit 0, and a weak third one.
    const std::vector<std::string> balanced{"+++++++", "-++++++", "++++---"};
    const auto d = [](const std::vector<std::string>& memories, const Setting& setting) {
        const OracleDecision result =
            decision_among(memories, plus(7), 0, in_precision<Exact>(setting));
        EXPECT_EQ(result.flags, 0);
        return result.d;
    };
    Setting paired = rectified_step(1000);
    paired.beta_scale = Choice<BetaScales>::of<PairedBeta>();
    Setting tiny = rectified_step(1000);
    tiny.formulation = Choice<Formulations>::of<Normalized>();
    tiny.beta = 1e-300;
    for (const Setting& setting :
         {rectified_step(10), rectified_step(1000), paired, tiny, difference_of_sums(tiny)}) {
        EXPECT_EQ(d(balanced, setting), +1.0);
        EXPECT_EQ(d({"+++++++", "-++++++"}, setting), 0.0);
        EXPECT_EQ(d({"-++++++", "++++---"}, setting), -1.0);
    }
}

TEST(OracleExactDecision, ThousandthPowersOfAHundredUnits) {
    // Unit 0: memories at h_out = 99 and 97 say 100^1000 - 98^1000 and 98^1000 - 96^1000: more than
    // 10^8 times as much, so one memory against many.
    std::vector<std::string> memories(50, "-" + plus(98) + "-");
    memories.push_back(plus(100));

    EXPECT_EQ(decision_among(memories, plus(100), 0, in_precision<Exact>(rectified_step(1000))).d,
              +1.0);
    EXPECT_TRUE(std::isnan(
        decision_among(memories, plus(100), 0, in_precision<Float64>(rectified_step(1000))).d));
}

TEST(OracleExactDecision, LeaksOfBothSigns) {
    // x_on = -1, x_off = -3, x_out = -2.
    const auto d = [](std::string_view sign, std::string_view rule, double leak) {
        Setting setting = in_precision<Exact>(contrastive_polynomial(2));
        setting.interaction = Choice<Interactions>::of<LeakyRectifiedPolynomial>();
        setting.interaction_parameters.leak = leak;
        setting.interaction_parameters.leak_sign = *Choice<LeakSigns>::named(sign);
        setting.rule = *Choice<Rules>::named(rule);
        const OracleDecision result = decision("+++", "+--", 0, setting);
        EXPECT_EQ(result.flags, leak == 0 ? flag::all_zero : 0);
        return result.d;
    };

    for (const std::string_view rule : {"contrastive", "gradient"}) {
        EXPECT_EQ(d("monotone", rule, 1e-300), +1.0) << rule;
        EXPECT_EQ(d("reflected", rule, 1e-300), -1.0) << rule;
        EXPECT_EQ(d("monotone", rule, 0.0), 0.0) << rule;
    }
}

TEST(OracleExactDecision, TheLeakAgainstThePower) {
    // h_on = 1 and h_off = -1: F = x^n - (+-leak)(-x) = x^n +- leak x; x = beta / 3. The opposed
    // memory says x'^n - x''^n for h' = 1, h'' = 3: n = 1 and leak 1/2: 1 + 1/2 - 2 < 0.
    Setting setting = in_precision<Exact>(contrastive_polynomial(1));
    setting.interaction = Choice<Interactions>::of<LeakyRectifiedPolynomial>();
    setting.formulation = Choice<Formulations>::of<Normalized>();
    setting.beta = 0.1;
    const std::vector<std::string> memories{"++-", "-++"};
    const auto d = [&](double leak) {
        setting.interaction_parameters.leak = leak;
        return decision_among(memories, "+++", 0, setting).d;
    };

    EXPECT_EQ(d(0.5), -1.0);
    EXPECT_EQ(d(1.0), 0.0); // 1 + 1 - 2
    EXPECT_EQ(d(1.0000000000000002), +1.0);
}

TEST(OracleExactDecision, Classical) {
    const Setting setting = in_precision<Exact>(classical());

    EXPECT_EQ(decision_among({"+++", "-++", "+++"}, "+++", 0, setting).d, +1.0);
    EXPECT_EQ(decision_among({"+++", "-++"}, "+++", 0, setting).d, 0.0); // 2 - 2
    EXPECT_EQ(decision_among({"+++", "-++"}, "+++", 0, setting).flags, 0);
    EXPECT_EQ(decision("+++", "-+-", 0, setting).flags, flag::all_zero);
}

TEST(OracleExactDecision, ExponentialsOfAnyBeta) {
    Setting setting = in_precision<Exact>(exponential_step());
    setting.formulation = Choice<Formulations>::of<Normalized>();
    // Unit 0: memories with h_out = 2, -2 and -2, the first one against the two others.
    const std::vector<std::string> memories{"+++++", "-+---", "--+--"};
    const auto d = [&](double beta) {
        setting.beta = beta;
        return decision_among(memories, "++++-", 0, setting).d;
    };

    EXPECT_EQ(d(1e300), +1.0);  // the nearest memory
    EXPECT_EQ(d(1e-300), -1.0); // the majority
    setting.rule = Choice<Rules>::of<Gradient>();
    EXPECT_EQ(d(1e300), +1.0);
    EXPECT_EQ(d(1e-300), -1.0);
}

TEST(OracleExactDecision, AllZeroIsSaidOfTheTerms) {
    const Setting square = in_precision<Exact>(contrastive_polynomial(2));
    const Setting rectified = in_precision<Exact>(rectified_step(2));

    // h_on = 1, h_off = -1: the term is 0, the two squares are not.
    EXPECT_EQ(decision("+++", "++-", 0, square).flags, flag::all_zero);
    EXPECT_EQ(decision("+++", "++-", 0, difference_of_sums(square)).flags, flag::all_zero);
    // h_on = -1, h_off = -3: rectified, nothing is left.
    EXPECT_EQ(decision("+++", "+--", 0, rectified).flags, flag::all_zero);
    EXPECT_EQ(decision("+++", "+--", 0, difference_of_sums(rectified)).flags, flag::all_zero);
}

TEST(OracleExactDecision, Xor) {
    const std::vector<std::string> table{"---", "-++", "+-+", "++-"};
    for (const std::string inputs : {"--", "-+", "+-", "++"}) {
        const auto d = [&](std::uint32_t vertex) {
            return decision_among(table, inputs + "-", 2,
                                  in_precision<Exact>(contrastive_polynomial(vertex)))
                .d;
        };
        EXPECT_EQ(d(4), 0.0);
        EXPECT_EQ(d(999), inputs[0] == inputs[1] ? -1.0 : +1.0);
    }
}

} // namespace
} // namespace basin
