#include "models/bipolar/match_counts.hpp"

#include <bit>
#include <immintrin.h>

namespace basin {

namespace {

std::uint32_t differing(Word a, Word b) {
    return static_cast<std::uint32_t>(std::popcount(a ^ b));
}

/// Rows of one or two words, the usual case, without an inner loop.
template <class Count>
void count_plainly(const BitMatrix& memories, BitRow state, std::size_t first, Count* counts) {
    const auto units = static_cast<std::uint32_t>(memories.columns);
    const std::size_t stride = memories.stride();
    const Word* row = memories.words.data() + first * stride;
    for (std::size_t mu = first; mu < memories.rows; ++mu, row += stride) {
        const std::uint32_t off = stride == 1 ? differing(row[0], state[0])
                                  : stride == 2
                                      ? differing(row[0], state[0]) + differing(row[1], state[1])
                                      : distance({row, stride}, state);
        counts[mu] = static_cast<Count>(units - off);
    }
}

/// Set bits of each 64 of `words`: those of nibbles are looked up (Mula, Kurz & Lemire 2018,
/// section 3.1).
__attribute__((target("avx2"))) __m256i set_bits(__m256i words) {
    const __m256i of_nibble = _mm256_setr_epi8(0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4, //
                                               0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4);
    const __m256i nibble = _mm256_set1_epi8(0x0F);
    const __m256i low = _mm256_and_si256(words, nibble);
    const __m256i high = _mm256_and_si256(_mm256_srli_epi16(words, 4), nibble);
    const __m256i bytes =
        _mm256_add_epi8(_mm256_shuffle_epi8(of_nibble, low), _mm256_shuffle_epi8(of_nibble, high));
    return _mm256_sad_epu8(bytes, _mm256_setzero_si256());
}

__attribute__((target("avx2"))) __m256i load(const Word* words) {
    return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(words));
}

/// Rows of two words, eight memories at a time. Returns how many it did.
template <class Count>
__attribute__((target("avx2"))) std::size_t count_pairs(const BitMatrix& memories, BitRow state,
                                                        Count* counts) {
    const __m256i units = _mm256_set1_epi32(static_cast<int>(memories.columns));
    const auto first = static_cast<long long>(state[0]);
    const auto second = static_cast<long long>(state[1]);
    const __m256i here = _mm256_setr_epi64x(first, second, first, second);
    // The lowest bytes of four counts of 32 bits.
    const __m256i lowest =
        _mm256_setr_epi8(0, 4, 8, 12, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, 0, 4, 8, 12,
                         -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1);
    std::size_t mu = 0;
    for (; mu + 8 <= memories.rows; mu += 8) {
        const Word* const rows = memories.words.data() + 2 * mu;
        __m256i bits[4];
        for (std::size_t j = 0; j < 4; ++j)
            bits[j] = set_bits(_mm256_xor_si256(load(rows + 4 * j), here));
        // Lanes of 32 bits, every second one 0: two rounds of neighbours leave one of a memory,
        // the even ones in the lower half and the odd ones in the upper.
        const __m256i sums = _mm256_hadd_epi32(_mm256_hadd_epi32(bits[0], bits[1]),
                                               _mm256_hadd_epi32(bits[2], bits[3]));
        const __m256i matches = _mm256_sub_epi32(units, sums);
        if constexpr (sizeof(Count) == 1) {
            const __m256i bytes = _mm256_shuffle_epi8(matches, lowest);
            const __m128i eight = _mm_unpacklo_epi8(_mm256_castsi256_si128(bytes),
                                                    _mm256_extracti128_si256(bytes, 1));
            _mm_storel_epi64(reinterpret_cast<__m128i*>(counts + mu), eight);
        } else {
            const __m256i in_order = _mm256_setr_epi32(0, 4, 1, 5, 2, 6, 3, 7);
            _mm256_storeu_si256(reinterpret_cast<__m256i*>(counts + mu),
                                _mm256_permutevar8x32_epi32(matches, in_order));
        }
    }
    return mu;
}

/// The same in AVX-512.
template <class Count>
__attribute__((target("avx512f,avx512vpopcntdq"))) std::size_t
count_pairs_avx512(const BitMatrix& memories, BitRow state, Count* counts) {
    const __m512i units = _mm512_set1_epi64(static_cast<long long>(memories.columns));
    const auto first = static_cast<long long>(state[0]);
    const auto second = static_cast<long long>(state[1]);
    const __m512i here =
        _mm512_setr_epi64(first, second, first, second, first, second, first, second);
    const __m512i evens = _mm512_setr_epi64(0, 2, 4, 6, 8, 10, 12, 14);
    const __m512i odds = _mm512_setr_epi64(1, 3, 5, 7, 9, 11, 13, 15);
    std::size_t mu = 0;
    for (; mu + 8 <= memories.rows; mu += 8) {
        const Word* const rows = memories.words.data() + 2 * mu;
        const __m512i low = _mm512_popcnt_epi64(_mm512_xor_si512(_mm512_loadu_si512(rows), here));
        const __m512i high =
            _mm512_popcnt_epi64(_mm512_xor_si512(_mm512_loadu_si512(rows + 8), here));
        const __m512i off = _mm512_add_epi64(_mm512_permutex2var_epi64(low, evens, high),
                                             _mm512_permutex2var_epi64(low, odds, high));
        const __m512i matches = _mm512_sub_epi64(units, off);
        if constexpr (sizeof(Count) == 1)
            _mm512_mask_cvtepi64_storeu_epi8(counts + mu, 0xFF, matches);
        else
            _mm512_mask_cvtepi64_storeu_epi32(counts + mu, 0xFF, matches);
    }
    return mu;
}

/// Rows of four words or more. Returns how many it did.
template <class Count>
__attribute__((target("avx2"))) std::size_t count_long(const BitMatrix& memories, BitRow state,
                                                       Count* counts) {
    const auto units = static_cast<std::uint32_t>(memories.columns);
    const std::size_t stride = memories.stride();
    for (std::size_t mu = 0; mu < memories.rows; ++mu) {
        const Word* const row = memories.words.data() + mu * stride;
        __m256i sums = _mm256_setzero_si256();
        std::size_t w = 0;
        for (; w + 4 <= stride; w += 4)
            sums = _mm256_add_epi64(
                sums, set_bits(_mm256_xor_si256(load(row + w), load(state.data() + w))));
        const __m128i half =
            _mm_add_epi64(_mm256_castsi256_si128(sums), _mm256_extracti128_si256(sums, 1));
        auto off = static_cast<std::uint32_t>(_mm_cvtsi128_si64(half) + _mm_extract_epi64(half, 1));
        for (; w < stride; ++w)
            off += differing(row[w], state[w]);
        counts[mu] = static_cast<Count>(units - off);
    }
    return memories.rows;
}

template <class Count>
void count_all(SimdPath path, const BitMatrix& memories, BitRow state, Count* counts) {
    std::size_t done = 0;
    if (path == SimdPath::avx512 && memories.stride() == 2)
        done = count_pairs_avx512(memories, state, counts);
    else if (path != SimdPath::baseline && memories.stride() == 2)
        done = count_pairs(memories, state, counts);
    else if (path != SimdPath::baseline && memories.stride() >= 4)
        done = count_long(memories, state, counts);
    count_plainly(memories, state, done, counts);
}

} // namespace

void count_matches(SimdPath path, const BitMatrix& memories, BitRow state,
                   std::span<std::uint32_t> counts) {
    count_all(path, memories, state, counts.data());
}

void count_matches(SimdPath path, const BitMatrix& memories, BitRow state,
                   std::span<std::uint8_t> counts) {
    count_all(path, memories, state, counts.data());
}

} // namespace basin
