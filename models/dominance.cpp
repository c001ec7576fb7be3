#include "models/dominance.hpp"

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

Balance weigh_up(const Dominance& dominance, const Approach& approach) {
    Balance balance;
    if (!dominance.is_bowl || approach.matches < dominance.rises_from) return balance;
    balance.own = dominance.sizes[approach.matches];
    const std::uint32_t flips = approach.flips();
    for (const MatchCount& entry : approach.histogram) {
        if (approach.leads(entry)) continue;
        const std::uint32_t lowest = entry.matches > flips ? entry.matches - flips : 1;
        const std::uint32_t highest = std::min(entry.matches + flips + 1, approach.dimension);
        const double most = std::max(dominance.sizes[lowest], dominance.sizes[highest]);
        balance.others += 1.001 * entry.memories * most; // beyond the roundings of this sum
        if (balance.others > balance.own) break;
    }
    return balance;
}

} // namespace basin
