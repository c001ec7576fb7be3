#include "models/masked_sum.hpp"

#include "models/errors.hpp"

#include <fmt/format.h>

#include <array>
#include <cstdlib>
#include <immintrin.h>

namespace basin {

namespace {

constexpr std::array<std::string_view, 3> names{"baseline", "avx2", "avx512"};

SimdPath offered() {
    if (__builtin_cpu_supports("avx512f")) return SimdPath::avx512;
    if (__builtin_cpu_supports("avx2")) return SimdPath::avx2;
    return SimdPath::baseline;
}

SimdPath wanted() {
    const char* word = std::getenv("BASIN_SIMD");
    if (!word || *word == '\0') return offered();
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (names[i] != word) continue;
        const auto path = static_cast<SimdPath>(i);
        if (path > offered())
            throw InputError(fmt::format("BASIN_SIMD={}: this machine offers {} at most", word,
                                         name_of(offered())));
        return path;
    }
    throw InputError(fmt::format("BASIN_SIMD={}: must be {}", word, fmt::join(names, ", ")));
}

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

} // namespace

std::string_view name_of(SimdPath path) {
    return names[static_cast<std::size_t>(path)];
}

SimdPath simd_path() {
    static const SimdPath path = wanted();
    return path;
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
