#include "models/reference/oracle.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <string_view>

#include "support/hand_scene.hpp"
#include "support/hand_setting.hpp"

namespace basin {
namespace {

TEST(OracleExactPath, RecallsWhereNoFormatDoes) {
    Setting setting = rectified_step(1000);
    setting.precision = Choice<Precisions>::of<Exact>();
    setting.update = Choice<Updates>::of<AsyncPermutation>();

    for (const auto formulation :
         {Choice<Formulations>::of<Original>(), Choice<Formulations>::of<Normalized>()}) {
        setting.formulation = formulation;
        const Trajectory path = oracle_recall(lone_memory(100, 10), setting, 0);

        EXPECT_EQ(path.state, lone_memory(100, 0).cues.words);
        EXPECT_EQ(path.stop, Stop::fixed_point);
        EXPECT_EQ(path.counts.flips, 10U);
        EXPECT_EQ(path.counts.flags, 0);
        EXPECT_EQ(path.counts.numerical_flips, 0U);
        EXPECT_EQ(path.counts.numerical_ties, 0U);
    }
}

TEST(OracleExactPath, CountsItsTies) {
    Setting setting = contrastive_polynomial(2);
    setting.precision = Choice<Precisions>::of<Exact>();
    setting.update = Choice<Updates>::of<OneShot>();

    // "+-+-" shares two units with the memory: h_out = 1 or -1, h_on and h_off 2 and 0 or 0 and -2.
    const Trajectory moving =
        oracle_recall(hand_scene(rows_of({"++++"}), rows_of({"+-+-"}), {0}), setting, 0);
    // One of three agrees: the two others have h_on = 1 and h_off = -1.
    const Trajectory tied =
        oracle_recall(hand_scene(rows_of({"+++"}), rows_of({"+--"}), {0}), setting, 0);

    EXPECT_EQ(moving.counts.ties, 0U);
    EXPECT_EQ(tied.counts.ties, 2U);
    EXPECT_EQ(tied.counts.flags, flag::all_zero);
}

TEST(OraclePath, StopsAfterAQuietSweep) {
    const Scene scene = lone_memory(20, 3);
    for (const auto update :
         {Choice<Updates>::of<AsyncPermutation>(), Choice<Updates>::of<AsyncSequential>(),
          Choice<Updates>::of<Synchronous>()}) {
        Setting setting = rectified_step(3);
        setting.update = update;

        const Trajectory path = oracle_recall(scene, setting, 0);

        EXPECT_EQ(path.state, lone_memory(20, 0).cues.words);
        EXPECT_EQ(path.stop, Stop::fixed_point);
        EXPECT_EQ(path.sweeps, 2U);
        EXPECT_EQ(path.counts.decisions, 40U);
        EXPECT_EQ(path.counts.flips, 3U);
        EXPECT_EQ(path.counts.flags, 0);
    }
}

TEST(OraclePath, OneShotStopsAfterItsStep) {
    const Trajectory moved = oracle_recall(lone_memory(20, 3), rectified_step(3), 0);
    const Trajectory still = oracle_recall(lone_memory(20, 0), rectified_step(3), 0);

    EXPECT_EQ(moved.stop, Stop::max_sweeps);
    EXPECT_EQ(moved.counts.flips, 3U);
    EXPECT_EQ(moved.sweeps, 1U);
    EXPECT_EQ(still.stop, Stop::fixed_point);
}

TEST(OraclePath, RandomDrawsAreVerifiedUnitByUnit) {
    Setting setting = rectified_step(3);
    setting.update = Choice<Updates>::of<AsyncRandom>();

    const Trajectory still = oracle_recall(lone_memory(20, 0), setting, 0);
    const Trajectory moved = oracle_recall(lone_memory(20, 8), setting, 0);

    EXPECT_EQ(still.sweeps, 1U);
    EXPECT_EQ(still.counts.decisions, 40U); // 20 draws and 20 verified
    EXPECT_EQ(still.stop, Stop::fixed_point);
    EXPECT_EQ(moved.counts.flips, 8U);
    EXPECT_EQ(moved.stop, Stop::fixed_point);
    EXPECT_EQ(moved.counts.decisions % 20, 0U);
    EXPECT_GT(moved.counts.decisions, 20U * moved.sweeps); // at least the last one was verified
}

TEST(OraclePath, TheLimitStopsAPathThatStillMoves) {
    Setting setting = rectified_step(3);
    setting.update = Choice<Updates>::of<AsyncPermutation>();
    setting.max_sweeps = 1;

    const Trajectory path = oracle_recall(lone_memory(20, 3), setting, 0);

    EXPECT_EQ(path.stop, Stop::max_sweeps);
    EXPECT_EQ(path.sweeps, 1U);
}

TEST(OraclePath, SynchronousUnitsChaseEachOther) {
    // W = -1 between two units: from ++ both turn to --, and back.
    Setting setting = classical();
    setting.update = Choice<Updates>::of<Synchronous>();
    const Scene scene = hand_scene(rows_of({"+-"}), rows_of({"++"}), {0});

    const Trajectory path = oracle_recall(scene, setting, 0);

    EXPECT_EQ(path.stop, Stop::cycle2);
    EXPECT_EQ(path.period, 2U);
    EXPECT_EQ(path.sweeps, 2U);
    EXPECT_EQ(path.state, scene.cues.words);
}

TEST(OraclePath, ALongCycleIsFoundAtItsFirstReturn) {
    Setting setting = contrastive_polynomial(3);
    setting.rule = Choice<Rules>::of<Gradient>();
    setting.update = Choice<Updates>::of<Synchronous>();
    const Scene scene =
        hand_scene(rows_of({"-++--+-", "--+-+--", "++--+--", "---+--+", "--+-+++", "++-----"}),
                   rows_of({"-+-+++-"}), {0});
    const auto after = [&](std::uint32_t steps) {
        Setting limited = setting;
        limited.max_sweeps = steps;
        return oracle_recall(scene, limited, 0).state;
    };

    const Trajectory path = oracle_recall(scene, setting, 0);

    EXPECT_EQ(path.stop, Stop::cycle);
    EXPECT_EQ(path.period, 3U);
    EXPECT_EQ(path.sweeps, 7U);
    EXPECT_EQ(path.state, after(4));
    for (const std::uint32_t step : {1U, 2U, 3U, 5U, 6U})
        EXPECT_NE(path.state, after(step)) << step;
}

TEST(OraclePath, TiesFollowTheirRule) {
    // The other two units cancel: h without unit 0 is 0. Units 1 and 2 then follow it.
    const Scene scene = hand_scene(rows_of({"+++"}), rows_of({"-+-"}), {0});
    const auto tied_unit = [&](std::string_view rule) {
        Setting setting = classical();
        setting.update = Choice<Updates>::of<OneShot>();
        setting.tie = *Choice<Ties>::named(rule);
        const Trajectory path = oracle_recall(scene, setting, 0);
        EXPECT_EQ(path.counts.ties, 2U); // units 0 and 2; unit 1 sees two of -1
        return bit_at(path.state, 0);
    };

    EXPECT_FALSE(tied_unit("keep"));
    EXPECT_TRUE(tied_unit("plus"));
    EXPECT_FALSE(tied_unit("minus"));
    EXPECT_EQ(tied_unit("random"), tie_coin(scene.key, 0, 0, 0));
}

TEST(OraclePath, VerificationHasCoinsOfItsOwn) {
    // Quadratic XOR: every decision is a tie, so coins make the whole path.
    constexpr std::uint32_t dimension = 3;
    Setting setting = contrastive_polynomial(2);
    setting.update = Choice<Updates>::of<AsyncRandom>();
    setting.tie = Choice<Ties>::of<TieRandom>();
    setting.max_sweeps = 1000;
    const Scene scene = hand_scene(rows_of({"---", "-++", "+-+", "++-"}),
                                   rows_of({"+++", "+-+", "---"}), {0, 0, 0});
    for (std::uint32_t probe = 0; probe < 3; ++probe) {
        BitMatrix expected(1, dimension);
        for (std::uint32_t i = 0; i < dimension; ++i)
            set_bit(expected.row(0), i, bit_at(scene.cues.row(probe), i));
        std::uint32_t sweep = 0;
        std::uint64_t decisions = 0;
        for (bool moving = true; moving; ++sweep) {
            const auto order = update_order(setting.update, scene.key, probe, sweep, dimension);
            moving = false;
            for (std::uint32_t position = 0; position < dimension; ++position, ++decisions) {
                const bool coin = tie_coin(scene.key, probe, sweep, position);
                if (bit_at(expected.row(0), order[position]) != coin) moving = true;
                set_bit(expected.row(0), order[position], coin);
            }
            if (moving) continue;
            decisions += dimension;
            for (std::uint32_t i = 0; i < dimension; ++i)
                if (bit_at(expected.row(0), i) != tie_coin(scene.key, probe, sweep, dimension + i))
                    moving = true;
        }

        const Trajectory path = oracle_recall(scene, setting, probe);

        EXPECT_EQ(path.state, expected.words);
        EXPECT_EQ(path.sweeps, sweep);
        EXPECT_EQ(path.counts.decisions, decisions);
        EXPECT_EQ(path.counts.ties, decisions);
    }
}

TEST(OraclePath, ANaNIsNoFixedPoint) {
    Setting setting = rectified_step(25);
    setting.update = Choice<Updates>::of<AsyncPermutation>();

    const Trajectory path = oracle_recall(lone_memory(100, 10), setting, 0);

    EXPECT_EQ(path.stop, Stop::undecided);
    EXPECT_EQ(path.counts.nans, 100U);
    EXPECT_EQ(path.counts.flips, 0U);
}

} // namespace
} // namespace basin
