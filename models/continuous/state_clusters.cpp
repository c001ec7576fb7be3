#include "models/continuous/state_clusters.hpp"

#include "models/base/random.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace basin {

namespace {

/// A fixed direction of unit length that no structure of the memories is likely to lie across.
std::vector<double> direction(std::size_t dimension) {
    Stream stream(key_of("state clusters"), StreamRole::patterns);
    std::vector<double> along(dimension);
    double square = 0.0;
    for (double& x : along) {
        x = 2 * stream.uniform() - 1;
        square += x * x;
    }
    for (double& x : along)
        x /= std::sqrt(square);
    return along;
}

} // namespace

double distance(std::span<const double> a, std::span<const double> b) {
    double square = 0.0;
    for (std::size_t i = 0; i < a.size(); ++i)
        square += (a[i] - b[i]) * (a[i] - b[i]);
    return std::sqrt(square);
}

StateClusters cluster(std::span<const RealState* const> states, double radius) {
    constexpr std::uint32_t nobody = std::numeric_limits<std::uint32_t>::max();
    StateClusters clusters;
    clusters.cluster_of.assign(states.size(), nobody);
    if (states.empty()) return clusters;

    const std::vector<double> along = direction(states.front()->size());
    std::vector<double> places(states.size());
    for (std::size_t s = 0; s < states.size(); ++s) {
        places[s] = std::inner_product(along.begin(), along.end(), states[s]->begin(), 0.0);
        if (std::isnan(places[s])) places[s] = std::numeric_limits<double>::infinity();
    }
    std::vector<std::uint32_t> order(states.size());
    std::iota(order.begin(), order.end(), 0U);
    std::ranges::sort(order, [&](std::uint32_t a, std::uint32_t b) {
        return places[a] != places[b] ? places[a] < places[b] : a < b;
    });
    for (std::size_t i = 0; i < order.size(); ++i) {
        const std::uint32_t first = order[i];
        if (clusters.cluster_of[first] != nobody) continue;
        const auto number = static_cast<std::uint32_t>(clusters.firsts.size());
        clusters.firsts.push_back(first);
        clusters.sizes.push_back(1);
        clusters.cluster_of[first] = number;
        for (std::size_t j = i + 1; j < order.size(); ++j) {
            if (!(places[order[j]] - places[first] <= radius)) break;
            if (clusters.cluster_of[order[j]] != nobody) continue;
            if (!(distance(*states[first], *states[order[j]]) <= radius)) continue;
            clusters.cluster_of[order[j]] = number;
            ++clusters.sizes.back();
        }
    }
    return clusters;
}

} // namespace basin
