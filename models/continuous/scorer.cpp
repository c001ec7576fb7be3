#include "models/continuous/scorer.hpp"

#include "models/base/errors.hpp"
#include "models/continuous/divergences.hpp"
#include "models/continuous/loops/real_weighing.hpp"

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

/// Of vectors whose largest units lie between 2^-far and 2^far, no product, sum or length leaves
/// the range of T or loses digits at its end.
template <class T>
constexpr int far = std::is_same_v<T, float> ? 40 : 400;

/// The power of two that a vector with this largest unit, in absolute value, is divided by before
/// anything is multiplied: 0 but for one that is far from 1. Similarities that take vectors by
/// their directions or shares are the same of a scaled one, to the bit unless the other would
/// have left the range.
template <class T>
int scale_of(double largest) {
    if (largest == 0.0 || !std::isfinite(largest)) return 0;
    const int exponent = std::ilogb(largest);
    return std::abs(exponent) <= far<T> ? 0 : exponent;
}

template <class Row>
double largest_unit(const Row& row) {
    double largest = 0.0;
    for (const auto x : row)
        largest = std::max(largest, std::abs(static_cast<double>(x)));
    return largest;
}

} // namespace

template <class T>
Scorer<T>::Scorer(const RealMatrix& memories, const Likeness& likeness)
    : memories_(&memories), likeness_(likeness) {
    if (is_half(likeness.precision)) {
        storage_ = format_of(likeness.precision);
        rounded_ = RealMatrix(memories.rows, memories.columns);
        for (std::size_t mu = 0; mu < memories.rows; ++mu)
            memories.see(mu, [&](auto z) {
                for (std::size_t i = 0; i < z.size(); ++i)
                    rounded_.row(mu)[i] = static_cast<float>(round_to(*storage_, z[i]));
            });
        memories_ = &rounded_;
    }
    const auto [shares, has_lengths] =
        likeness.similarity.visit([](auto s) { return std::pair(s.shares, s.lengths); });
    lengths_.resize(memories_->rows);
    if (shares || has_lengths) scale_memories();
    if (has_lengths) measure_lengths();
    if (shares) sum_up();
    const auto measure = likeness.similarity.visit([](auto s) { return s.measure; });
    if (measure == RealMeasure::squared_distances || measure == RealMeasure::distances)
        distances_.emplace(*memories_);
}

/// Fills in scales_, unless all are 0.
template <class T>
void Scorer<T>::scale_memories() {
    std::vector<int> scales(memories_->rows);
    for (std::size_t mu = 0; mu < scales.size(); ++mu)
        scales[mu] =
            memories_->template see<T>(mu, [](auto z) { return scale_of<T>(largest_unit(z)); });
    if (std::ranges::any_of(scales, [](int scale) { return scale != 0; }))
        scales_ = std::move(scales);
}

template <class T>
void Scorer<T>::measure_lengths() {
    // The length of all is scaled as the longest one.
    all_scale_ = scales_.empty() ? 0 : std::ranges::max(scales_);
    double all = 0.0;
    for (std::size_t mu = 0; mu < memories_->rows; ++mu) {
        const int scale = scale_of_memory(mu);
        const double square = memories_->template see<T>(mu, [scale](auto z) {
            if (scale == 0) return squared_length(z);
            return sum_of(z.size(), [z, scale](std::size_t i) {
                const double x = std::ldexp(static_cast<double>(z[i]), -scale);
                return x * x;
            });
        });
        all += scales_.empty() ? square : std::ldexp(square, 2 * (scale - all_scale_));
        lengths_[mu] = static_cast<T>(std::sqrt(square));
    }
    all_ = static_cast<T>(std::sqrt(all));
}

template <class T>
void Scorer<T>::sum_up() {
    for (std::size_t mu = 0; mu < memories_->rows; ++mu) {
        const int scale = scale_of_memory(mu);
        const bool is_negative = memories_->template see<T>(mu, [&](auto z) {
            sums_.push_back(0.0);
            for (const double x : z)
                sums_.back() += scale == 0 ? x : std::ldexp(x, -scale);
            return std::ranges::min(z) < 0;
        });
        if (is_negative || !(sums_.back() > 0.0))
            throw InputError(fmt::format("similarity {} compares distributions, but memory {} {}",
                                         likeness_.similarity.name(), mu,
                                         is_negative ? "has negative units" : "is zero"));
    }
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

/// [query] the scales of states, or none if all are 0.
template <class T>
std::vector<int> scales_of(const Block<T>& states) {
    std::vector<T> largest(states.queries);
    for (std::size_t i = 0; i < states.rows; ++i)
        for (std::size_t q = 0; q < states.queries; ++q)
            largest[q] = std::max(largest[q], std::abs(states.row(i)[q]));
    std::vector<int> scales(states.queries);
    for (std::size_t q = 0; q < scales.size(); ++q)
        scales[q] = scale_of<T>(static_cast<double>(largest[q]));
    if (std::ranges::all_of(scales, [](int scale) { return scale == 0; })) scales.clear();
    return scales;
}

template <class T>
Block<T> scaled(const Block<T>& states, std::span<const int> scales) {
    Block<T> result(states.rows, states.queries);
    for (std::size_t i = 0; i < states.rows; ++i)
        for (std::size_t q = 0; q < states.queries; ++q)
            result.row(i)[q] = std::ldexp(states.row(i)[q], -scales[q]);
    return result;
}

/// |z - x|, whatever the size of its square. State q of `states`.
template <class T>
T distance_of(const T* memory, const Block<T>& states, std::size_t q) {
    double largest = 0.0;
    for (std::size_t i = 0; i < states.rows; ++i) {
        const double difference =
            static_cast<double>(memory[i]) - static_cast<double>(states.row(i)[q]);
        if (std::isnan(difference)) return static_cast<T>(difference);
        largest = std::max(largest, std::abs(difference));
    }
    if (largest == 0.0 || std::isinf(largest)) return static_cast<T>(largest);
    const int scale = std::ilogb(largest);
    double square = 0.0;
    for (std::size_t i = 0; i < states.rows; ++i) {
        const double part = std::ldexp(
            static_cast<double>(memory[i]) - static_cast<double>(states.row(i)[q]), -scale);
        square += part * part;
    }
    return static_cast<T>(std::ldexp(std::sqrt(square), scale));
}

/// Makes distances of the squared ones of some memories, [row][Q]: their roots, or the distances
/// themselves where squares left the range of T or lost digits at its end.
template <class T>
void take_roots(const T* memories, std::size_t rows, const Block<T>& states, T* distances) {
    constexpr T least = std::is_same_v<T, float> ? T(0x1p-100) : T(0x1p-960);
    constexpr T most = std::numeric_limits<T>::max();
    for (std::size_t row = 0; row < rows; ++row)
        for (std::size_t q = 0; q < states.queries; ++q) {
            T& d = distances[row * states.queries + q];
            d = d >= least && d <= most ? std::sqrt(d)
                                        : distance_of(memories + row * states.rows, states, q);
        }
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
T Scorer<T>::stored(double x) const {
    return static_cast<T>(storage_ ? round_to(*storage_, x) : x);
}

template <class T>
void Scorer<T>::store(Block<T>& states) const {
    if (!storage_) return;
    for (T& x : states.values)
        x = static_cast<T>(round_to(*storage_, x));
}

template <class T>
const T* Scorer<T>::rows(std::size_t first, std::size_t last, RowForm form,
                         std::vector<T>& room) const {
    const bool shares = form == RowForm::compared && !sums_.empty();
    const std::size_t n = dimension();
    const std::size_t count = (last - first) * n;
    const bool are_given = form == RowForm::as_stored || (!shares && scales_.empty());
    const T* const given = memories_->template see<T>(first, [&](auto z) -> const T* {
        if constexpr (std::is_same_v<decltype(z), std::span<const T>>)
            if (are_given) return z.data();
        room.assign(z.data(), z.data() + count);
        return nullptr;
    });
    if (given != nullptr) return given;
    if (are_given) return room.data();
    for (std::size_t mu = first; mu < last; ++mu) {
        const std::span row(room.data() + (mu - first) * n, n);
        if (const int scale = scale_of_memory(mu); scale != 0)
            for (T& x : row)
                x = std::ldexp(x, -scale);
        if (shares)
            for (T& x : row)
                x = static_cast<T>(x / sums_[mu]);
    }
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
    case RealMeasure::distances:
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
void Scorer<T>::compare(Similarity similarity, std::size_t first, std::size_t last,
                        const StateSizes& sizes, const Block<T>& reverse, Block<T>& scores) const {
    for (std::size_t mu = first; mu < last; ++mu) {
        const T all = scales_.empty() ? all_ : std::ldexp(all_, all_scale_ - scales_[mu]);
        const T* const other = reverse.rows == 0 ? nullptr : reverse.row(mu);
        T* const row = scores.row(mu);
        for (std::size_t q = 0; q < scores.queries; ++q)
            row[q] = similarity.template of<T>({.sum = row[q],
                                                .reverse = other == nullptr ? T(0) : other[q],
                                                .memory = lengths_[mu],
                                                .state = sizes.lengths[q],
                                                .all = all,
                                                .units = static_cast<T>(dimension()),
                                                .delta = static_cast<T>(likeness_.delta)});
    }
}

template <class T>
Extremes<T> Scorer<T>::score(const Block<T>& states, Block<T>& scores) const {
    constexpr T infinity = std::numeric_limits<T>::infinity();
    const std::size_t queries = states.queries;
    Extremes<T> extremes{std::vector<T>(queries, infinity), std::vector<T>(queries, -infinity),
                         std::vector<std::uint32_t>(queries)};
    likeness_.similarity.visit([&](auto similarity) {
        const bool shares = similarity.shares;
        const bool is_scalable = similarity.shares || similarity.lengths;
        const std::vector<int> scales = is_scalable ? scales_of(states) : std::vector<int>();
        const Block<T> small = scales.empty() ? Block<T>(0, queries) : scaled(states, scales);
        const Block<T>& compared = scales.empty() ? states : small;
        const StateSizes sizes = sizes_of(compared, is_scalable);
        const Block<T> shared = shares ? shares_of(compared, sizes.sums) : Block<T>(0, queries);
        Block<T> reverse(similarity.measure == RealMeasure::divergences ? scores.rows : 0, queries);
        std::ranges::fill(reverse.values, T(0));

        std::optional<typename SquaredDistances<T>::States> prepared;
        if (distances_) prepared = distances_->prepare(states);

        std::vector<T> room;
        for (std::size_t first = 0; first < memory_count(); first += tile_memories) {
            const std::size_t last = std::min(first + tile_memories, memory_count());
            const T* memories = rows(first, last, RowForm::compared, room);
            if (prepared) {
                distances_->measure(memories, last - first, *prepared, scores.row(first));
                if (similarity.measure == RealMeasure::distances)
                    take_roots(memories, last - first, states, scores.row(first));
            } else {
                std::fill(scores.row(first), scores.row(last), T(0));
                measure(similarity.measure, memories, first, last, shares ? shared : compared,
                        scores, &reverse);
            }
            compare(similarity, first, last, sizes, reverse, scores);
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
                          .a = rows(begin, end, RowForm::as_stored, room),
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
