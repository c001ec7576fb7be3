// Every path that this machine has, against plain loops: whole numbers, so equal and not near.

#include "models/base/bits.hpp"
#include "models/base/random.hpp"
#include "models/bipolar/loops/byte_loops.hpp"

#include <gtest/gtest.h>

#include <array>
#include <vector>

namespace basin {
namespace {

using Bytes = std::vector<std::uint8_t>;

std::vector<SimdPath> paths() {
    std::vector<SimdPath> all{SimdPath::baseline};
    if (offered_simd_path() >= SimdPath::avx2) all.push_back(SimdPath::avx2);
    if (offered_simd_path() >= SimdPath::avx512) all.push_back(SimdPath::avx512);
    return all;
}

bool is_set(const std::vector<Word>& words, std::size_t i) {
    return (words[i / 64] >> (i % 64)) & 1U;
}

/// Words 16, 32 and 33 are where sums of 16 bits are widened.
class AnyLength : public testing::TestWithParam<std::size_t> {
protected:
    std::vector<Word> random_words() {
        std::vector<Word> words(GetParam());
        for (Word& word : words)
            word = stream_.next();
        return words;
    }

    Bytes random_bytes() {
        Bytes bytes(64 * GetParam());
        for (std::uint8_t& byte : bytes)
            byte = static_cast<std::uint8_t>(stream_.below(256));
        return bytes;
    }

    Stream stream_{key_of("byte loops"), StreamRole::patterns, GetParam()};
};

TEST_P(AnyLength, StepsGoDownWhereTheBitIsSetAndUpElsewhere) {
    const std::vector<Word> column = random_words();
    const Bytes before = random_bytes();
    for (const Word invert : {Word{0}, ~Word{0}})
        for (const SimdPath path : paths()) {
            Bytes counts = before;
            std::vector<std::uint32_t> wide(before.begin(), before.end());
            loops_of(path).step(counts.data(), column.data(), column.size(), invert);
            loops_of(path).step_wide(wide.data(), column.data(), column.size(), invert);
            for (std::size_t i = 0; i < counts.size(); ++i) {
                const bool down = is_set(column, i) != (invert != 0);
                const std::uint32_t after = before[i] + (down ? ~std::uint32_t{0} : 1U);
                ASSERT_EQ(counts[i], static_cast<std::uint8_t>(after)) << name_of(path) << i;
                ASSERT_EQ(wide[i], after) << name_of(path) << i;
            }
        }
}

TEST_P(AnyLength, SumsAreThoseOfTheSetBits) {
    std::array<std::vector<Word>, 4> columns;
    for (auto& column : columns)
        column = random_words();
    columns[3].assign(GetParam(), ~Word{0});
    Bytes high = random_bytes();
    const Bytes middle(high.size(), 255); // the largest sums there are
    for (int round = 0; round < 2; ++round, high = middle)
        for (const SimdPath path : paths()) {
            const Word* const starts[]{columns[0].data(), columns[1].data(), columns[2].data(),
                                       columns[3].data()};
            std::array<std::uint64_t, 4> sums{};
            loops_of(path).sums(high.data(), middle.data(), starts, GetParam(), sums.data());
            for (std::size_t c = 0; c < 4; ++c) {
                std::uint64_t of_high = 0;
                std::uint64_t of_middle = 0;
                for (std::size_t i = 0; i < high.size(); ++i) {
                    of_high += is_set(columns[c], i) ? high[i] : 0U;
                    of_middle += is_set(columns[c], i) ? middle[i] : 0U;
                }
                EXPECT_EQ(sums[c], 256 * of_high + of_middle) << name_of(path) << " column " << c;
                EXPECT_EQ(loops_of(path).sum(high.data(), starts[c], GetParam()), of_high)
                    << name_of(path) << " column " << c;
            }
        }
}

TEST_P(AnyLength, WhatIsLookedUpIsTheTablesByteOrZero) {
    const Word valid = ~Word{0} >> 27U;
    for (const std::size_t entries : {1U, 15U, 16U, 17U, 64U, 100U, 127U}) {
        ByteTables tables;
        tables.first = static_cast<std::uint8_t>(stream_.below(256 - entries));
        tables.entries = entries;
        for (auto& table : tables.bytes)
            for (std::size_t e = 0; e < entries; ++e)
                table[e] = static_cast<std::uint8_t>(stream_.below(256));
        const Bytes counts = random_bytes();
        for (const SimdPath path : paths()) {
            std::array<Bytes, 3> planes;
            planes.fill(Bytes(counts.size(), 99));
            std::uint8_t* const starts[]{planes[0].data(), planes[1].data(), planes[2].data()};
            std::array<std::uint64_t, 6> totals{};
            loops_of(path).look_up(counts.data(), GetParam(), valid, tables, starts, totals.data());
            for (std::size_t j = 0; j < 6; ++j) {
                std::uint64_t total = 0;
                for (std::size_t i = 0; i < counts.size(); ++i) {
                    const bool known = counts[i] >= tables.first &&
                                       counts[i] < tables.first + entries &&
                                       (i / 64 + 1 < GetParam() || ((valid >> (i % 64)) & 1U));
                    const std::uint8_t byte =
                        known ? tables.bytes[j][counts[i] - tables.first] : std::uint8_t{0};
                    if (j < 3) {
                        ASSERT_EQ(planes[j][i], byte) << name_of(path) << " entry " << i;
                    }
                    total += byte;
                }
                EXPECT_EQ(totals[j], total) << name_of(path) << " byte " << j;
            }
        }
    }
}

TEST_P(AnyLength, CountsAreCounted) {
    const Word valid = ~Word{0} >> 5U;
    for (const std::size_t entries : {1U, 7U, 8U, 9U, 45U, 64U, 65U, 128U}) {
        const auto first = static_cast<std::uint8_t>(stream_.below(256 - entries));
        Bytes counts(64 * GetParam());
        std::vector<std::uint32_t> truth(entries, 0);
        for (std::size_t i = 0; i < counts.size(); ++i) {
            const std::size_t bin = stream_.below(entries);
            counts[i] = static_cast<std::uint8_t>(first + bin);
            if (i / 64 + 1 < GetParam() || ((valid >> (i % 64)) & 1U)) ++truth[bin];
        }
        for (const SimdPath path : paths()) {
            if (!loops_of(path).count) continue;
            std::vector<std::uint32_t> bins(128, 99);
            loops_of(path).count(counts.data(), GetParam(), valid, first, entries, bins.data());
            bins.resize(entries);
            EXPECT_EQ(bins, truth) << name_of(path) << " entries " << entries;
        }
    }
}

INSTANTIATE_TEST_SUITE_P(ByteLoops, AnyLength,
                         testing::Values(1, 2, 7, 15, 16, 17, 31, 32, 33, 157));

TEST(ByteLoops, TheProcessTakesAPathThatTheMachineHas) {
    EXPECT_LE(simd_path(), offered_simd_path());
}

} // namespace
} // namespace basin
