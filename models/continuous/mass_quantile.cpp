#include "models/continuous/mass_quantile.hpp"

#include "models/continuous/effective_number.hpp"
#include "models/continuous/loops/real_weighing.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace basin {

namespace {

constexpr std::size_t all_lanes = Partition<float>::lanes;

/// The smallest number of a bucket of real_weighing.hpp.
double edge(std::size_t bucket) {
    if (bucket + 1 == bucket_count) return 0.0;
    constexpr std::size_t per_octave = std::size_t{1} << bucket_bits;
    // From 1 down, each octave in equal steps up from its lower end.
    const auto octave = static_cast<int>((bucket + per_octave - 1) / per_octave);
    const auto step = octave * static_cast<int>(per_octave) - static_cast<int>(bucket);
    return std::ldexp(1.0 + step / static_cast<double>(per_octave), -octave);
}

std::vector<double> all_edges() {
    std::vector<double> edges(bucket_count);
    for (std::size_t bucket = 0; bucket < bucket_count; ++bucket)
        edges[bucket] = edge(bucket);
    return edges;
}

/// Where the sum of the largest is `enough`: among the numbers in [low, high).
struct Bracket {
    double low = 0.0;
    double high = 2.0;
    std::uint32_t above = 0; ///< how many are >= high
};

/// counts: [bucket][lane], from `lane` on.
Bracket bracket_of(const std::uint32_t* counts, double enough) {
    static const std::vector<double> edges = all_edges();
    constexpr double rounding = 1e-12; // what counts times edges may be off by
    Bracket bracket;
    double at_most = 0.0;
    double at_least = 0.0;
    std::uint32_t all = 0;
    for (std::size_t bucket = 0; bucket < bucket_count; ++bucket) {
        const std::uint32_t number = counts[bucket * all_lanes];
        all += number;
        at_most += number * edges[bucket == 0 ? 0 : bucket - 1];
        at_least += number * edges[bucket];
        if (at_most < enough * (1 - rounding)) {
            bracket.high = edges[bucket];
            bracket.above = all;
        }
        if (at_least >= enough * (1 + rounding)) {
            bracket.low = edges[bucket];
            break;
        }
    }
    return bracket;
}

} // namespace

template <class T>
void find_leading_mass(const Block<T>& shares, std::span<LeadingMass> columns) {
    const WeighLoops<T>& loops = weigh_loops_of<T>(simd_path());
    const std::size_t rows = shares.rows;
    std::vector<std::uint32_t> counts(bucket_count * all_lanes);
    loops.count_buckets(shares.values.data(), rows, counts.data());

    const double mass = k90_mass - k90_slack(rows);
    Partition<T> partition{};
    std::fill_n(partition.low, all_lanes, T(2)); // of all_lanes that nobody asks for
    std::fill_n(partition.high, all_lanes, T(2));
    std::fill_n(partition.threshold, all_lanes, T(2));
    for (LeadingMass& column : columns) {
        const Bracket bracket = bracket_of(counts.data() + column.lane, mass * column.total);
        column.k90 = bracket.above;
        partition.low[column.lane] = static_cast<T>(bracket.low);
        partition.high[column.lane] = static_cast<T>(bracket.high);
        // Those above it, as partition() takes those that are not below.
        partition.threshold[column.lane] =
            std::nextafter(static_cast<T>(support_threshold * column.total), T(2));
    }
    std::vector<T, UnclearedAllocator<T>> within(all_lanes * (rows + 1));
    loops.partition(shares.values.data(), rows, partition, within.data());
    for (LeadingMass& column : columns) {
        const std::size_t lane = column.lane;
        column.support = partition.beyond[lane];
        column.k90 +=
            number_needed(std::span(within.data() + lane * (rows + 1), partition.within[lane]),
                          mass * column.total - partition.mass[lane]);
    }
}

template void find_leading_mass<float>(const Block<float>&, std::span<LeadingMass>);
template void find_leading_mass<double>(const Block<double>&, std::span<LeadingMass>);

} // namespace basin
