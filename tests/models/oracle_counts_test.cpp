#include "models/reference/oracle.hpp"

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

#include "support/hand_scene.hpp"
#include "support/hand_setting.hpp"

namespace basin {
namespace {

/// Decisions of the path that raised the flag.
std::uint64_t flagged(const Trajectory& path, Flags mask) {
    for (std::size_t f = 0; f < all_flags.size(); ++f)
        if (all_flags[f].mask == mask) return path.counts.flagged[f];
    throw std::logic_error("no such flag");
}

TEST(OracleOverflow, OnlyTheOnSideOverflowsAndTheSignIsRight) {
    // 84^20 < 3.4e38 < 86^20. At 7 flips h = 86: a right unit has on 86, off 84.
    const Scene scene = lone_memory(100, 7);

    const Trajectory path = oracle_recall(scene, rectified_step(20), 0);

    EXPECT_EQ(path.counts.overflows, 100U);
    EXPECT_EQ(path.counts.nans, 7U); // the wrong ones: on 88, off 86
    EXPECT_EQ(path.counts.flips, 0U);
    EXPECT_EQ(path.counts.flags,
              flag::pow_overflow | flag::benign_overflow | flag::nan_inf_minus_inf);
    EXPECT_EQ(path.stop, Stop::undecided);
}

TEST(OracleOverflow, BenignOverflowStillRecalls) {
    // At 8 flips h = 84: a wrong unit has on 86, off 84; a right one stays finite.
    const Trajectory path = oracle_recall(lone_memory(100, 8), rectified_step(20), 0);

    EXPECT_EQ(path.counts.overflows, 8U);
    EXPECT_EQ(path.counts.nans, 0U);
    EXPECT_EQ(path.counts.flips, 8U);
    EXPECT_EQ(path.counts.flags, flag::pow_overflow | flag::benign_overflow);
}

TEST(OracleOverflow, FirstVertexOfNothingButNaN) {
    // All decisions are NaN once the smallest off argument overflows: (h - 2)^n > 3.4e38.
    struct Frontier {
        std::size_t flips;
        std::uint32_t first_vertex;
    };
    for (const auto [flips, first_vertex] :
         {Frontier{0, 20}, Frontier{5, 20}, Frontier{10, 21}, Frontier{20, 22}}) {
        const Scene scene = lone_memory(100, flips);

        const Trajectory before = oracle_recall(scene, rectified_step(first_vertex - 1), 0);
        const Trajectory at = oracle_recall(scene, rectified_step(first_vertex), 0);

        EXPECT_LT(before.counts.nans, 100U) << flips;
        EXPECT_EQ(at.counts.nans, 100U) << flips;
        EXPECT_EQ(at.stop, Stop::undecided) << flips;
    }
}

TEST(OracleOverflow, FiniteTermsWhoseSumIsInfinite) {
    // 84^20 = 3.06e38 fits, the difference to 82^20 is 1.17e38: three equal memories make 3.5e38.
    const std::string memory(100, '+');
    const Scene scene = hand_scene(rows_of({memory, memory, memory}),
                                   rows_of({std::string(9, '-') + std::string(91, '+')}), {0});

    const Trajectory path = oracle_recall(scene, rectified_step(20), 0);

    EXPECT_EQ(path.counts.flags, flag::sum_overflow);
    EXPECT_EQ(path.counts.overflows, 9U); // wrong units: on 84, off 82
    EXPECT_EQ(path.counts.flips, 9U);
}

TEST(OracleUnderflow, EveryTermZeroAtVertexThousand) {
    Setting setting = rectified_step(1000);
    setting.formulation = Choice<Formulations>::of<Normalized>();

    const Trajectory path = oracle_recall(lone_memory(100, 10), setting, 0);

    EXPECT_EQ(flagged(path, flag::all_zero), 100U);
    EXPECT_EQ(path.counts.ties, 100U);
    EXPECT_EQ(path.counts.flags, flag::pow_underflow | flag::all_zero);
    EXPECT_EQ(path.stop, Stop::fixed_point); // as the tie rule `keep` has it
}

TEST(OracleUnderflow, BetaVanishesOrLosesDigits) {
    Setting setting = rectified_step(2);
    const Scene scene = lone_memory(10, 0);

    setting.beta = 1e-50;
    EXPECT_EQ(oracle_recall(scene, setting, 0).counts.flags, flag::beta_underflow);
    setting.beta = 1e-40;
    EXPECT_EQ(oracle_recall(scene, setting, 0).counts.flags, flag::beta_subnormal);
    setting.beta = 1e-30;
    EXPECT_EQ(oracle_recall(scene, setting, 0).counts.flags, 0);
}

TEST(OracleUnderflow, NeighbouringOverlapsRoundToOneNumber) {
    // bfloat16 counts in steps of 4 from 512: 598 rounds to 600.
    Setting setting = rectified_step(2);
    setting.precision = Choice<Precisions>::of<BFloat16>();

    const Trajectory path = oracle_recall(lone_memory(600, 0), setting, 0);

    EXPECT_EQ(path.counts.flags, flag::arg_absorb | flag::all_zero | flag::acc_stall);
    EXPECT_EQ(path.counts.ties, 600U);
}

TEST(OracleCounts, EveryFlagCountsItsDecisions) {
    // At 7 flips (see above): 93 right units overflow on one side, 7 wrong ones on both.
    const Trajectory path = oracle_recall(lone_memory(100, 7), rectified_step(20), 0);

    EXPECT_EQ(flagged(path, flag::pow_overflow), 100U);
    EXPECT_EQ(flagged(path, flag::benign_overflow), 93U);
    EXPECT_EQ(flagged(path, flag::nan_inf_minus_inf), 7U);
    EXPECT_EQ(flagged(path, flag::sum_overflow), 0U);
    EXPECT_EQ(flagged(path, flag::all_zero), 0U);
}

TEST(OracleLockStep, NaNIsNeitherFlipNorTie) {
    const Trajectory path = oracle_recall(lone_memory(100, 10), rectified_step(25), 0);

    EXPECT_EQ(path.counts.nans, 100U);
    EXPECT_EQ(path.counts.numerical_flips, 0U);
    EXPECT_EQ(path.counts.numerical_ties, 0U);
}

TEST(OracleLockStep, UnderflowMakesTies) {
    Setting setting = rectified_step(1000);
    setting.formulation = Choice<Formulations>::of<Normalized>();
    EXPECT_EQ(oracle_recall(lone_memory(100, 10), setting, 0).counts.numerical_ties, 100U);

    setting.update = Choice<Updates>::of<AsyncRandom>(); // 100 draws and 100 verified
    EXPECT_EQ(oracle_recall(lone_memory(100, 10), setting, 0).counts.numerical_ties, 200U);
}

TEST(OracleLockStep, ATieOfBothIsNoNumericalOne) {
    const Scene scene = hand_scene(rows_of({"---", "-++", "+-+", "++-"}), rows_of({"+++"}), {0});

    const Trajectory path = oracle_recall(scene, contrastive_polynomial(2), 0);

    EXPECT_GT(path.counts.ties, 0U);
    EXPECT_EQ(path.counts.numerical_ties, 0U);
}

TEST(OracleLockStep, CoarseOverlapsFlipAndTie) {
    // bfloat16, F(x) = x, unit 0 of 259: a memory with h_out = 258 says 260 - 256 = 4 instead of 2;
    // one that is opposed, with h_out = 0, says -2 in truth and in bfloat16.
    Setting setting = contrastive_polynomial(1);
    setting.precision = Choice<Precisions>::of<BFloat16>();
    setting.update = Choice<Updates>::of<OneShot>();
    const std::string like(259, '+');
    const std::string unlike(259, '-');
    const std::string opposed = "-" + std::string(129, '+') + std::string(129, '-');
    const std::string agreeing = "+" + std::string(129, '-') + std::string(129, '+');
    const auto counts = [&](const std::vector<std::string>& memories) {
        return oracle_recall(hand_scene(rows_of(memories), rows_of({like}), {0}), setting, 0)
            .counts;
    };

    // Units 0 and 130 ... 258: truly 2 - 2 = 0, decided as 4 - 2. Units 1 ... 129: both agree.
    EXPECT_EQ(counts({like, opposed}).numerical_flips, 130U);
    EXPECT_EQ(counts({like, opposed}).numerical_ties, 0U);
    EXPECT_EQ(counts({unlike, agreeing}).numerical_flips, 130U); // -4 + 2
    // Against two of them, decided as a tie: truly 2 - 4.
    EXPECT_EQ(counts({like, opposed, opposed}).numerical_flips, 0U);
    EXPECT_EQ(counts({like, opposed, opposed}).numerical_ties, 130U);
}

} // namespace
} // namespace basin
