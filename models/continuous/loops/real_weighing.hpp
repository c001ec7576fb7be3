#pragma once
// Loops that make weights of scores, [row][query], once for each width of instructions. Rows are
// taken in their order, queries side by side, each operation by itself: the same bits on every
// path.

#include "models/base/simd.hpp"

#include <cstddef>
#include <cstdint>

namespace basin {

/// What is known of the exponentials of each query, [query]. Sums of doubles take in the rows by
/// fours, (a + b) + (c + d) added up in T.
template <class T>
struct Exponentiated {
    double* sums;
    double* moments; ///< sum of e x
    double* squares; ///< sum of e^2
    T* smallest;
    T* largest;
};

/// What partition() finds out about each of 16 columns: [lane] each.
template <class T>
struct Partition {
    static constexpr std::size_t lanes = 16;
    T low[lanes];
    T high[lanes];
    T threshold[lanes];
    double mass[lanes];          ///< sum of values >= high
    std::uint32_t beyond[lanes]; ///< of values >= threshold
    std::size_t within[lanes];   ///< how many are in [low, high)
};

/// Buckets of numbers from 0 to 1 by their leading bits: 32 an octave, from 1 down; the last one is
/// for all below 2^-30.
inline constexpr int bucket_bits = 5;
inline constexpr std::size_t bucket_count = (std::size_t{30} << bucket_bits) + 2;

template <class T>
struct WeighLoops {
    /// smallest, largest: [query], and the first row that has that one, counted from `first_row`,
    /// take in these rows. NaN is passed over.
    void (*extremes)(const T* values, std::size_t rows, std::size_t queries, T* smallest,
                     T* largest, std::uint32_t* leader, std::uint32_t first_row);

    /// e = exp(x) with x = factor * score - shift, but 0 where that is less than the smallest
    /// normal number: subnormal weights would change no digit of a state and cost hundreds of
    /// cycles each. Adds to what `made` holds. e x and e^2 are rounded to T. `weights` may be
    /// `scores`; strides are from row to row, `queries` a multiple of 16, `rows` one of 4 but in
    /// the last call.
    void (*exponentiate)(const T* scores, std::size_t score_stride, T* weights,
                         std::size_t weight_stride, std::size_t rows, std::size_t queries, T factor,
                         const T* shift, const Exponentiated<T>& made);

    void (*divide)(T* values, std::size_t rows, std::size_t queries, const T* divisors);

    /// [query] |x|^2 and |y - x|^2, added to what stands there in double.
    void (*moves)(const T* x, const T* y, std::size_t rows, std::size_t queries, double* squares,
                  double* changes);

    /// out[i] = z[i] - c[i], for i = 0 ... count - 1. Gives the sum of their squares.
    double (*centre)(const T* z, const T* c, std::size_t count, T* out);

    /// Makes squared distances d = total - 2 p, total = square + squares[q], of a row of products
    /// p. near[q / 16] has a bit where that is not more than total / 8.
    void (*distances)(T* row, std::size_t queries, T square, const T* squares, std::uint16_t* near);

    /// Adds up counts[bucket][lane] of columns of 16 values from 0 to 1.
    void (*count_buckets)(const T* values, std::size_t rows, std::uint32_t* counts);

    /// Fills in what `partition` says of columns of 16 values, and within[lane * (rows + 1) + j].
    void (*partition)(const T* values, std::size_t rows, Partition<T>& partition, T* within);
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
