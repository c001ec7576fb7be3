// AVX2 and FMA: 32 bytes at a time. Compiled for them (models/CMakeLists.txt).

#include "models/continuous/loops/real_loops_of.hpp"
#include "models/continuous/loops/real_weighing_of.hpp"

#include <immintrin.h>

namespace basin {

namespace {

/// 6 x 2 results, 2 vectors of B and one of A: 15 of 16 registers.
struct Shape {
    static constexpr std::size_t vectors = 2;
    using Heights = std::index_sequence<6, 4, 2, 1>;
};

struct Floats8 : Shape {
    using Element = float;
    using Vector = __m256;
    static constexpr std::size_t lanes = 8;

    static Vector all(float x) { return _mm256_set1_ps(x); }
    static Vector load(const float* at) { return _mm256_loadu_ps(at); }
    static void store(float* at, Vector v) { _mm256_storeu_ps(at, v); }
    static Vector add(Vector a, Vector b) { return _mm256_add_ps(a, b); }
    static Vector subtract(Vector a, Vector b) { return _mm256_sub_ps(a, b); }
    static Vector multiply(Vector a, Vector b) { return _mm256_mul_ps(a, b); }
    static Vector fma(Vector a, Vector b, Vector c) { return _mm256_fmadd_ps(a, b, c); }
    static Vector absolute(Vector a) { return _mm256_andnot_ps(all(-0.0F), a); }
    static Vector least(Vector a, Vector b) { return _mm256_min_ps(a, b); }
    static Vector greatest(Vector a, Vector b) { return _mm256_max_ps(a, b); }
    static Vector at_least(Vector a, Vector lowest) {
        return _mm256_and_ps(a, _mm256_cmp_ps(a, lowest, _CMP_NLT_UQ));
    }
    static std::uint32_t not_below(Vector a, Vector b) {
        return static_cast<std::uint32_t>(_mm256_movemask_ps(_mm256_cmp_ps(a, b, _CMP_NLT_UQ)));
    }
    static void add_to(double* sums, Vector v) {
        const __m256d low = _mm256_cvtps_pd(_mm256_castps256_ps128(v));
        const __m256d high = _mm256_cvtps_pd(_mm256_extractf128_ps(v, 1));
        _mm256_storeu_pd(sums, _mm256_add_pd(_mm256_loadu_pd(sums), low));
        _mm256_storeu_pd(sums + 4, _mm256_add_pd(_mm256_loadu_pd(sums + 4), high));
    }

    /// p 2^n in two steps, of which the first is exact. The last bits of `rounded` are n.
    static Vector scaled(Vector p, Vector, Vector rounded) {
        const __m256i n =
            _mm256_sub_epi32(_mm256_castps_si256(rounded),
                             _mm256_castps_si256(all(ExponentialConstants<float>::round)));
        const __m256i half = _mm256_srai_epi32(n, 1);
        return _mm256_mul_ps(_mm256_mul_ps(p, power(half)), power(_mm256_sub_epi32(n, half)));
    }

private:
    static Vector power(__m256i n) {
        return _mm256_castsi256_ps(
            _mm256_slli_epi32(_mm256_add_epi32(n, _mm256_set1_epi32(127)), 23));
    }
};

struct Doubles4 : Shape {
    using Element = double;
    using Vector = __m256d;
    static constexpr std::size_t lanes = 4;

    static Vector all(double x) { return _mm256_set1_pd(x); }
    static Vector load(const double* at) { return _mm256_loadu_pd(at); }
    static void store(double* at, Vector v) { _mm256_storeu_pd(at, v); }
    static Vector add(Vector a, Vector b) { return _mm256_add_pd(a, b); }
    static Vector subtract(Vector a, Vector b) { return _mm256_sub_pd(a, b); }
    static Vector multiply(Vector a, Vector b) { return _mm256_mul_pd(a, b); }
    static Vector fma(Vector a, Vector b, Vector c) { return _mm256_fmadd_pd(a, b, c); }
    static Vector absolute(Vector a) { return _mm256_andnot_pd(all(-0.0), a); }
    static Vector least(Vector a, Vector b) { return _mm256_min_pd(a, b); }
    static Vector greatest(Vector a, Vector b) { return _mm256_max_pd(a, b); }
    static Vector at_least(Vector a, Vector lowest) {
        return _mm256_and_pd(a, _mm256_cmp_pd(a, lowest, _CMP_NLT_UQ));
    }
    static std::uint32_t not_below(Vector a, Vector b) {
        return static_cast<std::uint32_t>(_mm256_movemask_pd(_mm256_cmp_pd(a, b, _CMP_NLT_UQ)));
    }
    static void add_to(double* sums, Vector v) { store(sums, add(load(sums), v)); }

    /// As for float; n is in the low halves and only 11 of their bits are used.
    static Vector scaled(Vector p, Vector, Vector rounded) {
        const __m256i n = _mm256_castpd_si256(rounded);
        const __m256i half = _mm256_srai_epi32(n, 1);
        return _mm256_mul_pd(_mm256_mul_pd(p, power(half)), power(_mm256_sub_epi32(n, half)));
    }

private:
    static Vector power(__m256i n) {
        return _mm256_castsi256_pd(
            _mm256_slli_epi64(_mm256_add_epi32(n, _mm256_set1_epi32(1023)), 52));
    }
};

} // namespace

const RealLoopsOfPath avx2_real_loops{real_loops_on<Floats8>, real_loops_on<Doubles4>};

const WeighLoopsOfPath avx2_weigh_loops{weigh_loops_on<Floats8>, weigh_loops_on<Doubles4>};

} // namespace basin
