#include "models/bipolar/shared/convergence_certificate.hpp"

#include "models/bipolar/shared/addends.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace basin {

namespace {

constexpr double tiny = std::numeric_limits<double>::min();

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
struct StepSurvey {
    unsigned flags = 0;
    bool comparable = true; ///< with the exact steps, and finite
    double deviation = 0.0; ///< largest, of a ratio from 1
    double most_ratio = 0.0;
};

StepSurvey survey(const Bundle& bundle, const Range& range) {
    const auto& [table, close] = bundle.first;
    const double* const deviations = bundle.deviations();
    const double* const most_ratios = bundle.most_ratios();
    StepSurvey all;
    for (std::uint32_t k = range.first; k <= range.last; ++k) {
        all.flags |= table->step_flags[k];
        all.comparable =
            all.comparable && std::isfinite(table->steps[k]) && (close->marks[k] & mark::any) == 0;
        all.deviation = std::max(all.deviation, deviations[k]);
        all.most_ratio = std::max(all.most_ratio, most_ratios[k]);
    }
    return all;
}

/// Then the memory's smallest step is the first, and its largest the last.
bool rises(const DecisionTable& table, const Range& range) {
    return std::is_sorted(table.steps.begin() + range.first, table.steps.begin() + range.last + 1);
}

bool some_absorbed(const DecisionTable& table, const Range& range, double largest) {
    for (std::uint32_t k = range.first; k <= range.last; ++k)
        if (absorbed(table, table.steps[k], largest)) return true;
    return false;
}

/// The flags, beside those of beta, that a memory of m matches raises whatever the unit.
unsigned raised_anyway(const Contender& contender, std::uint32_t approached, std::uint32_t m) {
    const auto& [table, close] = contender;
    // Of the side where it is smaller.
    const double largest = std::min(close->sizes[approached], close->sizes[approached + 1]);
    const bool hidden = absorbed(*table, close->sizes[m], largest) &&
                        absorbed(*table, close->sizes[m + 1], largest);
    return (unsigned{close->marks[m]} & close->marks[m + 1]) | (hidden ? flag::absorb : 0U);
}

} // namespace

std::optional<Flags> foresee(const Bundle& bundle, const Balance& exact, const Approach& approach) {
    const DecisionTable& table = *bundle.first.table;
    if (!table.values.empty()) return std::nullopt; // two sums
    const Range others = reach_of_others(approach);
    const StepSurvey theirs = survey(bundle, others);
    const Range way{approach.matches, approach.dimension};
    const StepSurvey own = survey(bundle, way);
    if (!theirs.comparable || !own.comparable || !rises(table, way)) return std::nullopt;
    // A step is factor * ratio * exact step, so in units of the factor the memory's own step is at
    // least this, less all others. The last digits are left to the roundings of ratios and steps.
    const double left = 1.0 - own.deviation - theirs.most_ratio * exact.share - 0x1p-40;
    const double largest = exact.largest * own.most_ratio + exact.others * theirs.most_ratio;
    const double floor =
        std::max(bundle.floor.at_scale(exact.scale), bundle.floor.fraction > 0.0 ? tiny : 0.0);
    if (!(left > 0.0) || !(exact.own * left > 2.001 * floor) ||
        !(1.001 * largest < bundle.ceiling.at_scale(exact.scale)))
        return std::nullopt;
    unsigned flags = table.beta_flags | theirs.flags | own.flags;
    if (some_absorbed(table, others, bundle.first.closeness->sizes[approach.dimension]))
        flags |= flag::absorb;
    return static_cast<Flags>(flags);
}

unsigned not_raised(unsigned flags, const Contender& contender, std::uint32_t approached,
                    std::span<const std::uint32_t> matches) {
    unsigned missing = flags & ~unsigned{contender.table->beta_flags};
    for (auto m = matches.begin(); missing != 0 && m != matches.end(); ++m)
        missing &= ~raised_anyway(contender, approached, *m);
    return missing;
}

unsigned not_raised(unsigned flags, const Contender& contender, std::uint32_t approached,
                    std::span<const MatchCount> histogram) {
    unsigned missing = flags & ~unsigned{contender.table->beta_flags};
    for (auto entry = histogram.begin(); missing != 0 && entry != histogram.end(); ++entry)
        missing &= ~raised_anyway(contender, approached, entry->matches);
    return missing;
}

bool all_raised_often(unsigned flags, const Contender& contender, std::uint32_t approached,
                      std::span<const MatchCount> histogram, std::size_t times) {
    const unsigned wanted = flags & ~unsigned{contender.table->beta_flags};
    for (unsigned rest = wanted; rest != 0; rest &= rest - 1) {
        const unsigned flag = rest & ~(rest - 1);
        std::size_t raised = 0;
        for (const MatchCount& entry : histogram)
            if (raised_anyway(contender, approached, entry.matches) & flag)
                raised += entry.memories;
        if (raised < times) return false;
    }
    return true;
}

} // namespace basin
