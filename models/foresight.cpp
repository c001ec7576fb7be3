#include "models/foresight.hpp"

#include "models/addends.hpp"

#include <algorithm>
#include <limits>

namespace basin {

namespace {

/// Steps first ... last of a table.
struct Range {
    std::uint32_t first;
    std::uint32_t last;
};

/// All that memories other than the approached one can come to use.
Range reach_of_others(const Approach& approach) {
    Range range{approach.dimension, 1};
    for (const MatchCount& entry : approach.histogram) {
        if (approach.leads(entry)) continue;
        range.first = std::min(range.first, entry.matches);
        range.last = std::max(range.last, entry.matches + 1);
    }
    const std::uint32_t flips = approach.flips();
    return {range.first > flips ? range.first - flips : 1,
            std::min(range.last + flips, approach.dimension)};
}

unsigned flags_of(const DecisionTable& table, const Range& range) {
    unsigned flags = 0;
    for (std::uint32_t k = range.first; k <= range.last; ++k)
        flags |= table.step_flags[k];
    return flags;
}

bool some_absorbed(const DecisionTable& table, const Range& range, double largest) {
    for (std::uint32_t k = range.first; k <= range.last; ++k)
        if (absorbed(table, table.steps[k], largest)) return true;
    return false;
}

} // namespace

std::optional<Flags> foresee(const DecisionTable& table, const Closeness& close,
                             const Approach& approach) {
    if (!table.values.empty()) return std::nullopt; // two sums
    const Balance balance = weigh_up(close.dominance, approach);
    const double largest = close.dominance.sizes[approach.dimension];
    if (!balance.is_certain() || !(balance.surplus > 2.0 * table.floor) ||
        !(largest + balance.others < table.ceiling))
        return std::nullopt;
    unsigned flags = table.beta_flags;
    if (close.calm) return static_cast<Flags>(flags);
    const Range others = reach_of_others(approach);
    flags |= flags_of(table, others) | flags_of(table, {approach.matches, approach.dimension});
    if (some_absorbed(table, others, largest)) flags |= flag::absorb;
    return static_cast<Flags>(flags);
}

bool raises_all(Flags flags, const DecisionTable& table, const Closeness& close,
                std::uint32_t approached, std::span<const std::uint32_t> matches) {
    unsigned missing = flags & ~unsigned{table.beta_flags};
    const double largest = table.steps[approached]; // of the side where it is smaller
    for (auto m = matches.begin(); missing != 0 && m != matches.end(); ++m) {
        unsigned raised = unsigned{close.marks[*m]} & close.marks[*m + 1];
        if (absorbed(table, close.sizes[*m], largest) &&
            absorbed(table, close.sizes[*m + 1], largest))
            raised |= flag::absorb;
        missing &= ~raised;
    }
    return missing == 0;
}

} // namespace basin
