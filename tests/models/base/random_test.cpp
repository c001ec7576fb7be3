// Streams: the very words, what is made of them, and that it is unbiased (support/shares.hpp).

#include "models/base/bits.hpp"
#include "models/base/random.hpp"

#include <Random123/threefry.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <array>
#include <map>
#include <numeric>

#include "support/shares.hpp"

namespace basin {
namespace {

constexpr Key some_key{.high = 0x0123456789abcdef, .low = 0xfedcba9876543210};

Stream some_stream(std::uint64_t first = 0) {
    return {some_key, StreamRole::patterns, first};
}

std::vector<std::uint64_t> next_words(Stream& stream, std::size_t count) {
    std::vector<std::uint64_t> words(count);
    for (std::uint64_t& word : words)
        word = stream.next();
    return words;
}

TEST(Stream, GivesThePublishedThreefryVector) {
    // threefry4x64, 20 rounds, key and counter 0: kat_vectors of Random123 1.14.
    Stream stream(Key{}, StreamRole{0});

    const auto words = next_words(stream, 4);

    EXPECT_EQ(words, (std::vector<std::uint64_t>{0x09218ebde6c85537, 0x55941f5266d86105,
                                                 0x4bd25e16282434dc, 0xee29ec846bd2e40b}));
}

TEST(Stream, IsThreefryOfKeyAndRoleCountedInBlocks) {
    Stream stream(some_key, StreamRole::cues, 7, 9);

    const auto words = next_words(stream, 12);

    r123::Threefry4x64 threefry;
    const r123::Threefry4x64::key_type key{{some_key.high, some_key.low, 2, 0}};
    for (std::size_t block = 0; block < 3; ++block) {
        const auto expected = threefry({{block, 7, 9, 0}}, key);
        for (unsigned i = 0; i < 4; ++i)
            EXPECT_EQ(words[block * 4 + i], expected[i]);
    }
}

TEST(Stream, RolesAndIndicesNeverMeet) {
    std::map<std::uint64_t, int> first_words;
    for (const auto role :
         {StreamRole::patterns, StreamRole::cues, StreamRole::update_order, StreamRole::ties})
        for (std::uint64_t first : {0U, 1U, 2U})
            for (std::uint64_t second : {0U, 1U, 2U})
                ++first_words[Stream(some_key, role, first, second).next()];

    EXPECT_EQ(first_words.size(), 4U * 3 * 3);
}

TEST(Stream, BelowOneIsZero) {
    Stream stream = some_stream();
    for (int i = 0; i < 100; ++i)
        EXPECT_EQ(stream.below(1), 0U);
}

TEST(Stream, BelowIsUniform) {
    constexpr std::size_t trials = 70000;
    std::array<std::size_t, 7> hits{};
    Stream stream = some_stream();

    for (std::size_t i = 0; i < trials; ++i)
        ++hits.at(stream.below(7));

    for (const std::size_t count : hits)
        expect_share(count, trials, 1.0 / 7);
}

TEST(Stream, BelowIsUnbiasedForBoundsNearTheWordSize) {
    // 2^64 / bound = 4/3: without rejection, half of the values would be multiples of 3.
    constexpr std::uint64_t bound = std::uint64_t{3} << 62;
    constexpr std::size_t trials = 30000;
    std::size_t multiples = 0;
    Stream stream = some_stream();

    for (std::size_t i = 0; i < trials; ++i) {
        const std::uint64_t value = stream.below(bound);
        ASSERT_LT(value, bound);
        multiples += value % 3 == 0;
    }

    expect_share(multiples, trials, 1.0 / 3);
}

TEST(Stream, UniformFillsTheUnitInterval) {
    constexpr std::size_t trials = 40000;
    std::array<std::size_t, 4> quarters{};
    Stream stream = some_stream();

    for (std::size_t i = 0; i < trials; ++i) {
        const double value = stream.uniform();
        ASSERT_GE(value, 0.0);
        ASSERT_LT(value, 1.0);
        ++quarters.at(static_cast<std::size_t>(value * 4));
    }

    for (const std::size_t count : quarters)
        expect_share(count, trials, 0.25);
}

TEST(Stream, BernoulliHasItsProbabilityAndKeepsTheEnds) {
    constexpr std::size_t trials = 40000;
    std::size_t hits = 0;
    Stream stream = some_stream();

    for (std::size_t i = 0; i < trials; ++i) {
        hits += stream.bernoulli(0.3);
        ASSERT_FALSE(stream.bernoulli(0.0));
        ASSERT_TRUE(stream.bernoulli(1.0));
    }

    expect_share(hits, trials, 0.3);
}

TEST(Permutation, AllOrdersAreEquallyLikely) {
    constexpr std::size_t trials = 24000;
    std::map<std::vector<std::uint32_t>, std::size_t> orders;
    Stream stream = some_stream();

    for (std::size_t i = 0; i < trials; ++i)
        ++orders[permutation(stream, 4)];

    ASSERT_EQ(orders.size(), 24U);
    for (const auto& [order, count] : orders)
        expect_share(count, trials, 1.0 / 24);
}

RC_GTEST_PROP(Permutation, HoldsEveryNumberOnce, (std::uint64_t first)) {
    const auto count = *rc::gen::inRange<std::uint32_t>(0, 300);
    Stream stream = some_stream(first);

    auto order = permutation(stream, count);

    std::vector<std::uint32_t> expected(count);
    std::iota(expected.begin(), expected.end(), 0U);
    std::ranges::sort(order);
    RC_ASSERT(order == expected);
}

RC_GTEST_PROP(Sample, IsDistinctAndASmallerOneBeginsALarger, (std::uint64_t first)) {
    const auto bound = *rc::gen::inRange<std::uint32_t>(1, 3000);
    const auto large = *rc::gen::inRange<std::uint32_t>(0, bound + 1);
    const auto small = *rc::gen::inRange<std::uint32_t>(0, large + 1);
    Stream stream = some_stream(first);
    Stream same = some_stream(first);

    const auto many = sample(stream, large, bound);
    const auto few = sample(same, small, bound);

    RC_ASSERT(few.size() == small);
    RC_ASSERT(std::equal(few.begin(), few.end(), many.begin()));
    auto sorted = many;
    std::ranges::sort(sorted);
    const bool distinct = std::ranges::adjacent_find(sorted) == sorted.end();
    const bool below = sorted.empty() || sorted.back() < bound;
    RC_ASSERT(distinct);
    RC_ASSERT(below);
}

TEST(Sample, OfFewFromManyDrawsWhatAFullPoolDraws) {
    // The smaller sample is just small enough to do without a pool. In a few of these streams a
    // place is moved twice, which single streams nearly never show.
    constexpr std::uint32_t bound = 256'000;
    constexpr std::uint32_t pooled = bound / 256;
    for (std::uint64_t first = 0; first < 2000; ++first) {
        Stream stream = some_stream(first);
        Stream same = some_stream(first);

        const auto without_pool = sample(stream, pooled - 1, bound);

        const auto with_pool = sample(same, pooled, bound);
        ASSERT_TRUE(std::equal(without_pool.begin(), without_pool.end(), with_pool.begin()))
            << "stream " << first;
    }
}

TEST(FillFair, TakesWholeWordsAndPadsWithZeros) {
    for (const std::size_t count : {1U, 63U, 64U, 65U, 100U, 128U}) {
        std::vector<std::uint64_t> words(words_for(count), ~std::uint64_t{0});
        Stream stream = some_stream();
        Stream same = some_stream();

        fill_fair(stream, words, count);

        for (std::size_t i = 0; i < words.size(); ++i) {
            const std::size_t bits = std::min<std::size_t>(64, count - i * 64);
            const std::uint64_t mask = ~std::uint64_t{0} >> (64 - bits);
            EXPECT_EQ(words[i], same.next() & mask);
        }
    }
}

TEST(FillBernoulli, HasItsProbabilityAndPadsWithZeros) {
    constexpr std::size_t count = 10001;
    std::vector<std::uint64_t> words(words_for(count), ~std::uint64_t{0});
    Stream stream = some_stream();

    fill_bernoulli(stream, words, count, 0.2);

    std::size_t ones = 0;
    for (std::size_t i = 0; i < count; ++i)
        ones += bit_at(words, i);
    expect_share(ones, count, 0.2);
    EXPECT_EQ(words.back() >> (count % 64), 0U);
}

} // namespace
} // namespace basin
