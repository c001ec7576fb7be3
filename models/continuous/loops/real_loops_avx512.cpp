// AVX-512: 64 bytes at a time. Compiled for it (models/CMakeLists.txt).

#include "models/continuous/loops/real_loops_of.hpp"
#include "models/continuous/loops/real_weighing_of.hpp"

#include <immintrin.h>

namespace basin {

namespace {

/// 14 x 2 results, 2 vectors of B and one of A: 31 of 32 registers.
struct Shape {
    static constexpr std::size_t vectors = 2;
    using Heights = std::index_sequence<14, 8, 4, 2, 1>;
};

struct Floats16 : Shape {
    using Element = float;
    using Vector = __m512;
    static constexpr std::size_t lanes = 16;

    static Vector all(float x) { return _mm512_set1_ps(x); }
    static Vector load(const float* at) { return _mm512_loadu_ps(at); }
    static void store(float* at, Vector v) { _mm512_storeu_ps(at, v); }
    static Vector add(Vector a, Vector b) { return _mm512_add_ps(a, b); }
    static Vector subtract(Vector a, Vector b) { return _mm512_sub_ps(a, b); }
    static Vector multiply(Vector a, Vector b) { return _mm512_mul_ps(a, b); }
    static Vector fma(Vector a, Vector b, Vector c) { return _mm512_fmadd_ps(a, b, c); }
    static Vector absolute(Vector a) { return _mm512_abs_ps(a); }
    static Vector least(Vector a, Vector b) { return _mm512_min_ps(a, b); }
    static Vector greatest(Vector a, Vector b) { return _mm512_max_ps(a, b); }
    static Vector at_least(Vector a, Vector lowest) {
        return _mm512_maskz_mov_ps(_mm512_cmp_ps_mask(a, lowest, _CMP_NLT_UQ), a);
    }
    static std::uint32_t not_below(Vector a, Vector b) {
        return _mm512_cmp_ps_mask(a, b, _CMP_NLT_UQ);
    }
    static void add_to(double* sums, Vector v) {
        const __m256d upper = _mm512_extractf64x4_pd(_mm512_castps_pd(v), 1);
        const __m512d low = _mm512_cvtps_pd(_mm512_castps512_ps256(v));
        const __m512d high = _mm512_cvtps_pd(_mm256_castpd_ps(upper));
        _mm512_storeu_pd(sums, _mm512_add_pd(_mm512_loadu_pd(sums), low));
        _mm512_storeu_pd(sums + 8, _mm512_add_pd(_mm512_loadu_pd(sums + 8), high));
    }
    static Vector scaled(Vector p, Vector n, Vector) { return _mm512_scalef_ps(p, n); }
};

struct Doubles8 : Shape {
    using Element = double;
    using Vector = __m512d;
    static constexpr std::size_t lanes = 8;

    static Vector all(double x) { return _mm512_set1_pd(x); }
    static Vector load(const double* at) { return _mm512_loadu_pd(at); }
    static void store(double* at, Vector v) { _mm512_storeu_pd(at, v); }
    static Vector add(Vector a, Vector b) { return _mm512_add_pd(a, b); }
    static Vector subtract(Vector a, Vector b) { return _mm512_sub_pd(a, b); }
    static Vector multiply(Vector a, Vector b) { return _mm512_mul_pd(a, b); }
    static Vector fma(Vector a, Vector b, Vector c) { return _mm512_fmadd_pd(a, b, c); }
    static Vector absolute(Vector a) { return _mm512_abs_pd(a); }
    static Vector least(Vector a, Vector b) { return _mm512_min_pd(a, b); }
    static Vector greatest(Vector a, Vector b) { return _mm512_max_pd(a, b); }
    static Vector at_least(Vector a, Vector lowest) {
        return _mm512_maskz_mov_pd(_mm512_cmp_pd_mask(a, lowest, _CMP_NLT_UQ), a);
    }
    static std::uint32_t not_below(Vector a, Vector b) {
        return _mm512_cmp_pd_mask(a, b, _CMP_NLT_UQ);
    }
    static void add_to(double* sums, Vector v) { store(sums, add(load(sums), v)); }
    static Vector scaled(Vector p, Vector n, Vector) { return _mm512_scalef_pd(p, n); }
};

} // namespace

const RealLoopsOfPath avx512_real_loops{real_loops_on<Floats16>, real_loops_on<Doubles8>};

const WeighLoopsOfPath avx512_weigh_loops{weigh_loops_on<Floats16>, weigh_loops_on<Doubles8>};

} // namespace basin
