#include "models/continuous/scorer.hpp"

#include "models/continuous/divergences.hpp"
#include "models/continuous/real_weighing.hpp"
#include "models/errors.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <type_traits>

namespace basin {

namespace {

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
    const auto [shares, has_lengths] =
        likeness.similarity.visit([](auto s) { return std::pair(s.shares, s.lengths); });
    lengths_.resize(memories_->rows);
    double all = 0.0;
    for (std::size_t mu = 0; mu < memories_->rows; ++mu) {
        const std::span z = std::as_const(*memories_).row(mu);
        if (has_lengths) {
            const double square = squared_length(z);
            all += square;
            lengths_[mu] = static_cast<T>(std::sqrt(square));
        }
        if (!shares) continue;
        sums_.push_back(std::accumulate(z.begin(), z.end(), 0.0));
        if (std::ranges::min(z) < 0.0F || !(sums_.back() > 0.0))
            throw InputError(fmt::format("similarity {} compares distributions, but memory {} {}",
                                         likeness.similarity.name(), mu,
                                         sums_.back() > 0.0 ? "has negative units" : "is zero"));
    }
    all_ = static_cast<T>(std::sqrt(all));
    const auto measure = likeness.similarity.visit([](auto s) { return s.measure; });
    if (measure == RealMeasure::squared_distances) distances_.emplace(*memories_);
}

namespace {

/// States as distributions.
template <class T>
Block<T> shares_of(const Block<T>& states, std::span<const double> sums) {
    Block<T> shares(states.rows, states.queries);
    for (std::size_t i = 0; i < shares.rows; ++i)
        for (std::size_t q = 0; q < shares.queries; ++q)
            shares.row(i)[q] = static_cast<T>(states.row(i)[q] / sums[q]);
    return shares;
}

} // namespace

/// [query] what similarities need of the states themselves.
template <class T>
struct Scorer<T>::StateSizes {
    std::vector<T> lengths;
    std::vector<double> sums;
};

template <class T>
typename Scorer<T>::StateSizes Scorer<T>::sizes_of(const Block<T>& states, bool are_needed) {
    StateSizes sizes{std::vector<T>(states.queries), std::vector<double>(states.queries)};
    if (!are_needed) return sizes;
    std::vector<double> squares(states.queries);
    for (std::size_t i = 0; i < states.rows; ++i)
        for (std::size_t q = 0; q < states.queries; ++q) {
            const double x = states.row(i)[q];
            squares[q] += x * x;
            sizes.sums[q] += x;
        }
    for (std::size_t q = 0; q < states.queries; ++q)
        sizes.lengths[q] = static_cast<T>(std::sqrt(squares[q]));
    return sizes;
}

template <class T>
void Scorer<T>::store(Block<T>& states) const {
    if (!storage_) return;
    for (T& x : states.values)
        x = static_cast<T>(round_to(*storage_, x));
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
        break; // SquaredDistances
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
template <class Similarity>
void Scorer<T>::compare(Similarity similarity, std::size_t memory, const StateSizes& sizes,
                        const T* reverse, std::span<T> row) const {
    for (std::size_t q = 0; q < row.size(); ++q)
        row[q] = similarity.template of<T>({.sum = row[q],
                                            .reverse = reverse == nullptr ? T(0) : reverse[q],
                                            .memory = lengths_[memory],
                                            .state = sizes.lengths[q],
                                            .all = all_,
                                            .units = static_cast<T>(dimension()),
                                            .delta = static_cast<T>(likeness_.delta)});
}

template <class T>
Extremes<T> Scorer<T>::score(const Block<T>& states, Block<T>& scores) const {
    constexpr T infinity = std::numeric_limits<T>::infinity();
    const std::size_t queries = states.queries;
    Extremes<T> extremes{std::vector<T>(queries, infinity), std::vector<T>(queries, -infinity),
                         std::vector<std::uint32_t>(queries)};
    likeness_.similarity.visit([&](auto similarity) {
        const bool shares = similarity.shares;
        const StateSizes sizes = sizes_of(states, similarity.shares || similarity.lengths);
        const Block<T> shared = shares ? shares_of(states, sizes.sums) : Block<T>(0, queries);
        Block<T> reverse(similarity.measure == RealMeasure::divergences ? scores.rows : 0, queries);
        std::ranges::fill(reverse.values, T(0));

        std::optional<typename SquaredDistances<T>::States> prepared;
        if (distances_) prepared = distances_->prepare(states);

        std::vector<T> room;
        for (std::size_t first = 0; first < memory_count(); first += tile_memories) {
            const std::size_t last = std::min(first + tile_memories, memory_count());
            const T* memories = rows(first, last, shares, room);
            if (prepared) {
                distances_->measure(memories, last - first, *prepared, scores.row(first));
            } else {
                std::fill(scores.row(first), scores.row(last), T(0));
                measure(similarity.measure, memories, first, last, shares ? shared : states, scores,
                        &reverse);
            }
            for (std::size_t mu = first; mu < last; ++mu)
                compare(similarity, mu, sizes, reverse.rows == 0 ? nullptr : reverse.row(mu),
                        {scores.row(mu), queries});
            weigh_loops_of<T>(simd_path())
                .extremes(scores.row(first), last - first, queries, extremes.smallest.data(),
                          extremes.largest.data(), extremes.leader.data(),
                          static_cast<std::uint32_t>(first));
        }
    });
    return extremes;
}

template <class T>
void Scorer<T>::project(std::size_t first, std::size_t last, const T* weights,
                        Block<T>& states) const {
    std::vector<T> room;
    for (std::size_t begin = first; begin < last; begin += tile_memories) {
        const std::size_t end = std::min(begin + tile_memories, last);
        loops_->products({.terms = end - begin,
                          .rows = dimension(),
                          .queries = states.queries,
                          .a = rows(begin, end, false, room),
                          .term_stride = dimension(),
                          .row_stride = 1,
                          .b = weights + (begin - first) * states.queries,
                          .b_stride = states.queries,
                          .c = states.values.data(),
                          .c_stride = states.queries});
    }
}

template class Scorer<float>;
template class Scorer<double>;

} // namespace basin
