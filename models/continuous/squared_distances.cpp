#include "models/continuous/squared_distances.hpp"

#include "models/continuous/loops/real_weighing.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace basin {

namespace {

constexpr std::size_t group = RealTile<float>::query_step;

} // namespace

template <class T>
SquaredDistances<T>::SquaredDistances(const RealMatrix& memories) : middle_(memories.columns) {
    const std::size_t count = std::min<std::size_t>(memories.rows, 64);
    std::vector<double> sums(memories.columns);
    double squares = 0.0;
    for (std::size_t s = 0; s < count; ++s)
        memories.template see<T>(s * memories.rows / count, [&](auto z) {
            for (std::size_t i = 0; i < sums.size(); ++i) {
                sums[i] += static_cast<double>(z[i]);
                squares += static_cast<double>(z[i]) * static_cast<double>(z[i]);
            }
        });
    double squared_means = 0.0;
    for (const double sum : sums)
        squared_means += sum / static_cast<double>(count) * sum;
    // Far less than how far memories are from their mean, in a unit.
    const double variance = (squares - squared_means) / static_cast<double>(count * sums.size());
    const double step = variance > 0 ? std::ldexp(1.0, std::ilogb(std::sqrt(variance)) - 2) : 0.0;
    for (std::size_t i = 0; i < sums.size(); ++i) {
        const double mean = sums[i] / static_cast<double>(count);
        middle_[i] = static_cast<T>(step > 0 ? step * std::nearbyint(mean / step) : mean);
    }
}

template <class T>
typename SquaredDistances<T>::States SquaredDistances<T>::prepare(const Block<T>& states) const {
    States prepared{&states, Block<T>(states.rows, states.queries), std::vector<T>(states.queries)};
    std::vector<double> squares(states.queries);
    for (std::size_t i = 0; i < states.rows; ++i)
        for (std::size_t q = 0; q < states.queries; ++q) {
            const T x = states.row(i)[q] - middle_[i];
            prepared.centred.row(i)[q] = x;
            squares[q] += static_cast<double>(x) * static_cast<double>(x);
        }
    for (std::size_t q = 0; q < squares.size(); ++q)
        prepared.squares[q] = static_cast<T>(squares[q]);
    return prepared;
}

template <class T>
void SquaredDistances<T>::measure(const T* memories, std::size_t rows, const States& states,
                                  T* distances) const {
    const WeighLoops<T>& loops = weigh_loops_of<T>(simd_path());
    const std::size_t n = middle_.size();
    const std::size_t queries = states.centred.queries;
    std::vector<T, UnclearedAllocator<T>> centred(rows * n);
    std::vector<T> squares(rows);
    for (std::size_t row = 0; row < rows; ++row)
        squares[row] = static_cast<T>(
            loops.centre(memories + row * n, middle_.data(), n, centred.data() + row * n));
    std::fill_n(distances, rows * queries, T(0));
    real_loops_of<T>(simd_path())
        .products({.terms = n,
                   .rows = rows,
                   .queries = queries,
                   .a = centred.data(),
                   .term_stride = 1,
                   .row_stride = n,
                   .b = states.centred.values.data(),
                   .b_stride = queries,
                   .c = distances,
                   .c_stride = queries});
    const std::size_t groups = queries / group;
    std::vector<std::uint16_t> near(rows * groups);
    for (std::size_t row = 0; row < rows; ++row)
        loops.distances(distances + row * queries, queries, squares[row], states.squares.data(),
                        near.data() + row * groups);
    for (std::size_t query = 0; query < queries; query += group)
        measure_near(memories, rows, states, query, near, distances);
}

/// Of the queries of one group.
template <class T>
void SquaredDistances<T>::measure_near(const T* memories, std::size_t rows, const States& states,
                                       std::size_t query, const std::vector<std::uint16_t>& near,
                                       T* distances) const {
    constexpr std::size_t most = 16;
    const std::size_t n = middle_.size();
    const std::size_t queries = states.centred.queries;
    const auto bits_of = [&](std::size_t row) {
        return near[row * (queries / group) + query / group];
    };
    std::vector<std::size_t> chosen;
    std::vector<T> copies(0);
    std::vector<T> exact(most * group);
    for (std::size_t row = 0; row < rows; ++row) {
        if (bits_of(row) != 0) chosen.push_back(row);
        if (chosen.size() < most && (row + 1 < rows || chosen.empty())) continue;
        copies.resize(most * n);
        for (std::size_t r = 0; r < chosen.size(); ++r)
            std::copy_n(memories + chosen[r] * n, n, copies.data() + r * n);
        std::ranges::fill(exact, T(0));
        real_loops_of<T>(simd_path())
            .squared_distances({.terms = n,
                                .rows = chosen.size(),
                                .queries = group,
                                .a = copies.data(),
                                .term_stride = 1,
                                .row_stride = n,
                                .b = states.as_given->values.data() + query,
                                .b_stride = queries,
                                .c = exact.data(),
                                .c_stride = group});
        for (std::size_t r = 0; r < chosen.size(); ++r)
            for (std::size_t q = 0; q < group; ++q)
                if ((bits_of(chosen[r]) >> q & 1U) != 0)
                    distances[chosen[r] * queries + query + q] = exact[r * group + q];
        chosen.clear();
    }
}

template class SquaredDistances<float>;
template class SquaredDistances<double>;

} // namespace basin
