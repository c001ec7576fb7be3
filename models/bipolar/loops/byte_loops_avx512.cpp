// AVX-512: 64 bytes at a time, a word of bits as the mask of a vector. Compiled for it
// (models/CMakeLists.txt).

#include "models/bipolar/loops/byte_loops.hpp"

#include <immintrin.h>

namespace basin {

namespace {

using Vector = __m512i;

Vector load(const void* at) {
    return _mm512_loadu_si512(at);
}

void step(std::uint8_t* counts, const std::uint64_t* column, std::size_t words,
          std::uint64_t invert) {
    const Vector one = _mm512_set1_epi8(1);
    for (std::size_t w = 0; w < words; ++w, counts += 64) {
        const Vector here = load(counts);
        const Vector up = _mm512_add_epi8(here, one);
        _mm512_storeu_si512(counts, _mm512_mask_sub_epi8(up, column[w] ^ invert, here, one));
    }
}

void step_wide(std::uint32_t* counts, const std::uint64_t* column, std::size_t words,
               std::uint64_t invert) {
    const Vector one = _mm512_set1_epi32(1);
    for (std::size_t w = 0; w < words; ++w) {
        const std::uint64_t bits = column[w] ^ invert;
        for (std::size_t part = 0; part < 4; ++part, counts += 16) {
            const auto down = static_cast<__mmask16>(bits >> (16 * part));
            const Vector here = load(counts);
            const Vector up = _mm512_add_epi32(here, one);
            _mm512_storeu_si512(counts, _mm512_mask_sub_epi32(up, down, here, one));
        }
    }
}

/// Adds the bytes of each four to a sum of 32 bits.
Vector add_bytes(Vector sum, Vector bytes) {
    return _mm512_dpbusd_epi32(sum, bytes, _mm512_set1_epi8(1));
}

std::uint64_t fold(Vector sums) {
    return static_cast<std::uint32_t>(_mm512_reduce_add_epi32(sums)); // up to 255 * 2^24
}

void sums(const std::uint8_t* high, const std::uint8_t* middle, const std::uint64_t* const* columns,
          std::size_t words, std::uint64_t* sums) {
    Vector above[4];
    Vector below[4];
    for (std::size_t c = 0; c < 4; ++c)
        above[c] = below[c] = _mm512_setzero_si512();
    for (std::size_t w = 0; w < words; ++w) {
        const Vector h = load(high + 64 * w);
        const Vector m = load(middle + 64 * w);
        for (std::size_t c = 0; c < 4; ++c) {
            const __mmask64 picked = columns[c][w];
            above[c] = add_bytes(above[c], _mm512_maskz_mov_epi8(picked, h));
            below[c] = add_bytes(below[c], _mm512_maskz_mov_epi8(picked, m));
        }
    }
    for (std::size_t c = 0; c < 4; ++c)
        sums[c] = 256 * fold(above[c]) + fold(below[c]);
}

std::uint64_t sum(const std::uint8_t* plane, const std::uint64_t* column, std::size_t words) {
    Vector total = _mm512_setzero_si512();
    for (std::size_t w = 0; w < words; ++w)
        total = add_bytes(total, _mm512_maskz_mov_epi8(column[w], load(plane + 64 * w)));
    return fold(total);
}

void look_up(const std::uint8_t* counts, std::size_t words, std::uint64_t valid,
             const ByteTables& tables, std::uint8_t* const* planes, std::uint64_t* totals) {
    Vector table[6][2];
    Vector total[6];
    for (std::size_t j = 0; j < 6; ++j) {
        table[j][0] = load(tables.bytes[j]);
        table[j][1] = load(tables.bytes[j] + 64);
        total[j] = _mm512_setzero_si512();
    }
    const Vector first = _mm512_set1_epi8(static_cast<char>(tables.first));
    const Vector none = _mm512_set1_epi8(ByteTables::most_entries); // where 0 is found
    for (std::size_t w = 0; w < words; ++w) {
        const __mmask64 kept = w + 1 < words ? ~__mmask64{0} : valid;
        const Vector place = _mm512_min_epu8(_mm512_sub_epi8(load(counts + 64 * w), first), none);
        Vector found[6];
        for (std::size_t j = 0; j < 6; ++j) {
            found[j] = _mm512_maskz_permutex2var_epi8(kept, table[j][0], place, table[j][1]);
            total[j] = add_bytes(total[j], found[j]);
        }
        for (std::size_t j = 0; j < 3; ++j)
            _mm512_storeu_si512(planes[j] + 64 * w, found[j]);
    }
    for (std::size_t j = 0; j < 6; ++j)
        totals[j] = fold(total[j]);
}

/// The lanes in which three bits are those of `value`, lowest first.
Vector select(const Vector* bits, unsigned value) {
    const Vector all = _mm512_set1_epi64(-1);
    const auto bit = [&](unsigned b) {
        return ((value >> b) & 1U) != 0 ? bits[b] : _mm512_xor_si512(bits[b], all);
    };
    return _mm512_and_si512(_mm512_and_si512(bit(0), bit(1)), bit(2));
}

/// The sums of the lanes of eight vectors, in their order.
Vector fold_eight(const Vector* v) {
    const auto pairs = [](Vector a, Vector b) {
        return _mm512_add_epi64(_mm512_unpacklo_epi64(a, b), _mm512_unpackhi_epi64(a, b));
    };
    const auto quarters = [](Vector a, Vector b) {
        return _mm512_add_epi64(_mm512_shuffle_i64x2(a, b, 0x88), _mm512_shuffle_i64x2(a, b, 0xDD));
    };
    return quarters(quarters(pairs(v[0], v[1]), pairs(v[2], v[3])),
                    quarters(pairs(v[4], v[5]), pairs(v[6], v[7])));
}

/// Bit b of 512 counts, and whether they take part, one word of bits for each 64.
struct BitPlanes {
    alignas(64) std::uint64_t bits[7][8];
    alignas(64) std::uint64_t valid[8];
};

/// Those of up to eight words.
void fill(BitPlanes& planes, const std::uint8_t* counts, std::size_t words, std::uint64_t valid,
          Vector first) {
    for (std::size_t j = 0; j < 8; ++j) {
        planes.valid[j] = j + 1 < words ? ~std::uint64_t{0} : j + 1 == words ? valid : 0;
        if (j >= words) continue; // bits that take no part
        const Vector place = _mm512_sub_epi8(load(counts + 64 * j), first);
        for (std::size_t b = 0; b < 7; ++b)
            planes.bits[b][j] =
                _mm512_test_epi8_mask(place, _mm512_set1_epi8(static_cast<char>(1U << b)));
    }
}

void count(const std::uint8_t* counts, std::size_t words, std::uint64_t valid, std::uint8_t first,
           std::size_t entries, std::uint32_t* bins) {
    // Bits 0 ... 2 and 3 ... 5 of a count pick one of 8 sets of memories each; the seventh bit
    // halves them. A bin is how many memories are in all three.
    Vector sums[128];
    const std::size_t groups = (entries + 7) / 8;
    for (std::size_t b = 0; b < 8 * groups; ++b)
        sums[b] = _mm512_setzero_si512();
    BitPlanes planes{};
    for (std::size_t w = 0; w < words; w += 8) {
        fill(planes, counts + 64 * w, words - w, valid, _mm512_set1_epi8(static_cast<char>(first)));
        Vector bits[7];
        for (std::size_t b = 0; b < 7; ++b)
            bits[b] = load(planes.bits[b]);
        const Vector taking_part = load(planes.valid);
        Vector low[8];
        for (unsigned value = 0; value < 8; ++value)
            low[value] = _mm512_and_si512(select(bits, value), taking_part);
        for (std::size_t g = 0; g < groups; ++g) {
            const Vector eight = select(bits + 3, static_cast<unsigned>(g & 7U));
            const Vector group = (g & 8U) != 0 ? _mm512_and_si512(bits[6], eight)
                                               : _mm512_andnot_si512(bits[6], eight);
            for (std::size_t b = 0; b < 8; ++b)
                sums[8 * g + b] = _mm512_add_epi64(
                    sums[8 * g + b], _mm512_popcnt_epi64(_mm512_and_si512(group, low[b])));
        }
    }
    for (std::size_t g = 0; g < groups; ++g)
        _mm256_storeu_si256(reinterpret_cast<__m256i*>(bins + 8 * g),
                            _mm512_cvtepi64_epi32(fold_eight(sums + 8 * g)));
}

} // namespace

const ByteLoops avx512_loops{step, step_wide, sums, sum, look_up, count};

} // namespace basin
