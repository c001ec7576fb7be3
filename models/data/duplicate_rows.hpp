#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <vector>

namespace basin {

/// Number of rows of a matrix that equal an earlier row.
template <class Matrix>
std::uint32_t count_duplicate_rows(const Matrix& patterns) {
    std::vector<std::size_t> order(patterns.rows);
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return std::ranges::lexicographical_compare(patterns.row(a), patterns.row(b));
    });
    std::uint32_t count = 0;
    for (std::size_t i = 1; i < order.size(); ++i)
        count += std::ranges::equal(patterns.row(order[i - 1]), patterns.row(order[i]));
    return count;
}

} // namespace basin
