#pragma once
// Real vectors, one a row.

#include "models/value_range.hpp"

#include <array>
#include <cstddef>
#include <span>
#include <vector>

namespace basin {

/// Values are of float32, so that every precision of an evaluation but the half ones begins with
/// the same numbers.
struct RealMatrix {
    RealMatrix() = default;
    RealMatrix(std::size_t row_count, std::size_t column_count)
        : rows(row_count), columns(column_count), values(row_count * column_count) {}

    std::span<float> row(std::size_t r) { return {values.data() + r * columns, columns}; }
    std::span<const float> row(std::size_t r) const {
        return {values.data() + r * columns, columns};
    }

    std::size_t rows = 0;
    std::size_t columns = 0;
    std::vector<float> values; ///< row-major
};

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
inline double squared_length(std::span<const float> z) {
    return sum_of(z.size(), [z](std::size_t i) { return double{z[i]} * z[i]; });
}

} // namespace basin
