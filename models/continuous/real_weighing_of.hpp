#pragma once
// The loops of real_weighing.hpp, in the words of one number: each file that includes this is
// compiled for its machine, and the compiler takes several queries at a time.

#include "models/continuous/real_exponential_of.hpp"
#include "models/continuous/real_weighing.hpp"

#include <limits>

namespace basin {

namespace {

template <class T>
void scale(T* __restrict values, std::size_t rows, std::size_t queries, T factor,
           T* __restrict smallest, T* __restrict largest) {
    for (std::size_t row = 0; row < rows; ++row, values += queries)
        for (std::size_t q = 0; q < queries; ++q) {
            const T x = values[q] * factor;
            values[q] = x;
            smallest[q] = x < smallest[q] ? x : smallest[q];
            largest[q] = x > largest[q] ? x : largest[q];
        }
}

/// A row: e as it stands, x as it was. Nothing overlaps.
template <class T>
void take_in(T* __restrict e, const T* __restrict x, std::size_t queries,
             const Exponentiated<T>& made) {
    constexpr T least = std::numeric_limits<T>::min();
    double* __restrict sums = made.sums;
    double* __restrict moments = made.moments;
    double* __restrict squares = made.squares;
    T* __restrict smallest = made.smallest;
    T* __restrict largest = made.largest;
    for (std::size_t q = 0; q < queries; ++q) {
        const T weight = e[q] < least ? T(0) : e[q];
        e[q] = weight;
        const T moment = weight > T(0) ? weight * x[q] : T(0);
        sums[q] += static_cast<double>(weight);
        moments[q] += static_cast<double>(moment);
        squares[q] += static_cast<double>(weight * weight);
        smallest[q] = weight < smallest[q] ? weight : smallest[q];
        largest[q] = weight > largest[q] ? weight : largest[q];
    }
}

template <class V>
void exponentiate(typename V::Element* values, std::size_t rows, std::size_t queries,
                  const typename V::Element* shift,
                  const Exponentiated<typename V::Element>& made) {
    using T = typename V::Element;
    constexpr std::size_t at_once = 256;
    T x[at_once];
    for (std::size_t row = 0; row < rows; ++row, values += queries)
        for (std::size_t first = 0; first < queries; first += at_once) {
            const std::size_t count = queries - first < at_once ? queries - first : at_once;
            T* own = values + first;
            for (std::size_t q = 0; q < count; ++q) {
                x[q] = own[q] - shift[first + q];
                own[q] = x[q];
            }
            exponentials_on<V>(own, count);
            take_in(own, x, count,
                    {made.sums + first, made.moments + first, made.squares + first,
                     made.smallest + first, made.largest + first});
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
void survey(const T* __restrict values, std::size_t rows, std::size_t queries, T threshold,
            T* __restrict largest, std::uint32_t* __restrict leader,
            std::uint32_t* __restrict above) {
    for (std::size_t q = 0; q < queries; ++q) {
        largest[q] = values[q];
        leader[q] = 0;
        above[q] = 0;
    }
    for (std::size_t row = 0; row < rows; ++row, values += queries)
        for (std::size_t q = 0; q < queries; ++q) {
            const bool is_larger = values[q] > largest[q];
            leader[q] = is_larger ? static_cast<std::uint32_t>(row) : leader[q];
            largest[q] = is_larger ? values[q] : largest[q];
            above[q] += values[q] > threshold ? 1U : 0U;
        }
}

template <class V>
constexpr WeighLoops<typename V::Element> weigh_loops_on{
    scale<typename V::Element>, exponentiate<V>, divide<typename V::Element>,
    survey<typename V::Element>};

} // namespace

} // namespace basin
