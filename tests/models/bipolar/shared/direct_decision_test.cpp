// One decision of a number format: every flag raised and not raised in situations worked out on
// paper. Sums in general: direct_sums_test.cpp.

#include "models/bipolar/shared/direct_decision.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "support/decide_among.hpp"
#include "support/hand_setting.hpp"
#include "support/infinity.hpp"

namespace basin {
namespace {

using tests::decide_among;
using tests::Voice;

using tests::infinity;

template <class Precision>
Setting in(Setting setting) {
    setting.precision = Choice<Precisions>::of<Precision>();
    return setting;
}

Setting two_sums(Setting setting) {
    setting.summation = Choice<Summations>::of<DifferenceOfSums>();
    return setting;
}

/// x = gain h.
Setting with_gain(Setting setting, double gain, std::uint32_t dimension) {
    setting.formulation = Choice<Formulations>::of<Normalized>();
    setting.beta = gain * dimension;
    return setting;
}

void expect(const Decision& decision, double value, unsigned flags) {
    EXPECT_EQ(decision.value, value);
    EXPECT_EQ(decision.flags, flags);
}

TEST(DirectDecision, SmallIntegersAreExactWhateverTheOrder) {
    // n = 2: a memory says 4 times the overlap of the others.
    const Setting square = contrastive_polynomial(2);
    const std::vector<Voice> voices{{3, true}, {-1, true}, {5, false}};
    for (const Setting& setting : {square, in<Float16>(square), in<BFloat16>(square)}) {
        expect(decide_among(setting, 10, voices), 4.0 * (3 - 1 - 5), 0);
        expect(decide_among(two_sums(setting), 10, voices), 4.0 * (3 - 1 - 5), 0);
    }
}

TEST(DirectDecision, EqualVoicesForAndAgainstTie) {
    const std::vector<Voice> voices{{9, true}, {9, false}, {-5, true}, {-5, false}};

    const Setting setting = in<Float32>(contrastive_polynomial(9));

    expect(decide_among(setting, 10, voices), 0.0, 0);
    expect(decide_among(two_sums(setting), 10, voices), 0.0, 0);
}

TEST(DirectDecision, BeyondThePowerOverflow) {
    // 84^20 < 3.4e38 < 86^20.
    const Setting setting = rectified_step(20);

    EXPECT_EQ(decide_among(setting, 100, {{83, true}}).flags, 0);
    expect(decide_among(setting, 100, {{85, true}}), infinity,
           flag::pow_overflow | flag::benign_overflow);
    expect(decide_among(setting, 100, {{85, false}, {83, true}}), -infinity,
           flag::pow_overflow | flag::benign_overflow);
    const Decision both_sides = decide_among(setting, 100, {{87, true}, {-5, true}});
    EXPECT_TRUE(std::isnan(both_sides.value));
    EXPECT_EQ(both_sides.flags, flag::pow_overflow | flag::nan_inf_minus_inf);
    const Decision against_each_other = decide_among(setting, 100, {{85, true}, {85, false}});
    EXPECT_TRUE(std::isnan(against_each_other.value));
    EXPECT_EQ(against_each_other.flags, flag::pow_overflow | flag::nan_inf_minus_inf);
}

TEST(DirectDecision, FiniteTermsWhoseSumOverflows) {
    // x is 40 000 on and 20 000 off: three terms of 20 000 fit in float16, four do not.
    const Setting setting = with_gain(in<Float16>(contrastive_polynomial(1)), 10'000, 4);

    expect(decide_among(setting, 4, std::vector<Voice>(3, {3, true})), 60'000, 0);
    expect(decide_among(setting, 4, std::vector<Voice>(4, {3, true})), infinity,
           flag::sum_overflow);
    expect(decide_among(setting, 4, std::vector<Voice>(4, {3, false})), -infinity,
           flag::sum_overflow);
}

TEST(DirectDecision, AFiniteSumThatBetaMakesOverflow) {
    Setting setting = in<Float16>(contrastive_polynomial(1)); // terms of 2
    setting.beta = 10'000;

    expect(decide_among(setting, 4, std::vector<Voice>(3, {3, true})), 60'000, 0);
    expect(decide_among(setting, 4, std::vector<Voice>(4, {3, true})), infinity,
           flag::sum_overflow);
}

TEST(DirectDecision, TwoSumsCanBeNaNWhereTheDifferencesAreSmall) {
    // In float16 200^2 = 40 000 and 198^2 = 39 200: twice either is infinite, their difference 800.
    const Setting setting = in<Float16>(contrastive_polynomial(2));
    const std::vector<Voice> voices(2, {199, true});

    expect(decide_among(setting, 200, voices), 1600.0, 0);
    const Decision decision = decide_among(two_sums(setting), 200, voices);
    EXPECT_TRUE(std::isnan(decision.value));
    EXPECT_EQ(decision.flags, flag::sum_overflow | flag::nan_inf_minus_inf);
    // One of them alone, and two whose off sides are small, are finite and benign.
    expect(decide_among(two_sums(setting), 200, {{199, true}}), 800.0, 0);
    EXPECT_EQ(decide_among(two_sums(setting), 200, {{199, true}, {199, false}}).flags,
              flag::sum_overflow | flag::nan_inf_minus_inf);
}

TEST(DirectDecision, TwoSumsOverflowWithTheirAddends) {
    const Setting setting = two_sums(rectified_step(20));

    expect(decide_among(setting, 100, {{85, true}}), infinity,
           flag::pow_overflow | flag::benign_overflow);
    EXPECT_EQ(decide_among(setting, 100, {{87, true}}).flags,
              flag::pow_overflow | flag::nan_inf_minus_inf);
}

TEST(DirectDecision, UnderflowOfThePower) {
    // (2 / 100)^30 = 1e-51 is 0 in float32; 0^30 is 0 anyway, and below 0 F is.
    const Setting setting = with_gain(rectified_step(30), 0.01, 100);

    expect(decide_among(setting, 100, {{1, true}}), 0.0, flag::pow_underflow | flag::all_zero);
    expect(decide_among(setting, 100, {{-1, true}}), 0.0, flag::all_zero);
    EXPECT_EQ(decide_among(setting, 100, {{99, true}}).flags, 0);
    EXPECT_EQ(decide_among(setting, 100, {{99, true}, {1, true}}).flags, flag::pow_underflow);
}

TEST(DirectDecision, AllZeroMeansEveryAddend) {
    const Setting setting = rectified_step(2);

    expect(decide_among(setting, 10, {{-3, true}, {-9, false}}), 0.0, flag::all_zero);
    EXPECT_EQ(decide_among(setting, 10, {{-3, true}, {1, false}}).flags, 0);
    // F(1) - F(-1) is a term of 0, but of two sums the addends are the 1s.
    const Setting square = contrastive_polynomial(2);
    expect(decide_among(square, 9, {{0, true}}), 0.0, flag::all_zero);
    expect(decide_among(two_sums(square), 9, {{0, true}}), 0.0, 0);
    expect(decide_among(two_sums(setting), 10, {{-3, true}}), 0.0, flag::all_zero);
}

TEST(DirectDecision, BetaBelowTheFormat) {
    Setting setting = in<Float16>(contrastive_polynomial(1));
    setting.similarity = Choice<Similarities>::of<Cosine>(); // terms of 2 / 8
    setting.beta = 0x1p-24;                                  // the smallest subnormal

    // b times 1/4 and 1/2 round to 0 (the latter to even), times 3/4 to b.
    for (const std::size_t memories : {1U, 2U})
        expect(decide_among(setting, 8, std::vector<Voice>(memories, {3, true})), 0.0,
               flag::beta_subnormal | flag::beta_underflow);
    expect(decide_among(setting, 8, std::vector<Voice>(3, {3, true})), 0x1p-24,
           flag::beta_subnormal);
    setting.beta = 0x1p-14;
    expect(decide_among(setting, 8, {{3, true}}), 0x1p-16, 0);
    setting.beta = 0x1p-26;
    expect(decide_among(setting, 8, {{3, true}}), 0.0, flag::beta_underflow);
}

TEST(DirectDecision, ArgumentsThatRoundTogether) {
    // 520 and 518 are 520 in bfloat16 (to even), 20 and 18 are themselves.
    const Setting setting = in<BFloat16>(contrastive_polynomial(1));

    expect(decide_among(setting, 520, {{519, true}}), 0.0,
           flag::arg_absorb | flag::acc_stall | flag::all_zero);
    expect(decide_among(setting, 20, {{19, true}}), 2.0, 0);
    EXPECT_EQ(decide_among(in<Float16>(setting), 520, {{519, true}}).flags, 0);
}

TEST(DirectDecision, ACounterThatStalls) {
    // bfloat16 counts to 256. h = 300 needs more, and its square has a value all the same:
    // 90 112 - 88 576.
    Setting setting = in<BFloat16>(contrastive_polynomial(2));

    expect(decide_among(setting, 300, {{299, true}}), 1536.0, flag::acc_stall);
    EXPECT_EQ(decide_among(setting, 300, {{257, true}}).flags, flag::acc_stall); // on 258
    EXPECT_EQ(decide_among(setting, 300, {{255, true}}).flags, 0);               // on 256
    EXPECT_EQ(decide_among(setting, 300, {{-257, false}}).flags, flag::acc_stall);
    EXPECT_EQ(decide_among(in<Float32>(setting), 300, {{299, true}}).flags, 0);

    // A distance counts the units that differ.
    setting.similarity = Choice<Similarities>::of<ManhattanOverlap>();
    EXPECT_EQ(decide_among(setting, 300, {{299, true}}).flags, 0);
    EXPECT_EQ(decide_among(setting, 300, {{-213, true}}).flags & flag::acc_stall,
              flag::acc_stall); // off -214: 257 units
    EXPECT_EQ(decide_among(setting, 300, {{-211, true}}).flags & flag::acc_stall, 0);
}

TEST(DirectDecision, TermsInvisibleBesideTheLargest) {
    // 100^10 - 98^10 = 1.8e19: 2^-24 of that is 1.1e12, 2^-53 is 2000; 4^10 - 2^10 lies between.
    const Setting setting = rectified_step(10);

    EXPECT_EQ(decide_among(setting, 100, {{99, true}, {1, true}}).flags, flag::absorb);
    EXPECT_EQ(decide_among(setting, 100, {{99, true}, {1, false}}).flags, flag::absorb);
    EXPECT_EQ(decide_among(setting, 100, {{99, true}, {51, false}}).flags, 0);
    EXPECT_EQ(decide_among(setting, 100, {{99, true}, {-1, true}}).flags, 0); // a 0 is no loss
    EXPECT_EQ(decide_among(setting, 100, {{99, true}, {3, true}}).flags, flag::absorb);
    EXPECT_EQ(decide_among(in<Float64>(setting), 100, {{99, true}, {3, true}}).flags, 0);
}

TEST(DirectDecision, InvisibleTermsThatDecide) {
    const Setting setting = rectified_step(10);
    const std::vector<Voice> tied{{99, true}, {99, false}};
    std::vector<Voice> decided = tied;
    decided.push_back({1, true});

    EXPECT_EQ(decide_among(setting, 100, tied).flags, 0);
    expect(decide_among(setting, 100, decided), 1024.0, flag::absorb | flag::absorb_flip);
    decided.back().agrees = false;
    expect(decide_among(setting, 100, decided), -1024.0, flag::absorb | flag::absorb_flip);
    decided.push_back({1, true}); // and one that takes it back
    expect(decide_among(setting, 100, decided), 0.0, flag::absorb);
}

TEST(DirectDecision, InvisibleAddendsOfTwoSums) {
    const Setting setting = two_sums(rectified_step(10));

    // On: 100^10 + 2^10; off: 98^10 + 0.
    EXPECT_EQ(decide_among(setting, 100, {{99, true}, {1, true}}).flags, flag::absorb);
    // On: 100^10 + 98^10 + 2^10; off: the same without 2^10, which is rounded away as well.
    expect(decide_among(setting, 100, {{99, true}, {99, false}, {1, true}}), 0.0,
           flag::absorb | flag::absorb_flip);
}

TEST(DirectDecision, InfiniteBetaTimesNothingIsNaN) {
    Setting setting = rectified_step(2);
    setting.beta = 1e300;

    const Decision nothing = decide_among(setting, 10, {{-5, true}});
    EXPECT_TRUE(std::isnan(nothing.value));
    EXPECT_EQ(nothing.flags, flag::all_zero);
    expect(decide_among(setting, 10, {{5, false}}), -infinity, flag::sum_overflow);
}

} // namespace
} // namespace basin
