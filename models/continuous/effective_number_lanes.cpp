#include "models/continuous/effective_number_lanes.hpp"

#include "models/continuous/loops/real_weighing.hpp"
#include "models/continuous/mass_quantile.hpp"
#include "models/continuous/softmax_terms.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace basin {

namespace {

constexpr std::size_t step = RealTile<float>::query_step;

/// The exponentials of `step` queries from `query` on.
template <class T>
void exponentials_of(const SoftmaxTerms<T>& softmax, const Block<T>& scores, std::size_t query,
                     Block<T>& exponentials) {
    std::array<double, step> unused_sums{};
    std::array<T, step> unused{};
    weigh_loops_of<T>(simd_path())
        .exponentiate(scores.values.data() + query, scores.queries, exponentials.values.data(),
                      step, scores.rows, step, softmax.factor(), softmax.shift().data() + query,
                      {unused_sums.data(), unused_sums.data(), unused_sums.data(), unused.data(),
                       unused.data()});
}

/// Counts the exponentials of each lane that are as large as the largest one, which is exp(0) = 1.
template <class T>
std::array<std::uint32_t, step> ties_of(const Block<T>& exponentials, double share) {
    const auto least = static_cast<T>(1 - share);
    std::array<std::uint32_t, step> ties{};
    for (std::size_t mu = 0; mu < exponentials.rows; ++mu)
        for (std::size_t lane = 0; lane < step; ++lane)
            ties[lane] += exponentials.row(mu)[lane] >= least;
    return ties;
}

/// [lane] the weights of these lanes, in double.
template <class T>
std::vector<std::vector<double>> columns_of(const Block<T>& weights,
                                            std::span<const std::size_t> lanes) {
    std::vector<std::vector<double>> columns(lanes.size(), std::vector<double>(weights.rows));
    for (std::size_t mu = 0; mu < weights.rows; ++mu)
        for (std::size_t c = 0; c < lanes.size(); ++c)
            columns[c][mu] = static_cast<double>(weights.row(mu)[lanes[c]]);
    return columns;
}

} // namespace

template <class T>
std::vector<WeightSizes>
sizes_of_softmax(const SeparationRule& rule, const Block<T>& scores, const Extremes<T>& extremes,
                 std::span<const Separated> made, std::span<const std::size_t> lanes,
                 const LaneTies& ties) {
    const SoftmaxTerms<T> softmax(rule, extremes);
    std::vector<WeightSizes> sizes(lanes.size());
    Block<T> exponentials(0, step);
    for (std::size_t s = 0; s < lanes.size();) {
        const std::size_t query = lanes[s] / step * step;
        std::array<LeadingMass, step> closely;  // those that one weight does not tell all about
        std::array<std::size_t, step> places{}; // in `sizes`
        std::size_t count = 0;
        for (; s < lanes.size() && lanes[s] < query + step; ++s) {
            const Separated& own = made[lanes[s]];
            if (!own.is_defined) continue;
            sizes[s] = {.k90 = 1,
                        .support = 1,
                        .effective = effective_size(own.entropy),
                        .participation = 1 / own.squares,
                        .largest = 1 / own.total,
                        .leader = extremes.leader[lanes[s]],
                        .ties = 1};
            sizes[s].target_ties = static_cast<std::int64_t>(sizes[s].leader) == ties.of(s).target;
            if (sizes[s].largest >= 1 - support_threshold) continue;
            closely[count] = {.lane = lanes[s] - query, .total = own.total};
            places[count++] = s;
        }
        if (count == 0) continue;
        exponentials.resize(scores.rows, step);
        exponentials_of(softmax, scores, query, exponentials);
        const std::span looked_at(closely.data(), count);
        find_leading_mass(exponentials, looked_at);
        const std::array<std::uint32_t, step> equal = ties_of(exponentials, ties.share);
        for (std::size_t c = 0; c < count; ++c) {
            WeightSizes& own = sizes[places[c]];
            own.k90 = closely[c].k90;
            own.support = closely[c].support;
            own.ties = equal[closely[c].lane];
            const TieRule tie = ties.of(places[c]);
            own.target_ties =
                tie.target >= 0 &&
                exponentials.row(static_cast<std::size_t>(tie.target))[closely[c].lane] >=
                    static_cast<T>(1 - tie.share);
        }
    }
    return sizes;
}

template <class T>
std::vector<WeightSizes> sizes_of_lanes(const Block<T>& weights, std::span<const Separated> made,
                                        std::span<const std::size_t> lanes, const LaneTies& ties) {
    std::vector<WeightSizes> sizes(lanes.size());
    // Some columns at a time, as rows lie in one piece.
    for (std::size_t first = 0; first < lanes.size(); first += step) {
        const auto some = lanes.subspan(first).first(std::min(step, lanes.size() - first));
        const std::vector<std::vector<double>> columns = columns_of(weights, some);
        for (std::size_t c = 0; c < some.size(); ++c)
            if (made[some[c]].is_defined)
                sizes[first + c] = sizes_of(columns[c], ties.of(first + c));
    }
    return sizes;
}

template std::vector<WeightSizes>
sizes_of_softmax<float>(const SeparationRule&, const Block<float>&, const Extremes<float>&,
                        std::span<const Separated>, std::span<const std::size_t>, const LaneTies&);
template std::vector<WeightSizes>
sizes_of_softmax<double>(const SeparationRule&, const Block<double>&, const Extremes<double>&,
                         std::span<const Separated>, std::span<const std::size_t>, const LaneTies&);
template std::vector<WeightSizes> sizes_of_lanes<float>(const Block<float>&,
                                                        std::span<const Separated>,
                                                        std::span<const std::size_t>,
                                                        const LaneTies&);
template std::vector<WeightSizes> sizes_of_lanes<double>(const Block<double>&,
                                                         std::span<const Separated>,
                                                         std::span<const std::size_t>,
                                                         const LaneTies&);

} // namespace basin
