#pragma once
// Loops that make weights of scores, [row][query], once for each width of instructions. Rows are
// taken in their order, queries side by side, each operation by itself: the same bits on every
// path.

#include "models/simd.hpp"

#include <cstddef>
#include <cstdint>

namespace basin {

/// What is known of the exponentials of each query, [query].
template <class T>
struct Exponentiated {
    double* sums;
    double* moments; ///< sum of e x
    double* squares; ///< sum of e^2
    T* smallest;
    T* largest;
};

template <class T>
struct WeighLoops {
    /// Multiplies by `factor`; smallest and largest take in what results.
    void (*scale)(T* values, std::size_t rows, std::size_t queries, T factor, T* smallest,
                  T* largest);

    /// e = exp(x) with x = value - shift, but 0 where that is less than the smallest normal number:
    /// subnormal weights would change no digit of a state and cost hundreds of cycles each.
    /// Adds to what `made` holds. e x and e^2 are rounded to T.
    void (*exponentiate)(T* values, std::size_t rows, std::size_t queries, const T* shift,
                         const Exponentiated<T>& made);

    void (*divide)(T* values, std::size_t rows, std::size_t queries, const T* divisors);

    /// [query] the largest value, the first row that has it, and how many values are above
    /// `threshold`; at least one row.
    void (*survey)(const T* values, std::size_t rows, std::size_t queries, T threshold, T* largest,
                   std::uint32_t* leader, std::uint32_t* above);
};

struct WeighLoopsOfPath {
    WeighLoops<float> floats;
    WeighLoops<double> doubles;
};

extern const WeighLoopsOfPath baseline_weigh_loops;
extern const WeighLoopsOfPath avx2_weigh_loops;
extern const WeighLoopsOfPath avx512_weigh_loops;

/// The loops of a path for T = float or double: weigh_loops_of<float>(simd_path()).
template <class T>
const WeighLoops<T>& weigh_loops_of(SimdPath path);
template <>
const WeighLoops<float>& weigh_loops_of(SimdPath path);
template <>
const WeighLoops<double>& weigh_loops_of(SimdPath path);

} // namespace basin
