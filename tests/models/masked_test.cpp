// Every path that this machine has, against the plain loop in double.

#include "models/masked.hpp"
#include "models/random.hpp"

#include <gtest/gtest.h>

#include <array>
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

TEST(MaskedSums, ArePlainSumsWithinTheirBound) {
    for (const std::size_t words : {1U, 2U, 7U, 15U, 16U, 17U, 200U}) {
        const Case random = random_case(words, words);
        std::array<std::vector<Word>, 4> bits;
        for (std::size_t c = 0; c < 4; ++c)
            bits[c] = random_case(words, 1000 * c + words).words;
        for (const SimdPath path : paths()) {
            const auto sums =
                masked_sums(path, random.values, {bits[0], bits[1], bits[2], bits[3]});
            for (std::size_t c = 0; c < 4; ++c) {
                double sum = 0.0;
                double magnitude = 0.0;
                for (std::size_t i = 0; i < random.values.size(); ++i) {
                    magnitude += std::abs(double{random.values[i]});
                    if (bit_at(bits[c], i)) sum += double{random.values[i]};
                }
                EXPECT_NEAR(sums[c], sum, masked_sum_error(words) * magnitude)
                    << name_of(path) << " " << words << " words, column " << c;
            }
        }
    }
}

TEST(MaskedSums, PickEveryBitAlone) {
    std::vector<float> values(192);
    for (std::size_t i = 0; i < values.size(); ++i)
        values[i] = static_cast<float>(i + 1);
    const std::vector<Word> none(3, 0);
    const std::vector<Word> all(3, ~Word{0});
    for (std::size_t i = 0; i < values.size(); ++i) {
        std::vector<Word> one(3, 0);
        one[i / 64] = Word{1} << (i % 64);
        for (const SimdPath path : paths()) {
            constexpr float whole = 192.0F * 193 / 2;
            EXPECT_EQ(masked_sums(path, values, {one, none, all, one}),
                      (std::array{values[i], 0.0F, whole, values[i]}))
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

TEST(MaskedSums, TheProcessTakesThePathItNames) {
    EXPECT_LE(simd_path(), paths().back());
    EXPECT_EQ(masked_sums(simd_path(), {}, {}), (std::array{0.0F, 0.0F, 0.0F, 0.0F}));
}

} // namespace
} // namespace basin
