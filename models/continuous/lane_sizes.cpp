#include "models/continuous/lane_sizes.hpp"

#include "models/continuous/real_weighing.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace basin {

template <class T>
std::vector<WeightSizes> sizes_of_lanes(const Block<T>& weights, std::span<const Separated> made,
                                        std::span<const std::size_t> lanes) {
    std::vector<T> largest(weights.queries);
    std::vector<std::uint32_t> leader(weights.queries);
    std::vector<std::uint32_t> support(weights.queries);
    weigh_loops_of<T>(simd_path())
        .survey(weights.values.data(), weights.rows, weights.queries,
                static_cast<T>(support_threshold), largest.data(), leader.data(), support.data());

    std::vector<WeightSizes> sizes(lanes.size());
    std::vector<std::size_t> closely; // those whose weights have to be looked at one by one
    for (std::size_t s = 0; s < lanes.size(); ++s) {
        const std::size_t lane = lanes[s];
        const Separated& own = made[lane];
        if (!own.is_defined) continue;
        sizes[s] = {.k90 = 1,
                    .support = support[lane],
                    .effective = effective_size(own.entropy),
                    .participation = 1 / own.squares,
                    .largest = static_cast<double>(largest[lane]),
                    .leader = leader[lane]};
        if (std::isnan(own.entropy) || static_cast<double>(largest[lane]) < k90_mass)
            closely.push_back(s);
    }
    // Some columns at a time, as rows lie in one piece.
    constexpr std::size_t most = 16;
    std::vector<std::vector<double>> columns(std::min(most, closely.size()),
                                             std::vector<double>(weights.rows));
    for (std::size_t first = 0; first < closely.size(); first += most) {
        const auto some =
            std::span(closely).subspan(first).first(std::min(most, closely.size() - first));
        for (std::size_t mu = 0; mu < weights.rows; ++mu)
            for (std::size_t c = 0; c < some.size(); ++c)
                columns[c][mu] = static_cast<double>(weights.row(mu)[lanes[some[c]]]);
        for (std::size_t c = 0; c < some.size(); ++c) {
            if (std::isnan(made[lanes[some[c]]].entropy))
                sizes[some[c]] = sizes_of(columns[c]);
            else
                sizes[some[c]].k90 = k90_of(columns[c]);
        }
    }
    return sizes;
}

template std::vector<WeightSizes> sizes_of_lanes<float>(const Block<float>&,
                                                        std::span<const Separated>,
                                                        std::span<const std::size_t>);
template std::vector<WeightSizes> sizes_of_lanes<double>(const Block<double>&,
                                                         std::span<const Separated>,
                                                         std::span<const std::size_t>);

} // namespace basin
