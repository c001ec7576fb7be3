#pragma once
// Real vectors, one a row.

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

/// |z|^2, added up in double, in 16 sums that become one: they do not wait for each other.
inline double squared_length(std::span<const float> z) {
    std::array<double, 16> sums{};
    std::size_t i = 0;
    for (; i + sums.size() <= z.size(); i += sums.size())
        for (std::size_t s = 0; s < sums.size(); ++s)
            sums[s] += double{z[i + s]} * z[i + s];
    for (std::size_t s = 0; i < z.size(); ++i, ++s)
        sums[s] += double{z[i]} * z[i];
    double all = 0.0;
    for (const double sum : sums)
        all += sum;
    return all;
}

/// What the units of a pattern may be: pixels from black to white, spins from -1 to 1.
struct ValueRange {
    double low = -1.0;
    double high = 1.0;
    double width() const { return high - low; }
};

} // namespace basin
