#include "models/foresight.hpp"

#include "models/addends.hpp"

#include <algorithm>
#include <cmath>

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

/// What steps of a range have in common in all tables of a bundle.
struct Survey {
    unsigned flags = 0;
    bool comparable = true; ///< with the exact steps, and finite
    double least_ratio = 1.0;
    double most_ratio = 1.0;
};

Survey survey(const Bundle& bundle, const Range& range) {
    const auto& [table, close] = bundle.first;
    Survey all;
    for (std::uint32_t k = range.first; k <= range.last; ++k) {
        all.flags |= table->step_flags[k];
        all.comparable = all.comparable && std::isfinite(table->steps[k]) &&
                         (close->marks[k] & mark::any) == 0;
        all.least_ratio = std::min(all.least_ratio, bundle.least_ratio(k));
        all.most_ratio = std::max(all.most_ratio, bundle.most_ratio(k));
    }
    return all;
}

bool some_absorbed(const DecisionTable& table, const Range& range, double largest) {
    for (std::uint32_t k = range.first; k <= range.last; ++k)
        if (absorbed(table, table.steps[k], largest)) return true;
    return false;
}

} // namespace

std::optional<Flags> foresee(const Bundle& bundle, const Balance& exact, const Approach& approach) {
    const DecisionTable& table = *bundle.first.table;
    if (!table.values.empty()) return std::nullopt; // two sums
    const Range others = reach_of_others(approach);
    const Survey theirs = survey(bundle, others);
    const Survey own = survey(bundle, {approach.matches, approach.dimension});
    if (!theirs.comparable || !own.comparable) return std::nullopt;
    // A step is factor * ratio * exact step, so in units of the factor the memory's own step is at
    // least this, less all others. The last digits are left to the roundings of ratios and steps.
    const double left = own.least_ratio - theirs.most_ratio * exact.share - 0x1p-40;
    const double largest = exact.largest * own.most_ratio + exact.others * theirs.most_ratio;
    if (!(left > 0.0) || !(exact.own * left > 2.001 * bundle.floor) ||
        !(1.001 * largest < bundle.ceiling))
        return std::nullopt;
    unsigned flags = table.beta_flags | theirs.flags | own.flags;
    if (some_absorbed(table, others, bundle.first.closeness->sizes[approach.dimension]))
        flags |= flag::absorb;
    return static_cast<Flags>(flags);
}

bool raises_all(Flags flags, const Contender& contender, std::uint32_t approached,
                std::span<const std::uint32_t> matches) {
    const auto& [table, close] = contender;
    unsigned missing = flags & ~unsigned{table->beta_flags};
    const double largest = table->steps[approached]; // of the side where it is smaller
    for (auto m = matches.begin(); missing != 0 && m != matches.end(); ++m) {
        unsigned raised = unsigned{close->marks[*m]} & close->marks[*m + 1];
        if (absorbed(*table, close->sizes[*m], largest) &&
            absorbed(*table, close->sizes[*m + 1], largest))
            raised |= flag::absorb;
        missing &= ~raised;
    }
    return missing == 0;
}

} // namespace basin
