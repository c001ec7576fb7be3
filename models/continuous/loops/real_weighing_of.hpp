#pragma once
// The loops of real_weighing.hpp, in the words of one number: each file that includes this is
// compiled for its machine, and the compiler takes several queries at a time.

#include "models/continuous/loops/real_exponential_of.hpp"
#include "models/continuous/loops/real_weighing.hpp"

#include <bit>
#include <limits>
#include <type_traits>

namespace basin {

namespace {

template <class T>
void extremes(const T* __restrict values, std::size_t rows, std::size_t queries,
              T* __restrict smallest, T* __restrict largest, std::uint32_t* __restrict leader,
              std::uint32_t first_row) {
    for (std::size_t row = 0; row < rows; ++row, values += queries)
        for (std::size_t q = 0; q < queries; ++q) {
            const T x = values[q];
            const bool is_larger = x > largest[q];
            smallest[q] = x < smallest[q] ? x : smallest[q];
            largest[q] = is_larger ? x : largest[q];
            leader[q] = is_larger ? first_row + static_cast<std::uint32_t>(row) : leader[q];
        }
}

/// The exponentials of one row and vector, and what is summed of them.
template <class V>
struct Term {
    typename V::Vector weight;
    typename V::Vector moment;
    typename V::Vector square;
};

template <class V>
Term<V> term_of(const typename V::Element* score, typename V::Vector factor,
                typename V::Vector shift) {
    using T = typename V::Element;
    const typename V::Vector x = V::subtract(V::multiply(V::load(score), factor), shift);
    const typename V::Vector e =
        V::at_least(exponential<V>(x), V::all(std::numeric_limits<T>::min()));
    // Where x is -inf, e is 0, and the moment has to be.
    const typename V::Vector bounded = V::greatest(V::all(ExponentialConstants<T>::lowest), x);
    return {e, V::multiply(e, bounded), V::multiply(e, e)};
}

template <class V>
void exponentiate(const typename V::Element* scores, std::size_t score_stride,
                  typename V::Element* weights, std::size_t weight_stride, std::size_t rows,
                  std::size_t queries, typename V::Element factor, const typename V::Element* shift,
                  const Exponentiated<typename V::Element>& made) {
    using Vector = typename V::Vector;
    constexpr std::size_t ahead = 32; // rows whose lines come from far
    const Vector scale = V::all(factor);
    for (std::size_t row = 0; row < rows; row += 4)
        for (std::size_t q = 0; q < queries; q += V::lanes) {
            const typename V::Element* const from = scores + row * score_stride + q;
            typename V::Element* const to = weights + row * weight_stride + q;
            const Vector own_shift = V::load(shift + q);
            Vector smallest = V::load(made.smallest + q);
            Vector largest = V::load(made.largest + q);
            Term<V> terms[4];
            const auto take = [&](std::size_t r) __attribute__((always_inline)) {
                __builtin_prefetch(from + (r + ahead) * score_stride);
                terms[r] = term_of<V>(from + r * score_stride, scale, own_shift);
                V::store(to + r * weight_stride, terms[r].weight);
                smallest = V::least(terms[r].weight, smallest);
                largest = V::greatest(terms[r].weight, largest);
            };
            const auto sum_of = [&terms](Vector Term<V>::*part) __attribute__((always_inline)) {
                return V::add(V::add(terms[0].*part, terms[1].*part),
                              V::add(terms[2].*part, terms[3].*part));
            };
            if (row + 4 <= rows) {
                take(0), take(1), take(2), take(3);
            } else {
                const Vector nothing = V::all(0);
                for (std::size_t r = 0; r < 4; ++r)
                    if (row + r < rows)
                        take(r);
                    else
                        terms[r] = {nothing, nothing, nothing};
            }
            V::add_to(made.sums + q, sum_of(&Term<V>::weight));
            V::add_to(made.moments + q, sum_of(&Term<V>::moment));
            V::add_to(made.squares + q, sum_of(&Term<V>::square));
            V::store(made.smallest + q, smallest);
            V::store(made.largest + q, largest);
        }
}

template <class T>
void divide(T* __restrict values, std::size_t rows, std::size_t queries,
            const T* __restrict divisors) {
    for (std::size_t row = 0; row < rows; ++row, values += queries)
        for (std::size_t q = 0; q < queries; ++q)
            values[q] /= divisors[q];
}

template <class T>
void moves(const T* __restrict x, const T* __restrict y, std::size_t rows, std::size_t queries,
           double* __restrict squares, double* __restrict changes) {
    for (std::size_t row = 0; row < rows; ++row, x += queries, y += queries)
        for (std::size_t q = 0; q < queries; ++q) {
            const auto before = static_cast<double>(x[q]);
            const double change = static_cast<double>(y[q]) - before;
            squares[q] += before * before;
            changes[q] += change * change;
        }
}

template <class T>
double centre(const T* __restrict z, const T* __restrict c, std::size_t count, T* __restrict out) {
    constexpr std::size_t step = 16;
    double sums[step]{};
    std::size_t i = 0;
    for (; i + step <= count; i += step)
        for (std::size_t s = 0; s < step; ++s) {
            const T x = z[i + s] - c[i + s];
            out[i + s] = x;
            sums[s] += static_cast<double>(x) * static_cast<double>(x);
        }
    for (std::size_t s = 0; i < count; ++i, ++s) {
        out[i] = z[i] - c[i];
        sums[s] += static_cast<double>(out[i]) * static_cast<double>(out[i]);
    }
    double all = 0.0;
    for (const double sum : sums)
        all += sum;
    return all;
}

template <class V>
void distances(typename V::Element* row, std::size_t queries, typename V::Element square,
               const typename V::Element* squares, std::uint16_t* near) {
    using Vector = typename V::Vector;
    constexpr std::size_t step = 16;
    const Vector own = V::all(square);
    for (std::size_t q = 0; q < queries; q += step) {
        std::uint32_t bits = 0;
        for (std::size_t lane = 0; lane < step; lane += V::lanes) {
            const Vector product = V::load(row + q + lane);
            const Vector total = V::add(own, V::load(squares + q + lane));
            const Vector distance = V::subtract(total, V::add(product, product));
            V::store(row + q + lane, distance);
            bits |= V::not_below(V::multiply(total, V::all(0.125F)), distance) << lane;
        }
        near[q / step] = static_cast<std::uint16_t>(bits);
    }
}

template <class T>
using BitsOf = std::conditional_t<sizeof(T) == 4, std::int32_t, std::int64_t>;

template <class T>
constexpr int bucket_shift = std::numeric_limits<T>::digits - 1 - bucket_bits;

template <class T>
void count_buckets(const T* __restrict values, std::size_t rows, std::uint32_t* __restrict counts) {
    constexpr std::size_t lanes = Partition<T>::lanes;
    constexpr BitsOf<T> top = std::bit_cast<BitsOf<T>>(T(1)) >> bucket_shift<T>;
    constexpr BitsOf<T> last = bucket_count - 1;
    for (std::size_t row = 0; row < rows; ++row, values += lanes) {
        std::int32_t places[lanes];
        for (std::size_t lane = 0; lane < lanes; ++lane) {
            const BitsOf<T> below =
                top - (std::bit_cast<BitsOf<T>>(values[lane]) >> bucket_shift<T>);
            const auto bucket = static_cast<std::int32_t>(below < last ? below : last);
            places[lane] =
                bucket * static_cast<std::int32_t>(lanes) + static_cast<std::int32_t>(lane);
        }
        for (std::size_t lane = 0; lane < lanes; ++lane)
            ++counts[places[lane]];
    }
}

template <class V>
void partition(const typename V::Element* values, std::size_t rows,
               Partition<typename V::Element>& found, typename V::Element* within) {
    using T = typename V::Element;
    constexpr std::size_t lanes = Partition<T>::lanes;
    T* ends[lanes];
    for (std::size_t lane = 0; lane < lanes; ++lane) {
        found.mass[lane] = 0.0;
        found.beyond[lane] = 0;
        ends[lane] = within + lane * (rows + 1);
    }
    for (std::size_t row = 0; row < rows; ++row, values += lanes) {
        std::uint32_t above = 0;
        std::uint32_t low = 0;
        std::uint32_t beyond = 0;
        for (std::size_t lane = 0; lane < lanes; lane += V::lanes) {
            const typename V::Vector x = V::load(values + lane);
            const typename V::Vector high = V::load(found.high + lane);
            V::add_to(found.mass + lane, V::at_least(x, high));
            above |= V::not_below(x, high) << lane;
            low |= V::not_below(x, V::load(found.low + lane)) << lane;
            beyond |= V::not_below(x, V::load(found.threshold + lane)) << lane;
        }
        // Few are anything: no more than 100 are beyond 1 %, and not many are of about the same
        // size.
        for (std::uint32_t left = beyond; left != 0; left &= left - 1)
            ++found.beyond[__builtin_ctz(left)];
        for (std::uint32_t left = low & ~above; left != 0; left &= left - 1) {
            const int lane = __builtin_ctz(left);
            *ends[lane]++ = values[lane];
        }
    }
    for (std::size_t lane = 0; lane < lanes; ++lane)
        found.within[lane] = static_cast<std::size_t>(ends[lane] - (within + lane * (rows + 1)));
}

template <class V>
constexpr WeighLoops<typename V::Element> weigh_loops_on{
    extremes<typename V::Element>,      exponentiate<V>,
    divide<typename V::Element>,        moves<typename V::Element>,
    centre<typename V::Element>,        distances<V>,
    count_buckets<typename V::Element>, partition<V>};

} // namespace

} // namespace basin
