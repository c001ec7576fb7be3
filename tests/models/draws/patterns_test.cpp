// What the sources draw: shares (tolerance: support/shares.hpp), independence of order and size,
// rows chosen from banks, binarisation and refusals.

#include "models/base/errors.hpp"
#include "models/data/dataset.hpp"
#include "models/draws/patterns.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <array>
#include <numeric>
#include <set>

#include "support/shares.hpp"

namespace basin {
namespace {

template <class Source>
PatternSpec spec_of(std::uint32_t dimension, std::uint32_t pattern_count) {
    PatternSpec spec;
    spec.source = Choice<PatternSources>::of<Source>();
    spec.dimension = dimension;
    spec.pattern_count = pattern_count;
    spec.correlation = 0.6;
    spec.group_count = 3;
    spec.key = key_of("a scene");
    return spec;
}

std::size_t ones(const BitMatrix& patterns) {
    std::size_t total = 0;
    for (const Word word : patterns.words)
        total += static_cast<std::size_t>(std::popcount(word));
    return total;
}

BitRow row(const BitMatrix& patterns, std::size_t r) {
    return patterns.row(r);
}

// Generated sources -------------------------------------------------------------------------------

template <class Source>
class GeneratedSource : public testing::Test {};
using GeneratedSources = testing::Types<RandomBipolarSource, CorrelatedSource, HierarchicalSource>;
TYPED_TEST_SUITE(GeneratedSource, GeneratedSources);

TYPED_TEST(GeneratedSource, PatternsDoNotDependOnHowManyAreDrawn) {
    const auto few = draw_patterns(spec_of<TypeParam>(100, 4), nullptr);
    const auto many = draw_patterns(spec_of<TypeParam>(100, 50), nullptr);

    for (std::size_t mu = 0; mu < few.rows; ++mu)
        EXPECT_TRUE(std::ranges::equal(row(few, mu), row(many, mu))) << mu;
}

TYPED_TEST(GeneratedSource, PatternsAreAFunctionOfTheKey) {
    PatternSpec spec = spec_of<TypeParam>(100, 4);
    const auto patterns = draw_patterns(spec, nullptr);

    EXPECT_EQ(draw_patterns(spec, nullptr), patterns);
    spec.key = key_of("another scene");
    EXPECT_NE(draw_patterns(spec, nullptr), patterns);
}

TYPED_TEST(GeneratedSource, BitsBehindTheLastUnitAreZero) {
    for (const std::uint32_t dimension : {1U, 20U, 63U, 64U, 65U, 100U})
        for (const double bias : {0.0, 1.0}) {
            PatternSpec spec = spec_of<TypeParam>(dimension, 5);
            spec.bias = bias;

            const auto patterns = draw_patterns(spec, nullptr);

            ASSERT_EQ(patterns.rows, 5U);
            ASSERT_EQ(patterns.columns, dimension);
            const Word padding = dimension % 64 == 0 ? 0 : ~Word{0} << (dimension % 64);
            for (std::size_t mu = 0; mu < 5; ++mu)
                EXPECT_EQ(row(patterns, mu).back() & padding, 0U) << dimension;
        }
}

TYPED_TEST(GeneratedSource, UnitsAreFairWithoutBias) {
    // Units of the correlated sources share their prototype, so only different units count as
    // trials: one pattern of many units.
    const auto patterns = draw_patterns(spec_of<TypeParam>(40000, 1), nullptr);

    expect_share(ones(patterns), 40000, 0.5);
}

TEST(RandomBipolar, TakesTheWordsOfStreamMu) {
    const PatternSpec spec = spec_of<RandomBipolarSource>(100, 3);

    const auto patterns = draw_patterns(spec, nullptr);

    for (std::size_t mu = 0; mu < 3; ++mu) {
        Stream stream(spec.key, StreamRole::patterns, mu);
        EXPECT_EQ(row(patterns, mu)[0], stream.next());
        EXPECT_EQ(row(patterns, mu)[1], stream.next() & ((Word{1} << 36) - 1));
    }
}

TEST(RandomBipolar, IsPinned) {
    // The first pattern of this scene, as drawn once: results of users depend on it.
    const auto patterns = draw_patterns(spec_of<RandomBipolarSource>(64, 1), nullptr);

    EXPECT_EQ(fmt::format("{:016x}", patterns.words[0]), "813f88edd6f20062");
}

TEST(RandomBipolar, UnitsOfDifferentPatternsAreIndependent) {
    const auto patterns = draw_patterns(spec_of<RandomBipolarSource>(40000, 2), nullptr);

    expect_share(distance(row(patterns, 0), row(patterns, 1)), 40000, 0.5);
}

TEST(RandomBipolar, BiasIsTheMeanActivity) {
    for (const double bias : {-1.0, -0.5, 0.3, 1.0}) {
        PatternSpec spec = spec_of<RandomBipolarSource>(1000, 40);
        spec.bias = bias;

        const auto patterns = draw_patterns(spec, nullptr);

        expect_share(ones(patterns), 40000, (1 + bias) / 2);
    }
}

TEST(Correlated, UnitsAgreeWithThePrototypeAsAsked) {
    for (const double correlation : {0.0, 0.4, 1.0}) {
        PatternSpec spec = spec_of<CorrelatedSource>(10000, 4);
        spec.correlation = correlation;
        BitMatrix prototype(1, 10000);
        Stream stream(spec.key, StreamRole::patterns, std::uint64_t{1} << 32);
        fill_fair(stream, prototype.row(0), 10000);

        const auto patterns = draw_patterns(spec, nullptr);

        std::size_t differing = 0;
        for (std::size_t mu = 0; mu < 4; ++mu)
            differing += distance(row(patterns, mu), row(prototype, 0));
        expect_share(differing, 40000, (1 - correlation) / 2);
        // Two patterns agree when both or neither left the prototype: overlap correlation^2.
        expect_share(distance(row(patterns, 0), row(patterns, 1)), 10000,
                     (1 - correlation * correlation) / 2);
    }
}

TEST(Hierarchical, PatternsAreDealtToGroupsInTurn) {
    const auto patterns = draw_patterns(spec_of<HierarchicalSource>(10000, 7), nullptr);

    for (std::size_t a = 0; a < 7; ++a)
        for (std::size_t b = 0; b < a; ++b) {
            const double overlap = a % 3 == b % 3 ? 0.6 * 0.6 : 0.0;
            expect_share(distance(row(patterns, a), row(patterns, b)), 10000, (1 - overlap) / 2);
        }
}

TEST(Hierarchical, WithOneGroupIsCorrelated) {
    PatternSpec spec = spec_of<HierarchicalSource>(100, 7);
    spec.group_count = 1;

    EXPECT_EQ(draw_patterns(spec, nullptr),
              draw_patterns(spec_of<CorrelatedSource>(100, 7), nullptr));
}

TEST(Hierarchical, MayHaveMoreGroupsThanPatterns) {
    PatternSpec spec = spec_of<HierarchicalSource>(100, 2);
    spec.group_count = 4000000000U;

    EXPECT_EQ(draw_patterns(spec, nullptr).rows, 2U);
}

// File sources ------------------------------------------------------------------------------------

template <class Source>
class FileSource : public testing::Test {};
using FileSources =
    testing::Types<IdxSource, NpySource, Hdf5Source, Cifar10Source, ImageFolderSource>;
TYPED_TEST_SUITE(FileSource, FileSources);

/// Row r holds the bits of r as 0 and 255: rows are told apart after binarisation.
PatternBank numbered_bank(std::size_t count) {
    auto values = xt::xtensor<float, 2>::from_shape({count, 10});
    for (std::size_t r = 0; r < count; ++r)
        for (std::size_t i = 0; i < 10; ++i)
            values(r, i) = ((r >> i) & 1U) != 0 ? 255.0F : 0.0F;
    return make_bank(values, "numbers: 10 units");
}

std::vector<Word> sorted_words(BitMatrix patterns) {
    std::ranges::sort(patterns.words);
    return patterns.words;
}

TYPED_TEST(FileSource, TakesEveryRowOnceWhenAllAreAsked) {
    const PatternBank bank = numbered_bank(600);

    const auto patterns = draw_patterns(spec_of<TypeParam>(0, 600), &bank);

    ASSERT_EQ(patterns.columns, 10U);
    std::vector<Word> expected(600);
    std::iota(expected.begin(), expected.end(), Word{0});
    EXPECT_EQ(sorted_words(patterns), expected);
    EXPECT_NE(patterns.words, expected) << "rows are drawn, not taken from the front";
}

TYPED_TEST(FileSource, FewerRowsAreTheBeginningOfMore) {
    const PatternBank bank = numbered_bank(600);

    const auto few = draw_patterns(spec_of<TypeParam>(10, 2), &bank);
    const auto many = draw_patterns(spec_of<TypeParam>(10, 300), &bank);

    EXPECT_TRUE(std::equal(few.words.begin(), few.words.end(), many.words.begin()));
}

TYPED_TEST(FileSource, EveryRowIsEquallyLikely) {
    const PatternBank bank = numbered_bank(4);
    std::array<std::size_t, 4> hits{};
    PatternSpec spec = spec_of<TypeParam>(0, 1);
    for (int i = 0; i < 8000; ++i) {
        spec.key = key_of(fmt::format("scene {}", i));
        ++hits.at(draw_patterns(spec, &bank).words[0]);
    }

    for (const std::size_t count : hits)
        expect_share(count, 8000, 0.25);
}

std::string refusal(const PatternSpec& spec, const PatternBank* bank) {
    try {
        draw_patterns(spec, bank);
    } catch (const InputError& error) {
        return error.what();
    }
    return "accepted";
}

TYPED_TEST(FileSource, RefusesWhatTheFileCannotGive) {
    const PatternBank bank = numbered_bank(6);

    EXPECT_EQ(refusal(spec_of<TypeParam>(10, 7), &bank),
              "pattern_count is 7, but the file holds 6 patterns (numbers: 10 units)");
    EXPECT_EQ(refusal(spec_of<TypeParam>(11, 6), &bank),
              "dimension is 11, but the file's patterns have 10 units (numbers: 10 units); leave "
              "dimension at 0 to take the file's");
    EXPECT_EQ(refusal(spec_of<TypeParam>(10, 6), nullptr),
              fmt::format("source {} needs a pattern file and none was given", TypeParam::name));
    EXPECT_EQ(refusal(spec_of<TypeParam>(10, 6), &bank), "accepted");
}

struct BinarizeCase {
    Choice<Binarizations> binarize;
    double threshold;
    std::vector<float> values;
    Word expected;
};

TEST(Binarize, ComparesWithThresholdMeanOrMedian) {
    const auto above = Choice<Binarizations>::of<BinarizeAbove>();
    const auto mean = Choice<Binarizations>::of<BinarizeMean>();
    const auto median = Choice<Binarizations>::of<BinarizeMedian>();
    const std::vector<BinarizeCase> cases{
        {above, 127, {0, 127, 128, 255}, 0b1100},
        {above, -1, {-2, -1, 0, 1}, 0b1100},
        {above, 0.1, {0.1F, 0.2F, 0.0F}, 0b010}, // float32 0.1 does not exceed 0.1
        {mean, 0, {0, 0, 0, 4}, 0b1000},
        {mean, 0, {0, 2, 1}, 0b010},
        {mean, 0, {0.1F, 0.1F, 0.1F}, 0b000},
        {median, 0, {0, 0, 100, 3}, 0b1100},   // between 0 and 3
        {median, 0, {5, 100, 0}, 0b010},       // 5
        {median, 0, {-1, -3, -3, -3}, 0b0001}, // -3
        {median, 0, {7}, 0b0},
    };
    for (std::size_t i = 0; i < cases.size(); ++i) {
        const BinarizeCase& example = cases[i];
        auto values = xt::xtensor<float, 2>::from_shape({1, example.values.size()});
        std::ranges::copy(example.values, values.data());
        const PatternBank bank = make_bank(values, "one pattern");
        PatternSpec spec = spec_of<IdxSource>(0, 1);
        spec.binarize = example.binarize;
        spec.threshold = example.threshold;

        EXPECT_EQ(draw_patterns(spec, &bank).words, std::vector<Word>{example.expected})
            << "case " << i;
    }
}

// Duplicates --------------------------------------------------------------------------------------

TEST(CountDuplicates, CountsRowsThatEqualAnEarlierOne) {
    BitMatrix patterns(6, 70); // rows 0 1 0 0 1 2, told apart by the second word only
    for (const std::size_t r : {1U, 4U})
        set_bit(patterns.row(r), 69, true);
    set_bit(patterns.row(5), 68, true);

    EXPECT_EQ(count_duplicates(patterns), 3U);
    EXPECT_EQ(count_duplicates(BitMatrix(1, 70)), 0U);
    EXPECT_EQ(count_duplicates(BitMatrix(5, 70)), 4U);
}

RC_GTEST_PROP(CountDuplicates, IsRowsLessDistinctRows, (std::uint64_t seed)) {
    const auto rows = *rc::gen::inRange<std::uint32_t>(1, 60);
    PatternSpec spec = spec_of<RandomBipolarSource>(*rc::gen::inRange<std::uint32_t>(1, 7), rows);
    spec.key.low = seed;
    const auto patterns = draw_patterns(spec, nullptr);

    const std::set<Word> distinct(patterns.words.begin(), patterns.words.end());

    RC_ASSERT(count_duplicates(patterns) == rows - distinct.size());
}

} // namespace
} // namespace basin
