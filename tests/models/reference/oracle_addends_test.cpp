#include "models/reference/oracle_addends.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstddef>
#include <string>
#include <vector>

#include "support/hand_decision.hpp"
#include "support/hand_setting.hpp"
#include "support/infinity.hpp"

namespace basin {
namespace {

using tests::infinity;

TEST(OracleSummation, OverflowingDifferencesOfFiniteParts) {
    // float16, unit 0 sees h = +1 and -1: x^3 = 36^3 and -36^3. The differences 93312 leave the
    // format with both signs; the sums cancel first.
    Setting setting = in_precision<Float16>(contrastive_polynomial(3));
    setting.formulation = Choice<Formulations>::of<Normalized>();
    setting.beta = 3 * 36;
    const std::vector<std::string> memories{"+++", "-++"};

    const OracleDecision terms = decision_among(memories, "++-", 0, setting);
    const OracleDecision sums = decision_among(memories, "++-", 0, difference_of_sums(setting));

    EXPECT_TRUE(std::isnan(terms.d)) << fmt::format("{:a}", terms.d);
    EXPECT_EQ(terms.flags, flag::pow_overflow | flag::nan_inf_minus_inf);
    EXPECT_EQ(sums.d, 0.0) << fmt::format("{:a}", sums.d);
    EXPECT_EQ(sums.flags, 0);
}

TEST(OracleSummation, OverflowingSumsOfFiniteDifferences) {
    // float16: 200^2 = 40000, 198^2 = 39204 (39200 in steps of 32), difference 800: two memories
    // add up to 1600, but F(on) and F(off) to 80000 and 78400.
    const Setting setting = in_precision<Float16>(contrastive_polynomial(2));
    const std::vector<std::string> memories{plus(200), plus(200)};

    const OracleDecision terms = decision_among(memories, plus(200), 0, setting);
    const OracleDecision sums = decision_among(memories, plus(200), 0, difference_of_sums(setting));

    EXPECT_EQ(terms.d, 1600.0) << fmt::format("{:a}", terms.d);
    EXPECT_EQ(terms.flags, 0);
    EXPECT_TRUE(std::isnan(sums.d)) << fmt::format("{:a}", sums.d);
    EXPECT_EQ(sums.flags, flag::sum_overflow | flag::nan_inf_minus_inf);
}

TEST(OracleSummation, OneInfiniteSumDecides) {
    // float16: h_on = 182 and h_off = 180; 182^2 = 33124 -> 33120 in steps of 32, 180^2 = 32400.
    // Two memories: 66240 is too large, 64800 is not; the differences are 720.
    const Setting setting = in_precision<Float16>(rectified_step(2));
    const std::vector<std::string> memories{plus(200), plus(200)};
    const std::string state = minus(10) + plus(190);

    const OracleDecision terms = decision_among(memories, state, 0, setting);
    const OracleDecision sums = decision_among(memories, state, 0, difference_of_sums(setting));

    EXPECT_EQ(terms.d, 1440.0) << fmt::format("{:a}", terms.d);
    EXPECT_EQ(terms.flags, 0);
    EXPECT_EQ(sums.d, infinity) << fmt::format("{:a}", sums.d);
    EXPECT_EQ(sums.flags, flag::sum_overflow);

    const std::vector<std::string> opposed{"-" + plus(199), "-" + plus(199)};
    const OracleDecision off = decision_among(opposed, minus(10) + "-" + plus(189), 0,
                                              difference_of_sums(setting)); // h_on 178, h_off 180
    EXPECT_EQ(off.flags, 0);
    const OracleDecision far = decision_among(opposed, minus(9) + "-" + plus(190), 0,
                                              difference_of_sums(setting)); // 180 and 182
    EXPECT_EQ(far.d, -infinity) << fmt::format("{:a}", far.d);
    EXPECT_EQ(far.flags, flag::sum_overflow);
}

TEST(OracleSummation, TheLastSubtractionOverflows) {
    // 36^3 less -36^3 again: an addend of the one order, the difference of the other's two sums.
    Setting setting = in_precision<Float16>(contrastive_polynomial(3));
    setting.formulation = Choice<Formulations>::of<Normalized>();
    setting.beta = 3 * 36;

    const OracleDecision terms = decision("+++", "++-", 0, setting);
    const OracleDecision sums = decision("+++", "++-", 0, difference_of_sums(setting));

    EXPECT_EQ(terms.d, infinity);
    EXPECT_EQ(terms.flags, flag::pow_overflow | flag::benign_overflow);
    EXPECT_EQ(sums.d, infinity);
    EXPECT_EQ(sums.flags, flag::sum_overflow);
}

TEST(OracleSummation, AnInfiniteAddendOfEitherSum) {
    // float16, x^2: 256^2 is infinity, 254^2 = 64516 is not.
    const Setting setting = difference_of_sums(in_precision<Float16>(rectified_step(2)));
    const std::string state = minus(2) + plus(256); // h = 254

    const OracleDecision on = decision(plus(258), state, 0, setting);
    const OracleDecision off = decision("-" + plus(257), "++-" + plus(255), 0, setting);

    EXPECT_EQ(on.d, infinity);
    EXPECT_EQ(on.flags, flag::pow_overflow | flag::benign_overflow);
    EXPECT_EQ(off.d, -infinity);
    EXPECT_EQ(off.flags, flag::pow_overflow | flag::benign_overflow);
}

TEST(OracleSummation, OnlyTheContrastiveRuleHasTwoSums) {
    Setting gradient = contrastive_polynomial(3);
    gradient.rule = Choice<Rules>::of<Gradient>();

    EXPECT_EQ(decision("++-", "+++", 2, difference_of_sums(gradient)).d, -3 * 2 * 2);
    EXPECT_EQ(decision("++-", "+++", 2, difference_of_sums(classical())).d, -2);
}

/// Two equal dominant memories with opposite bits of unit 0, and a weak third one: terms
/// 7^n - 5^n, its negative and 1^n - 0.
const std::vector<std::string> balanced{"+++++++", "-++++++", "++++---"};

TEST(OracleAbsorb, TheWeakMemoryDecidesUnseen) {
    // n = 10: 272709624 exceeds 2^24 times 1, not 2^53. n = 20: 7.97e16 exceeds 2^53 too.
    const OracleDecision in_single = decision_among(balanced, plus(7), 0, rectified_step(10));
    EXPECT_EQ(in_single.d, 1.0) << fmt::format("{:a}", in_single.d);
    EXPECT_EQ(in_single.flags, flag::absorb | flag::absorb_flip);

    const Setting in_twice = in_precision<Float64>(rectified_step(10));
    EXPECT_EQ(decision_among(balanced, plus(7), 0, in_twice).d, 1.0);
    EXPECT_EQ(decision_among(balanced, plus(7), 0, in_twice).flags, 0);
    EXPECT_EQ(decision_among(balanced, plus(7), 0, in_precision<Float64>(rectified_step(20))).flags,
              flag::absorb | flag::absorb_flip);
}

TEST(OracleAbsorb, TwoSumsLoseTheWeakMemory) {
    // S_on = 7^10 + 5^10 + 1 and S_off without the 1, in steps of 32.
    const OracleDecision result =
        decision_among(balanced, plus(7), 0, difference_of_sums(rectified_step(10)));

    EXPECT_EQ(result.d, 0.0) << fmt::format("{:a}", result.d);
    EXPECT_EQ(result.flags, flag::absorb | flag::absorb_flip);
}

TEST(OracleAbsorb, EachSumHasALargestAddendOfItsOwn) {
    // float32, x^10, h_out = 6 and -2: F(on) = 7^10 and 0, F(off) = 5^10 and 0; with h_out = 0:
    // F(on) = 7^10 and 1, F(off) = 5^10 and 0. bfloat16, unit 0 opposed: F(on) = 1, F(off) = 3^10.
    EXPECT_EQ(
        decision_among({"+++++++", "+++----"}, plus(7), 0, difference_of_sums(rectified_step(10)))
            .flags,
        0);
    EXPECT_EQ(
        decision_among({"+++++++", "++++---"}, plus(7), 0, difference_of_sums(rectified_step(10)))
            .flags,
        flag::absorb);
    EXPECT_EQ(decision_among({"-++"}, "+++", 0,
                             difference_of_sums(in_precision<BFloat16>(rectified_step(10))))
                  .flags,
              0);
}

TEST(OracleAbsorb, AgreeingOrVanishingTermsFlipNothing) {
    const Setting setting = rectified_step(10);
    EXPECT_EQ(decision_among({"+++++++", "++++---"}, plus(7), 0, setting).flags, flag::absorb);
    EXPECT_EQ(decision_among({"+++++++", "-+++---"}, plus(7), 0, setting).flags, flag::absorb);
    EXPECT_EQ(decision_among({"+++++++", "+++----"}, plus(7), 0, setting).flags,
              0); // the term is 0
}

TEST(OracleAbsorb, BeginsBelowTheBound) {
    // bfloat16, classical: terms 512 and 2 = 2^-8 512, then 516 and 2.
    const auto absorb = [](std::size_t h) {
        const std::string weak = plus(1 + h / 2 + 1) + minus(h / 2 - 1);
        return decision_among({plus(h + 1), weak}, plus(h + 1), 0,
                              in_precision<BFloat16>(classical()))
                   .flags &
               flag::absorb;
    };

    EXPECT_EQ(absorb(512), 0);
    EXPECT_EQ(absorb(516), flag::absorb);
}

TEST(OracleAbsorb, NothingIsAbsorbedByInfinity) {
    // 86^20 is infinity; the other memory's h_out is -1: its term is 0 - 0 or 2^20.
    const std::string weak = plus(45) + minus(55);
    EXPECT_EQ(decision_among({plus(100), weak}, minus(8) + plus(92), 0, rectified_step(20)).flags,
              flag::pow_overflow | flag::benign_overflow);
}

} // namespace
} // namespace basin
