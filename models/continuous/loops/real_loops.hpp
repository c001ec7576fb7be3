#pragma once
// The inner loops of continuous memories, once for each width of instructions: queries lie side by
// side, so that one vector holds the same number of several of them. Each result is defined to the
// bit by the formula given here, in which fma rounds once; it is the same on every path, however
// the loop is cut up. Where that is NaN any NaN may stand. Rounding is to nearest, and subnormal
// numbers are kept: threads must not have changed that. Files of the paths: see byte_loops.hpp.

#include "models/base/simd.hpp"

#include <cstddef>

namespace basin {

/// Operands of a loop over k = 0 ... terms - 1 for each row m and query q. C must not overlap them.
/// Scores of memories Z[row][unit] take k = unit and m = memory (term_stride 1); projections on
/// them take k = memory and m = unit (row_stride 1).
template <class T>
struct RealTile {
    static constexpr std::size_t query_step = 16;

    std::size_t terms = 0;
    std::size_t rows = 0;
    std::size_t queries = 0; ///< a multiple of query_step

    const T* a = nullptr; ///< A(k, m) = a[k * term_stride + m * row_stride]
    std::size_t term_stride = 1;
    std::size_t row_stride = 1; ///< it or the other stride is 1, or the loop is slow

    const T* b = nullptr; ///< B(k, q) = b[k * b_stride + q]
    std::size_t b_stride = 0;

    T* c = nullptr; ///< C(m, q) = c[m * c_stride + q]: the results are added to what stands here
    std::size_t c_stride = 0;
};

/// T is float or double. No loop allocates; those over tiles take up to 400 KB of stack.
template <class T>
struct RealLoops {
    /// C(m, q) = fma(A(k, m), B(k, q), C(m, q)) for one k after the other.
    void (*products)(const RealTile<T>& tile);

    /// C(m, q) = fma(d, d, C(m, q)) with d = A(k, m) - B(k, q), for one k after the other.
    void (*squared_distances)(const RealTile<T>& tile);

    /// C(m, q) = C(m, q) + |A(k, m) - B(k, q)|, for one k after the other.
    void (*manhattan_distances)(const RealTile<T>& tile);

    /// x[j] = exp(x[j]) for j = 0 ... count - 1: exactly 1 at 0, 0 at -inf, subnormal where that is
    /// due, inf past the largest number, NaN at NaN.
    void (*exponentials)(T* x, std::size_t count);
};

struct RealLoopsOfPath {
    RealLoops<float> floats;
    RealLoops<double> doubles;
};

extern const RealLoopsOfPath baseline_real_loops;
extern const RealLoopsOfPath avx2_real_loops;
extern const RealLoopsOfPath avx512_real_loops;

/// The loops of a path for T = float or double: real_loops_of<float>(simd_path()).
template <class T>
const RealLoops<T>& real_loops_of(SimdPath path);
template <>
const RealLoops<float>& real_loops_of(SimdPath path);
template <>
const RealLoops<double>& real_loops_of(SimdPath path);

} // namespace basin
