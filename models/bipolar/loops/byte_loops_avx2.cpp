// AVX2: 32 bytes at a time. Compiled with -mavx2 (models/CMakeLists.txt).

#include "models/bipolar/loops/byte_loops_of.hpp"

#include <immintrin.h>

namespace basin {

namespace {

struct Bytes32 {
    using Vector = __m256i;
    static constexpr std::size_t lanes = 32;

    static Vector all(int byte) { return _mm256_set1_epi8(static_cast<char>(byte)); }
    static Vector load(const std::uint8_t* at) {
        return _mm256_loadu_si256(reinterpret_cast<const Vector*>(at));
    }
    static void store(std::uint8_t* at, Vector v) {
        _mm256_storeu_si256(reinterpret_cast<Vector*>(at), v);
    }
    static Vector add(Vector a, Vector b) { return _mm256_add_epi8(a, b); }
    static Vector add_saturated(Vector a, Vector b) { return _mm256_adds_epu8(a, b); }
    static Vector subtract(Vector a, Vector b) { return _mm256_sub_epi8(a, b); }
    static Vector both(Vector a, Vector b) { return _mm256_and_si256(a, b); }
    static Vector either(Vector a, Vector b) { return _mm256_or_si256(a, b); }
    static Vector pairs(Vector unsigned_bytes, Vector signed_bytes) {
        return _mm256_maddubs_epi16(unsigned_bytes, signed_bytes);
    }
    static Vector subtract16(Vector a, Vector b) { return _mm256_sub_epi16(a, b); }
    static Vector widen(Vector sums) { return _mm256_madd_epi16(sums, _mm256_set1_epi16(1)); }
    static Vector add32(Vector a, Vector b) { return _mm256_add_epi32(a, b); }
    static Vector add64(Vector a, Vector b) { return _mm256_add_epi64(a, b); }
    static Vector eights(Vector bytes) { return _mm256_sad_epu8(bytes, _mm256_setzero_si256()); }

    static Vector spread(const char* bits) {
        std::int32_t four = 0;
        __builtin_memcpy(&four, bits, sizeof four);
        const Vector which = _mm256_setr_epi8(0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2,
                                              2, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3, 3, 3, 3);
        const Vector bit = _mm256_set1_epi64x(static_cast<long long>(0x8040201008040201ULL));
        const Vector bytes = _mm256_shuffle_epi8(_mm256_set1_epi32(four), which);
        return _mm256_cmpeq_epi8(_mm256_and_si256(bytes, bit), bit);
    }

    static Vector find(const std::uint8_t* sixteen, Vector places) {
        const __m128i table = _mm_loadu_si128(reinterpret_cast<const __m128i*>(sixteen));
        return _mm256_shuffle_epi8(_mm256_broadcastsi128_si256(table), places);
    }

    static std::uint64_t fold32(Vector v) {
        alignas(32) std::uint32_t lane[8];
        _mm256_store_si256(reinterpret_cast<Vector*>(lane), v);
        std::uint64_t total = 0;
        for (const std::uint32_t part : lane)
            total += part;
        return total;
    }

    static std::uint64_t fold64(Vector v) {
        alignas(32) std::uint64_t lane[4];
        _mm256_store_si256(reinterpret_cast<Vector*>(lane), v);
        return (lane[0] + lane[1]) + (lane[2] + lane[3]);
    }

    static void step_wide(std::uint32_t* counts, unsigned bits) {
        const Vector bit = _mm256_setr_epi32(1, 2, 4, 8, 16, 32, 64, 128);
        const Vector chosen = _mm256_and_si256(_mm256_set1_epi32(static_cast<int>(bits)), bit);
        const Vector step = _mm256_or_si256(_mm256_cmpeq_epi32(chosen, bit), _mm256_set1_epi32(1));
        auto* at = reinterpret_cast<Vector*>(counts);
        _mm256_storeu_si256(at, _mm256_add_epi32(_mm256_loadu_si256(at), step));
    }
};

} // namespace

const ByteLoops avx2_loops = LoopsOf<Bytes32>::all;

} // namespace basin
