#include "models/continuous/scorer.hpp"

#include "models/continuous/divergences.hpp"
#include "models/errors.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <type_traits>

namespace basin {

namespace {

/// Memories of a tile: with 256 queries, scores that stay in a cache.
constexpr std::size_t tile_memories = 256;

bool is_half(Choice<Precisions> precision) {
    return precision.is<Float16>() || precision.is<BFloat16>();
}

} // namespace

template <class T>
Scorer<T>::Scorer(const RealMatrix& memories, const Likeness& likeness)
    : memories_(&memories), likeness_(likeness) {
    if (is_half(likeness.precision)) {
        storage_ = format_of(likeness.precision);
        rounded_ = memories;
        for (float& x : rounded_.values)
            x = static_cast<float>(round_to(*storage_, x));
        memories_ = &rounded_;
    }
    const bool shares = likeness.similarity.visit([](auto s) { return s.shares; });
    double all = 0.0;
    for (std::size_t mu = 0; mu < memories_->rows; ++mu) {
        const std::span z = std::as_const(*memories_).row(mu);
        const double square = squared_length(z);
        all += square;
        lengths_.push_back(static_cast<T>(std::sqrt(square)));
        if (!shares) continue;
        sums_.push_back(std::accumulate(z.begin(), z.end(), 0.0));
        if (std::ranges::min(z) < 0.0F || !(sums_.back() > 0.0))
            throw InputError(fmt::format("similarity {} compares distributions, but memory {} {}",
                                         likeness.similarity.name(), mu,
                                         sums_.back() > 0.0 ? "has negative units" : "is zero"));
    }
    all_ = static_cast<T>(std::sqrt(all));
}

template <class T>
T Scorer<T>::stored(T x) const {
    return storage_ ? static_cast<T>(round_to(*storage_, x)) : x;
}

template <class T>
const T* Scorer<T>::rows(std::size_t first, std::size_t last, bool shares,
                         std::vector<T>& room) const {
    const std::size_t n = dimension();
    const float* values = memories_->values.data() + first * n;
    if constexpr (std::is_same_v<T, float>)
        if (!shares) return values;
    room.assign(values, values + (last - first) * n);
    if (shares)
        for (std::size_t mu = first; mu < last; ++mu)
            for (std::size_t i = (mu - first) * n; i < (mu - first + 1) * n; ++i)
                room[i] = static_cast<T>(room[i] / sums_[mu]);
    return room.data();
}

template <class T>
void Scorer<T>::measure(RealMeasure measure, const T* memories, std::size_t first, std::size_t last,
                        const Block<T>& states, Block<T>& scores, Block<T>* reverse) const {
    const RealTile<T> tile{.terms = dimension(),
                           .rows = last - first,
                           .queries = states.queries,
                           .a = memories,
                           .term_stride = 1,
                           .row_stride = dimension(),
                           .b = states.values.data(),
                           .b_stride = states.queries,
                           .c = scores.row(first),
                           .c_stride = scores.queries};
    switch (measure) {
    case RealMeasure::products:
        loops_->products(tile);
        break;
    case RealMeasure::squared_distances:
        loops_->squared_distances(tile);
        break;
    case RealMeasure::manhattan_distances:
        loops_->manhattan_distances(tile);
        break;
    case RealMeasure::divergences:
        add_divergences(tile, reverse->row(first));
        break;
    case RealMeasure::mixture:
        add_jensen_shannon(tile);
        break;
    }
}

template <class T>
void Scorer<T>::score(const Block<T>& states, Block<T>& scores) const {
    const std::size_t queries = states.queries;
    std::vector<T> lengths(queries);
    std::vector<double> sums(queries);
    std::vector<double> squares(queries);
    for (std::size_t i = 0; i < states.rows; ++i)
        for (std::size_t q = 0; q < queries; ++q) {
            const double x = states.row(i)[q];
            squares[q] += x * x;
            sums[q] += x;
        }
    for (std::size_t q = 0; q < queries; ++q)
        lengths[q] = static_cast<T>(std::sqrt(squares[q]));
    likeness_.similarity.visit([&](auto similarity) {
        const bool shares = similarity.shares;
        Block<T> shared(shares ? states.rows : 0, queries);
        for (std::size_t i = 0; i < shared.rows; ++i)
            for (std::size_t q = 0; q < queries; ++q)
                shared.row(i)[q] = static_cast<T>(states.row(i)[q] / sums[q]);
        Block<T> reverse(similarity.measure == RealMeasure::divergences ? scores.rows : 0, queries);
        std::ranges::fill(scores.values, T(0));

        std::vector<T> room;
        for (std::size_t first = 0; first < memory_count(); first += tile_memories) {
            const std::size_t last = std::min(first + tile_memories, memory_count());
            measure(similarity.measure, rows(first, last, shares, room), first, last,
                    shares ? shared : states, scores, &reverse);
            for (std::size_t mu = first; mu < last; ++mu) {
                T* row = scores.row(mu);
                for (std::size_t q = 0; q < queries; ++q)
                    row[q] = similarity.template of<T>(
                        {.sum = row[q],
                         .reverse = reverse.rows == 0 ? T(0) : reverse.row(mu)[q],
                         .memory = lengths_[mu],
                         .state = lengths[q],
                         .all = all_,
                         .units = static_cast<T>(dimension()),
                         .delta = static_cast<T>(likeness_.delta)});
            }
        }
    });
}

template <class T>
void Scorer<T>::project(const Block<T>& weights, Block<T>& states) const {
    std::ranges::fill(states.values, T(0));
    std::vector<T> room;
    for (std::size_t first = 0; first < memory_count(); first += tile_memories) {
        const std::size_t last = std::min(first + tile_memories, memory_count());
        loops_->products({.terms = last - first,
                          .rows = dimension(),
                          .queries = states.queries,
                          .a = rows(first, last, false, room),
                          .term_stride = dimension(),
                          .row_stride = 1,
                          .b = weights.row(first),
                          .b_stride = weights.queries,
                          .c = states.values.data(),
                          .c_stride = states.queries});
    }
    if (storage_)
        for (T& x : states.values)
            x = stored(x);
}

template class Scorer<float>;
template class Scorer<double>;

} // namespace basin
