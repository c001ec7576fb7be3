// How memories become cues: exact counts are properties, shares are held to 5 sigma
// (support/shares.hpp).

#include "models/draws/cues.hpp"
#include "models/draws/patterns.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>

#include "support/shares.hpp"

namespace basin {
namespace {

BitMatrix some_memories(std::uint32_t dimension, std::uint32_t pattern_count) {
    PatternSpec spec;
    spec.dimension = dimension;
    spec.pattern_count = pattern_count;
    spec.key = key_of("memories");
    return draw_patterns(spec, nullptr);
}

CueSpec spec_of(std::string_view corruption, double cue_level, std::uint32_t probe_count) {
    return {.corruption = Choice<Corruptions>::named(corruption).value(),
            .cue_level = cue_level,
            .cue_count = {},
            .probe_count = probe_count,
            .key = key_of("cues")};
}

CueSpec bernoulli(CueSpec spec) {
    spec.cue_count = Choice<CueCounts>::of<BernoulliCount>();
    return spec;
}

/// Units in which probe p differs from memory p mod K.
std::uint32_t changes(const Cues& cues, const BitMatrix& memories, std::size_t p) {
    const BitMatrix& states = cues.states;
    return distance(states.row(p), memories.row(p % memories.rows));
}

std::size_t all_changes(const Cues& cues, const BitMatrix& memories) {
    std::size_t total = 0;
    for (std::size_t p = 0; p < cues.states.rows; ++p)
        total += changes(cues, memories, p);
    return total;
}

class EveryCorruption : public testing::TestWithParam<std::string_view> {};
/// Those that are defined for bipolar memories.
std::vector<std::string_view> bipolar_corruptions() {
    std::vector<std::string_view> names;
    for (std::size_t c = 0; c < Corruptions::size; ++c)
        if (Corruptions::visit(c, [](auto corruption) { return corruption.on_bipolar; }))
            names.push_back(Corruptions::names[c]);
    return names;
}

INSTANTIATE_TEST_SUITE_P(Cues, EveryCorruption, testing::ValuesIn(bipolar_corruptions()),
                         [](const auto& tested) { return std::string(tested.param); });

TEST_P(EveryCorruption, StartsProbesFromMemoriesInTurn) {
    const BitMatrix memories = some_memories(100, 3);

    const Cues cues = draw_cues(spec_of(GetParam(), 0.1, 7), memories);

    ASSERT_EQ(cues.states.rows, 7U);
    ASSERT_EQ(cues.states.columns, 100U);
    const bool aimless = GetParam() == RandomStart::name;
    EXPECT_EQ(cues.targets, aimless ? std::vector<std::int32_t>(7, -1)
                                    : std::vector<std::int32_t>({0, 1, 2, 0, 1, 2, 0}));
}

TEST_P(EveryCorruption, ProbesDoNotDependOnHowManyThereAre) {
    const BitMatrix memories = some_memories(100, 3);

    const Cues few = draw_cues(spec_of(GetParam(), 0.3, 4), memories);
    const Cues many = draw_cues(spec_of(GetParam(), 0.3, 40), memories);

    EXPECT_TRUE(
        std::equal(few.states.words.begin(), few.states.words.end(), many.states.words.begin()));
}

TEST_P(EveryCorruption, LeavesBitsBehindTheLastUnitZero) {
    for (const std::uint32_t dimension : {1U, 63U, 64U, 65U, 100U}) {
        const BitMatrix memories = some_memories(dimension, 2);
        for (const CueSpec& spec :
             {spec_of(GetParam(), 1.0, 9), bernoulli(spec_of(GetParam(), 1.0, 9))}) {
            const Cues cues = draw_cues(spec, memories);

            const Word padding = dimension % 64 == 0 ? 0 : ~Word{0} << (dimension % 64);
            for (std::size_t p = 0; p < 9; ++p)
                EXPECT_EQ(cues.states.row(p).back() & padding, 0U) << dimension;
        }
    }
}

TEST_P(EveryCorruption, AtLevelZeroIsTheMemoryUnlessRandom) {
    const BitMatrix memories = some_memories(100, 3);

    for (const CueSpec& spec :
         {spec_of(GetParam(), 0.0, 6), bernoulli(spec_of(GetParam(), 0.0, 6))}) {
        const std::size_t changed = all_changes(draw_cues(spec, memories), memories);

        if (GetParam() == RandomStart::name)
            expect_share(changed, 600, 0.5);
        else
            EXPECT_EQ(changed, 0U);
    }
}

TEST(NoCorruption, IgnoresTheLevel) {
    const BitMatrix memories = some_memories(100, 3);

    EXPECT_EQ(all_changes(draw_cues(spec_of("none", 0.9, 6), memories), memories), 0U);
}

RC_GTEST_PROP(Flip, ExactFlipsTheRoundedShareOfTheUnits, (std::uint64_t key)) {
    const auto dimension = *rc::gen::inRange<std::uint32_t>(1, 300);
    const double level = *rc::gen::inRange(0, 1001) / 1000.0;
    const BitMatrix memories = some_memories(dimension, 3);
    CueSpec spec = spec_of("flip", level, 5);
    spec.key.low = key;

    const Cues cues = draw_cues(spec, memories);

    const auto expected = static_cast<std::uint32_t>(std::floor(level * dimension + 0.5));
    for (std::size_t p = 0; p < 5; ++p)
        RC_ASSERT(changes(cues, memories, p) == expected);
}

TEST(Flip, RoundsHalvesUp) {
    const BitMatrix memories = some_memories(10, 1);

    EXPECT_EQ(changes(draw_cues(spec_of("flip", 0.25, 1), memories), memories, 0), 3U);
    EXPECT_EQ(changes(draw_cues(spec_of("flip", 0.24, 1), memories), memories, 0), 2U);
    EXPECT_EQ(changes(draw_cues(spec_of("flip", 1.0, 1), memories), memories, 0), 10U);
}

TEST(Flip, TouchesEveryUnitEquallyOften) {
    constexpr std::uint32_t probes = 20000;
    const BitMatrix memories = some_memories(10, 1);
    for (const CueSpec& spec :
         {spec_of("flip", 0.3, probes), bernoulli(spec_of("flip", 0.3, probes))}) {
        const Cues cues = draw_cues(spec, memories);

        for (std::size_t i = 0; i < 10; ++i) {
            std::size_t flipped = 0;
            for (std::size_t p = 0; p < probes; ++p)
                flipped += bit_at(cues.states.row(p), i) != bit_at(memories.row(0), i);
            expect_share(flipped, probes, 0.3);
        }
    }
}

TEST(Flip, BernoulliCountsVaryAsABinomial) {
    constexpr std::uint32_t probes = 20000;
    const BitMatrix memories = some_memories(10, 1);

    const Cues cues = draw_cues(bernoulli(spec_of("flip", 0.3, probes)), memories);

    std::size_t untouched = 0;
    for (std::size_t p = 0; p < probes; ++p)
        untouched += changes(cues, memories, p) == 0;
    expect_share(untouched, probes, std::pow(0.7, 10));
}

TEST(Mask, ReplacesTheShareByFairValues) {
    // A unit changes when it is touched and the fair value differs: level / 2.
    constexpr std::uint32_t probes = 200;
    const BitMatrix memories = some_memories(100, 4);
    for (const double level : {0.4, 1.0}) {
        const Cues drawn = draw_cues(bernoulli(spec_of("mask", level, probes)), memories);
        expect_share(all_changes(drawn, memories), probes * 100, level / 2);

        const Cues exact = draw_cues(spec_of("mask", level, probes), memories);
        expect_share(all_changes(exact, memories), probes * 100, level / 2);
        for (std::size_t p = 0; p < probes; ++p)
            EXPECT_LE(changes(exact, memories, p), static_cast<std::uint32_t>(level * 100));
    }
}

TEST(Mask, PutsInFairValuesWhateverTheMemoryIs) {
    constexpr std::uint32_t probes = 200;
    for (const bool unit : {false, true}) {
        BitMatrix memories(1, 100);
        for (std::size_t i = 0; i < 100; ++i)
            set_bit(memories.row(0), i, unit);

        const Cues cues = draw_cues(spec_of("mask", 0.4, probes), memories);

        expect_share(all_changes(cues, memories), probes * 100, 0.2);
    }
}

TEST(Mask, TouchesTheUnitsThatFlipWouldFlip) {
    const BitMatrix memories = some_memories(100, 4);
    const Cues flipped = draw_cues(spec_of("flip", 0.2, 40), memories);
    const Cues masked = draw_cues(spec_of("mask", 0.2, 40), memories);

    for (std::size_t p = 0; p < 40; ++p)
        for (std::size_t i = 0; i < 100; ++i) {
            const bool memory = bit_at(memories.row(p % 4), i);
            const bool mask_changed = bit_at(masked.states.row(p), i) != memory;
            const bool flip_changed = bit_at(flipped.states.row(p), i) != memory;
            EXPECT_LE(mask_changed, flip_changed) << "probe " << p << ", unit " << i;
        }
}

RC_GTEST_PROP(Erase, ClearsTheEndAndKeepsTheRest, (std::uint64_t key)) {
    const auto dimension = *rc::gen::inRange<std::uint32_t>(1, 200);
    const double level = *rc::gen::inRange(0, 101) / 100.0;
    const BitMatrix memories = some_memories(dimension, 2);
    CueSpec spec = spec_of("erase", level, 3);
    spec.key.low = key;

    const Cues cues = draw_cues(spec, memories);

    const auto erased = static_cast<std::size_t>(std::floor(level * dimension + 0.5));
    for (std::size_t p = 0; p < 3; ++p)
        for (std::size_t i = 0; i < dimension; ++i) {
            const bool kept = i < dimension - erased;
            RC_ASSERT(bit_at(cues.states.row(p), i) == (kept && bit_at(memories.row(p % 2), i)));
        }
}

TEST(RandomStartCue, IsFairWhateverTheMemoryIs) {
    BitMatrix memories(1, 100); // all -1
    const Cues cues = draw_cues(spec_of("random_start", 0.0, 200), memories);

    expect_share(all_changes(cues, memories), 20000, 0.5);
}

TEST(RandomStartCue, TakesTheWordsOfStreamP) {
    const CueSpec spec = spec_of("random_start", 0.0, 3);

    const Cues cues = draw_cues(spec, BitMatrix(1, 128));

    for (std::size_t p = 0; p < 3; ++p) {
        Stream stream(spec.key, StreamRole::cues, p);
        EXPECT_EQ(cues.states.words[2 * p], stream.next());
        EXPECT_EQ(cues.states.words[2 * p + 1], stream.next());
    }
}

} // namespace
} // namespace basin
