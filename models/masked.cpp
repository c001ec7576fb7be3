#include "models/masked.hpp"

#include <fmt/format.h>

#include <array>
#include <cstdlib>
#include <immintrin.h>

namespace basin {

namespace {

/// Sum of 64 partial sums, as a tree.
float fold(std::array<float, 64>& partial) {
    for (std::size_t half = 32; half > 0; half /= 2)
        for (std::size_t j = 0; j < half; ++j)
            partial[j] += partial[j + half];
    return partial[0];
}

float sum_baseline(const float* values, std::span<const Word> words, Word invert) {
    std::array<float, 64> partial{};
    for (const Word word : words) {
        const Word bits = word ^ invert;
        for (std::size_t j = 0; j < 64; ++j) {
            // Picked by index: a branch would be mispredicted every other time.
            const std::array<float, 2> pick{0.0F, values[j]};
            partial[j] += pick[(bits >> j) & 1U];
        }
        values += 64;
    }
    return fold(partial);
}

__attribute__((target("avx2"))) float sum_avx2(const float* values, std::span<const Word> words,
                                               Word invert) {
    // Bit j of a byte, spread over 8 lanes and compared with itself, makes a mask.
    const __m256i bit = _mm256_setr_epi32(1, 2, 4, 8, 16, 32, 64, 128);
    std::array<float, 64> partial{};
    for (const Word word : words) {
        const Word bits = word ^ invert;
        for (std::size_t part = 0; part < 8; ++part) {
            const auto byte = static_cast<int>((bits >> (8 * part)) & 0xFFU);
            const __m256i chosen = _mm256_and_si256(_mm256_set1_epi32(byte), bit);
            const __m256 mask = _mm256_castsi256_ps(_mm256_cmpeq_epi32(chosen, bit));
            const __m256 picked = _mm256_and_ps(mask, _mm256_loadu_ps(values + 8 * part));
            float* sum = partial.data() + 8 * part;
            _mm256_storeu_ps(sum, _mm256_add_ps(_mm256_loadu_ps(sum), picked));
        }
        values += 64;
    }
    return fold(partial);
}

__attribute__((target("avx512f"))) float sum_avx512(const float* values,
                                                    std::span<const Word> words, Word invert) {
    __m512 first = _mm512_setzero_ps();
    __m512 second = _mm512_setzero_ps();
    __m512 third = _mm512_setzero_ps();
    __m512 fourth = _mm512_setzero_ps();
    for (const Word word : words) {
        const Word bits = word ^ invert;
        first =
            _mm512_mask_add_ps(first, static_cast<__mmask16>(bits), first, _mm512_loadu_ps(values));
        second = _mm512_mask_add_ps(second, static_cast<__mmask16>(bits >> 16U), second,
                                    _mm512_loadu_ps(values + 16));
        third = _mm512_mask_add_ps(third, static_cast<__mmask16>(bits >> 32U), third,
                                   _mm512_loadu_ps(values + 32));
        fourth = _mm512_mask_add_ps(fourth, static_cast<__mmask16>(bits >> 48U), fourth,
                                    _mm512_loadu_ps(values + 48));
        values += 64;
    }
    std::array<float, 64> partial{};
    _mm512_storeu_ps(partial.data(), first);
    _mm512_storeu_ps(partial.data() + 16, second);
    _mm512_storeu_ps(partial.data() + 32, third);
    _mm512_storeu_ps(partial.data() + 48, fourth);
    return fold(partial);
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

float masked_sum(SimdPath path, std::span<const float> values, std::span<const Word> words,
                 Word invert) {
    switch (path) {
    case SimdPath::avx512:
        return sum_avx512(values.data(), words, invert);
    case SimdPath::avx2:
        return sum_avx2(values.data(), words, invert);
    case SimdPath::baseline:
        break;
    }
    return sum_baseline(values.data(), words, invert);
}

} // namespace basin
