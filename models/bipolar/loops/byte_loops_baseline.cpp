// x86-64-v2: 16 bytes at a time.

#include "models/bipolar/loops/byte_loops_of.hpp"

#include <tmmintrin.h>

namespace basin {

namespace {

struct Bytes16 {
    using Vector = __m128i;
    static constexpr std::size_t lanes = 16;

    static Vector all(int byte) { return _mm_set1_epi8(static_cast<char>(byte)); }
    static Vector load(const std::uint8_t* at) {
        return _mm_loadu_si128(reinterpret_cast<const Vector*>(at));
    }
    static void store(std::uint8_t* at, Vector v) {
        _mm_storeu_si128(reinterpret_cast<Vector*>(at), v);
    }
    static Vector add(Vector a, Vector b) { return _mm_add_epi8(a, b); }
    static Vector add_saturated(Vector a, Vector b) { return _mm_adds_epu8(a, b); }
    static Vector subtract(Vector a, Vector b) { return _mm_sub_epi8(a, b); }
    static Vector both(Vector a, Vector b) { return _mm_and_si128(a, b); }
    static Vector either(Vector a, Vector b) { return _mm_or_si128(a, b); }
    static Vector pairs(Vector unsigned_bytes, Vector signed_bytes) {
        return _mm_maddubs_epi16(unsigned_bytes, signed_bytes);
    }
    static Vector subtract16(Vector a, Vector b) { return _mm_sub_epi16(a, b); }
    static Vector widen(Vector sums) { return _mm_madd_epi16(sums, _mm_set1_epi16(1)); }
    static Vector add32(Vector a, Vector b) { return _mm_add_epi32(a, b); }
    static Vector add64(Vector a, Vector b) { return _mm_add_epi64(a, b); }
    static Vector eights(Vector bytes) { return _mm_sad_epu8(bytes, _mm_setzero_si128()); }

    static Vector spread(const char* bits) {
        std::uint16_t two = 0;
        __builtin_memcpy(&two, bits, sizeof two);
        const Vector which = _mm_setr_epi8(0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1);
        const Vector bit = _mm_set1_epi64x(static_cast<long long>(0x8040201008040201ULL));
        const Vector bytes = _mm_shuffle_epi8(_mm_cvtsi32_si128(two), which);
        return _mm_cmpeq_epi8(_mm_and_si128(bytes, bit), bit);
    }

    static Vector find(const std::uint8_t* sixteen, Vector places) {
        return _mm_shuffle_epi8(load(sixteen), places);
    }

    static std::uint64_t fold32(Vector v) {
        alignas(16) std::uint32_t lane[4];
        _mm_store_si128(reinterpret_cast<Vector*>(lane), v);
        return std::uint64_t{lane[0]} + lane[1] + lane[2] + lane[3];
    }

    static std::uint64_t fold64(Vector v) {
        alignas(16) std::uint64_t lane[2];
        _mm_store_si128(reinterpret_cast<Vector*>(lane), v);
        return lane[0] + lane[1];
    }

    static void step_wide(std::uint32_t* counts, unsigned bits) {
        const Vector bit = _mm_setr_epi32(1, 2, 4, 8);
        const Vector chosen = _mm_and_si128(_mm_set1_epi32(static_cast<int>(bits)), bit);
        const Vector step = _mm_or_si128(_mm_cmpeq_epi32(chosen, bit), _mm_set1_epi32(1));
        auto* at = reinterpret_cast<Vector*>(counts);
        _mm_storeu_si128(at, _mm_add_epi32(_mm_loadu_si128(at), step));
    }
};

} // namespace

const ByteLoops baseline_loops = LoopsOf<Bytes16>::all;

} // namespace basin
