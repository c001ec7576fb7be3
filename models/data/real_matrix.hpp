#pragma once
// Real vectors, one a row.

#include "models/data/value_range.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

namespace basin {

/// Numbers of float32 are kept as such: every precision of an evaluation but the half ones begins
/// with the same ones. Of others there are two copies: float64 begins with them as they were given.
struct RealMatrix {
    RealMatrix() = default;
    RealMatrix(std::size_t row_count, std::size_t column_count)
        : rows(row_count), columns(column_count), values(row_count * column_count) {}

    std::span<float> row(std::size_t r) { return {values.data() + r * columns, columns}; }
    std::span<const float> row(std::size_t r) const {
        return {values.data() + r * columns, columns};
    }

    /// Calls see(row) with the numbers that a computation in T, float or double, begins with: a
    /// span of float, or of double if T is and float32 does not hold all of them.
    template <class T = double, class See>
    auto see(std::size_t r, const See& see) const {
        if constexpr (std::is_same_v<T, double>)
            if (is_rounded())
                return see(std::span<const double>(doubles.data() + r * columns, columns));
        return see(row(r));
    }

    bool is_rounded() const { return !doubles.empty(); } ///< whether `values` are

    std::size_t rows = 0;
    std::size_t columns = 0;
    std::vector<float> values;     ///< row-major, rounded to float32
    std::vector<double> doubles{}; ///< the same in float64 if float32 does not hold all; else empty
};

/// The matrix of these numbers, row-major.
inline RealMatrix real_matrix(std::size_t rows, std::size_t columns, std::vector<double> numbers) {
    RealMatrix matrix(rows, columns);
    std::ranges::transform(numbers, matrix.values.begin(),
                           [](double x) { return static_cast<float>(x); });
    if (!std::ranges::equal(numbers, matrix.values)) matrix.doubles = std::move(numbers);
    return matrix;
}

/// Sum of term(i) for i below `count`, in 16 sums that become one: they do not wait for each other.
template <class Term>
double sum_of(std::size_t count, const Term& term) {
    std::array<double, 16> sums{};
    std::size_t i = 0;
    for (; i + sums.size() <= count; i += sums.size())
        for (std::size_t s = 0; s < sums.size(); ++s)
            sums[s] += term(i + s);
    for (std::size_t s = 0; i < count; ++i, ++s)
        sums[s] += term(i);
    double all = 0.0;
    for (const double sum : sums)
        all += sum;
    return all;
}

/// |z|^2, in double.
template <class Row>
double squared_length(const Row& z) {
    return sum_of(z.size(), [&z](std::size_t i) { return double{z[i]} * double{z[i]}; });
}

/// Euclidean.
template <class Row>
double length(const Row& vector) {
    return std::sqrt(squared_length(vector));
}

} // namespace basin
