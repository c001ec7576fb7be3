// Every path that this machine has, against the plain loop in double.

#include "models/masked.hpp"
#include "models/random.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace basin {
namespace {

std::vector<SimdPath> paths() {
    std::vector<SimdPath> all{SimdPath::baseline};
    if (__builtin_cpu_supports("avx2")) all.push_back(SimdPath::avx2);
    if (__builtin_cpu_supports("avx512f")) all.push_back(SimdPath::avx512);
    return all;
}

struct Case {
    std::vector<float> values;
    std::vector<Word> words;
};

/// Values of very different size and both signs.
Case random_case(std::size_t words, std::uint64_t seed) {
    Stream stream(key_of("masked sum"), StreamRole::patterns, seed);
    Case random;
    for (std::size_t w = 0; w < words; ++w)
        random.words.push_back(stream.next());
    for (std::size_t i = 0; i < 64 * words; ++i) {
        const auto exponent = static_cast<int>(stream.below(40)) - 20;
        const auto mantissa = static_cast<float>(stream.below(1U << 24U)) - 0x1p23F;
        random.values.push_back(std::scalbn(mantissa, exponent));
    }
    return random;
}

TEST(MaskedSum, IsThePlainSumWithinItsBound) {
    for (const std::size_t words : {1U, 2U, 7U, 16U, 200U}) {
        const Case random = random_case(words, words);
        for (const Word invert : {Word{0}, ~Word{0}}) {
            double sum = 0.0;
            double magnitude = 0.0;
            for (std::size_t i = 0; i < random.values.size(); ++i) {
                magnitude += std::abs(double{random.values[i]});
                if (((random.words[i / 64] ^ invert) >> (i % 64)) & 1U)
                    sum += double{random.values[i]};
            }
            for (const SimdPath path : paths())
                EXPECT_NEAR(masked_sum(path, random.values, random.words, invert), sum,
                            masked_sum_error(words) * magnitude)
                    << name_of(path) << " " << words << " words";
        }
    }
}

TEST(MaskedSum, PicksEveryBitAlone) {
    std::vector<float> values(192);
    for (std::size_t i = 0; i < values.size(); ++i)
        values[i] = static_cast<float>(i + 1);
    for (std::size_t i = 0; i < values.size(); ++i) {
        std::vector<Word> words(3, 0);
        words[i / 64] = Word{1} << (i % 64);
        for (const SimdPath path : paths()) {
            EXPECT_EQ(masked_sum(path, values, words, 0), values[i]) << name_of(path);
            EXPECT_EQ(masked_sum(path, values, words, ~Word{0}), 192.0F * 193 / 2 - values[i])
                << name_of(path);
        }
    }
}

TEST(MaskedStep, GoesDownWhereTheBitIsSetAndUpElsewhere) {
    const Case random = random_case(3, 5);
    for (const Word invert : {Word{0}, ~Word{0}})
        for (const SimdPath path : paths()) {
            std::vector<std::uint32_t> counts(192, 1000);
            masked_step(path, counts, random.words, invert);
            for (std::size_t i = 0; i < counts.size(); ++i) {
                const bool set = ((random.words[i / 64] ^ invert) >> (i % 64)) & 1U;
                EXPECT_EQ(counts[i], set ? 999U : 1001U) << name_of(path) << " " << i;
            }
        }
}

TEST(MaskedSum, TheProcessTakesThePathItNames) {
    EXPECT_LE(simd_path(), paths().back());
    EXPECT_EQ(masked_sum(simd_path(), {}, {}, 0), 0.0F);
}

} // namespace
} // namespace basin
