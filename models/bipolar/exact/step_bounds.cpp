#include "models/bipolar/exact/step_bounds.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace basin {

Dominance prepare(std::span<const double> steps) {
    constexpr double infinity = std::numeric_limits<double>::infinity();
    const auto last = static_cast<std::uint32_t>(steps.size() - 2); // N
    Dominance dominance;
    for (const double step : steps)
        dominance.sizes.push_back(std::isfinite(step) ? std::abs(step) : infinity);
    dominance.rises_from = last + 1;
    for (std::uint32_t k = last; k >= 1 && steps[k] > 0.0 && std::isfinite(steps[k]); --k) {
        if (k < last && steps[k] > steps[k + 1]) break;
        dominance.rises_from = k;
    }
    const auto sizes = std::span(dominance.sizes).subspan(1, last);
    const auto rise = std::ranges::adjacent_find(sizes, std::ranges::less{});
    dominance.is_bowl = std::ranges::is_sorted(rise, sizes.end());
    return dominance;
}

namespace {

/// Bound on what all other memories say together within `flips` flips.
double weight_of_others(const Dominance& dominance, const Approach& approach, std::uint32_t flips) {
    double weight = 0.0;
    for (const MatchCount& entry : approach.histogram) {
        if (approach.leads(entry)) continue;
        const std::uint32_t lowest = entry.matches > flips ? entry.matches - flips : 1;
        const std::uint32_t highest = std::min(entry.matches + flips + 1, approach.dimension);
        weight += entry.memories * std::max(dominance.sizes[lowest], dominance.sizes[highest]);
    }
    return 1.001 * weight; // beyond the roundings of this sum
}

/// The same, by how far each can come.
double weight_within_reach(const Dominance& dominance, const Approach& approach) {
    double weight = 0.0;
    for (const MatchCount& entry : approach.reach) {
        const std::uint32_t own = entry.matches == approach.dimension ? 1 : 0;
        const std::uint32_t flips = approach.flips();
        const std::uint32_t lowest = entry.matches > flips ? entry.matches - flips : 1;
        const std::uint32_t highest = std::min(entry.matches + 1, approach.dimension);
        weight +=
            (entry.memories - own) * std::max(dominance.sizes[lowest], dominance.sizes[highest]);
    }
    return 1.001 * weight;
}

} // namespace

Balance weigh_up(const Dominance& dominance, const Approach& approach) {
    if (!dominance.is_bowl || approach.matches < dominance.rises_from) return {};
    const std::uint32_t flips = approach.flips();
    const auto own = [&](std::uint32_t after) { return dominance.sizes[approach.matches + after]; };
    const double at_most = approach.reach.empty() ? weight_of_others(dominance, approach, flips)
                                                  : weight_within_reach(dominance, approach);
    Balance balance{own(0), at_most, own(0), own(flips), dominance.scale, false, 0.0};
    // The memory's own weight grows on the way: a few stretches of it are weighed up each by
    // itself.
    const std::uint32_t stretch = own(0) > at_most ? flips + 1 : flips / 6 + 1;
    for (std::uint32_t first = 0; first <= flips && balance.is_certain(); first += stretch) {
        const std::uint32_t last = std::min(first + stretch - 1, flips);
        const double weight =
            last < flips ? std::min(at_most, weight_of_others(dominance, approach, last)) : at_most;
        balance.surplus = std::min(balance.surplus, own(first) - weight);
        balance.share = std::max(balance.share, weight / own(first));
        balance.is_close = balance.is_close || balance.is_certain();
    }
    return balance;
}

} // namespace basin
