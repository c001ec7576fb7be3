#include "models/masked.hpp"

#include <algorithm>
#include <cstring>
#include <immintrin.h>

namespace basin {

namespace {

using Sums = std::array<float, 4>;
using Columns = std::array<BitRow, 4>;

/// Words whose values are added up in line, before they join a total: fewer roundings in a row.
constexpr std::size_t stretch = 16;

/// Sum of the partial sums of all lanes, as a tree.
template <std::size_t Lanes>
float fold(std::array<float, Lanes>& lanes) {
    for (std::size_t half = Lanes / 2; half > 0; half /= 2)
        for (std::size_t j = 0; j < half; ++j)
            lanes[j] += lanes[j + half];
    return lanes[0];
}

float sum_baseline(const float* values, BitRow column) {
    std::array<float, 8> total{};
    for (std::size_t first = 0; first < column.size(); first += stretch) {
        std::array<float, 8> sum{};
        for (const Word bits : column.subspan(first, std::min(stretch, column.size() - first))) {
            for (std::size_t j = 0; j < 64; ++j) {
                // Picked by index: a branch would be mispredicted every other time.
                const std::array<float, 2> pick{0.0F, values[j]};
                sum[j % 8] += pick[(bits >> j) & 1U];
            }
            values += 64;
        }
        for (std::size_t j = 0; j < 8; ++j)
            total[j] += sum[j];
    }
    return fold(total);
}

/// Half a word of bits in every lane.
__attribute__((target("avx2"))) __m256i spread(const Word& word, std::size_t half) {
    std::int32_t bits = 0;
    std::memcpy(&bits, reinterpret_cast<const char*>(&word) + 4 * half, sizeof bits);
    return _mm256_set1_epi32(bits);
}

__attribute__((target("avx2"))) Sums sums_avx2(const float* values, const Columns& columns) {
    // A lane's bit, shifted into its sign, says whether the lane's value is taken.
    const __m256i to_sign[]{
        _mm256_setr_epi32(31, 30, 29, 28, 27, 26, 25, 24),
        _mm256_setr_epi32(23, 22, 21, 20, 19, 18, 17, 16),
        _mm256_setr_epi32(15, 14, 13, 12, 11, 10, 9, 8),
        _mm256_setr_epi32(7, 6, 5, 4, 3, 2, 1, 0),
    };
    __m256 nothing = _mm256_setzero_ps();
    asm(""
        : "+x"(nothing)); // unknown to the compiler, which makes two instructions of a blend with 0
    const std::size_t words = columns[0].size();
    __m256 total[]{nothing, nothing, nothing, nothing};
    for (std::size_t first = 0; first < words; first += stretch) {
        __m256 sum[]{nothing, nothing, nothing, nothing};
        const std::size_t last = std::min(words, first + stretch);
        for (std::size_t w = first; w < last; ++w) {
            for (std::size_t half = 0; half < 2; ++half) {
                __m256i bits[4];
                for (std::size_t c = 0; c < 4; ++c)
                    bits[c] = spread(columns[c][w], half);
                for (std::size_t part = 0; part < 4; ++part, values += 8) {
                    const __m256 value = _mm256_loadu_ps(values);
                    for (std::size_t c = 0; c < 4; ++c) {
                        const __m256i taken = _mm256_sllv_epi32(bits[c], to_sign[part]);
                        sum[c] = _mm256_add_ps(
                            sum[c], _mm256_blendv_ps(nothing, value, _mm256_castsi256_ps(taken)));
                    }
                }
            }
        }
        for (std::size_t c = 0; c < 4; ++c)
            total[c] = _mm256_add_ps(total[c], sum[c]);
    }
    Sums sums{};
    for (std::size_t c = 0; c < 4; ++c) {
        std::array<float, 8> lanes{};
        _mm256_storeu_ps(lanes.data(), total[c]);
        sums[c] = fold(lanes);
    }
    return sums;
}

__attribute__((target("avx512f"))) Sums sums_avx512(const float* values, const Columns& columns) {
    const __m512 nothing = _mm512_setzero_ps();
    const std::size_t words = columns[0].size();
    __m512 total[]{nothing, nothing, nothing, nothing};
    for (std::size_t first = 0; first < words; first += stretch) {
        __m512 sum[]{nothing, nothing, nothing, nothing};
        const std::size_t last = std::min(words, first + stretch);
        for (std::size_t w = first; w < last; ++w) {
            for (std::size_t part = 0; part < 4; ++part, values += 16) {
                const __m512 value = _mm512_loadu_ps(values);
                for (std::size_t c = 0; c < 4; ++c)
                    sum[c] = _mm512_mask_add_ps(
                        sum[c], static_cast<__mmask16>(columns[c][w] >> (16 * part)), sum[c],
                        value);
            }
        }
        for (std::size_t c = 0; c < 4; ++c)
            total[c] = _mm512_add_ps(total[c], sum[c]);
    }
    Sums sums{};
    for (std::size_t c = 0; c < 4; ++c) {
        std::array<float, 16> lanes{};
        _mm512_storeu_ps(lanes.data(), total[c]);
        sums[c] = fold(lanes);
    }
    return sums;
}

void step_baseline(std::uint32_t* counts, std::span<const Word> words, Word invert) {
    for (const Word word : words) {
        const Word bits = word ^ invert;
        for (std::size_t j = 0; j < 64; ++j)
            counts[j] += 1U - 2U * static_cast<std::uint32_t>((bits >> j) & 1U);
        counts += 64;
    }
}

__attribute__((target("avx2"))) void step_avx2(std::uint32_t* counts, std::span<const Word> words,
                                               Word invert) {
    const __m256i bit = _mm256_setr_epi32(1, 2, 4, 8, 16, 32, 64, 128);
    const __m256i one = _mm256_set1_epi32(1);
    for (const Word word : words) {
        const Word bits = word ^ invert;
        for (std::size_t part = 0; part < 8; ++part, counts += 8) {
            const auto byte = static_cast<int>((bits >> (8 * part)) & 0xFFU);
            const __m256i chosen = _mm256_and_si256(_mm256_set1_epi32(byte), bit);
            const __m256i minus = _mm256_cmpeq_epi32(chosen, bit); // -1 where the bit is set
            const __m256i step = _mm256_add_epi32(one, _mm256_add_epi32(minus, minus));
            auto* here = reinterpret_cast<__m256i*>(counts);
            _mm256_storeu_si256(here, _mm256_add_epi32(_mm256_loadu_si256(here), step));
        }
    }
}

__attribute__((target("avx512f"))) void step_avx512(std::uint32_t* counts,
                                                    std::span<const Word> words, Word invert) {
    const __m512i one = _mm512_set1_epi32(1);
    const __m512i minus_one = _mm512_set1_epi32(-1);
    for (const Word word : words) {
        const Word bits = word ^ invert;
        for (std::size_t part = 0; part < 4; ++part, counts += 16) {
            const auto mask = static_cast<__mmask16>(bits >> (16 * part));
            const __m512i step = _mm512_mask_mov_epi32(one, mask, minus_one);
            _mm512_storeu_si512(counts, _mm512_add_epi32(_mm512_loadu_si512(counts), step));
        }
    }
}

} // namespace

void masked_step(SimdPath path, std::span<std::uint32_t> counts, std::span<const Word> words,
                 Word invert) {
    switch (path) {
    case SimdPath::avx512:
        step_avx512(counts.data(), words, invert);
        return;
    case SimdPath::avx2:
        step_avx2(counts.data(), words, invert);
        return;
    case SimdPath::baseline:
        step_baseline(counts.data(), words, invert);
        return;
    }
}

std::array<float, 4> masked_sums(SimdPath path, std::span<const float> values,
                                 const std::array<BitRow, 4>& columns) {
    switch (path) {
    case SimdPath::avx512:
        return sums_avx512(values.data(), columns);
    case SimdPath::avx2:
        return sums_avx2(values.data(), columns);
    case SimdPath::baseline:
        break;
    }
    Sums sums{};
    for (std::size_t c = 0; c < 4; ++c)
        sums[c] = sum_baseline(values.data(), columns[c]);
    return sums;
}

} // namespace basin
