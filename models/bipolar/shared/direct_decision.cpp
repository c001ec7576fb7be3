#include "models/bipolar/shared/direct_decision.hpp"

#include "models/bipolar/shared/addends.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace basin {

namespace {

/// The terms of one decision, added in double.
struct Tally {
    double total = 0.0;
    double magnitude = 0.0; ///< of what was added, equal terms of opposite sign cancelled
    double infinite = 0.0;  ///< of the terms that are not finite; NaN or infinite if there are any
    double largest = 0.0;   ///< magnitudes of the finite terms that are not 0
    double smallest = std::numeric_limits<double>::infinity();
};

Tally tally(const DecisionTable& table, const StepCounts& counts) {
    Tally sum;
    for (const std::uint32_t k : counts.present) {
        const std::uint32_t aligned = counts.aligned[k];
        const std::uint32_t opposed = counts.opposed[k];
        const double term = table.steps[k];
        if (aligned + opposed == 0 || term == 0.0) continue;
        if (!std::isfinite(term)) {
            if (aligned > 0) sum.infinite += term;
            if (opposed > 0) sum.infinite -= term;
            continue;
        }
        const double net = term * (static_cast<double>(aligned) - static_cast<double>(opposed));
        const double size = std::abs(term);
        sum.total += net;
        sum.magnitude += std::abs(net);
        sum.largest = std::max(sum.largest, size);
        sum.smallest = std::min(sum.smallest, size);
    }
    return sum;
}

Addends terms_of(const DecisionTable& table, const StepCounts& counts) {
    Addends terms;
    for (const std::uint32_t k : counts.present) {
        if (counts.aligned[k] > 0) terms.push_back({table.steps[k], counts.aligned[k]});
        if (counts.opposed[k] > 0) terms.push_back({-table.steps[k], counts.opposed[k]});
    }
    return terms;
}

/// Total magnitude of the absorbed terms.
double absorbed_magnitude(const DecisionTable& table, const StepCounts& counts, double largest) {
    double magnitude = 0.0;
    for (const std::uint32_t k : counts.present)
        if (absorbed(table, table.steps[k], largest))
            magnitude += std::abs(table.steps[k]) * (counts.aligned[k] + counts.opposed[k]);
    return magnitude;
}

/// The rounded sum, before b, and the flags that come with it. A sum that is surely finite, and
/// surely not 0 after b, is left as it is in double: only its sign is of use then.
Decision sum_of_differences(const DecisionTable& table, const StepCounts& counts) {
    const Tally sum = tally(table, counts);
    if (sum.infinite != 0.0) return {sum.infinite, 0};
    if (sum.largest == 0.0) return {0.0, flag::all_zero};

    // Higham 2002, section 4.2, with one more rounding for each product.
    const bool exact = sum.magnitude <= table.exact_magnitude;
    const double error =
        exact ? 0.0
              : 1.001 * static_cast<double>(counts.present.size() + 1) * 0x1p-53 * sum.magnitude;
    const double clear = std::abs(sum.total) - error;
    unsigned flags = 0;
    if (absorbed(table, sum.smallest, sum.largest)) {
        const bool harmless = clear > 2.0 * absorbed_magnitude(table, counts, sum.largest);
        flags |= harmless ? flag::absorb : absorption(terms_of(table, counts), {}, table);
    }
    if (clear > table.floor && sum.magnitude < table.ceiling)
        return {sum.total, static_cast<Flags>(flags)};
    const double value =
        exact ? round_to(table.format, sum.total) : sum_of(terms_of(table, counts), table);
    if (std::isinf(value)) flags |= flag::sum_overflow;
    return {value, static_cast<Flags>(flags)};
}

Decision difference_of_sums(const DecisionTable& table, const StepCounts& counts) {
    Addends keep;
    Addends flip;
    for (const std::uint32_t k : counts.present) {
        // An aligned memory of k matches has k - 1 after a flip, an opposed one of k - 1 has k.
        if (counts.aligned[k] > 0) {
            keep.push_back({table.values[k], counts.aligned[k]});
            flip.push_back({table.values[k - 1], counts.aligned[k]});
        }
        if (counts.opposed[k] > 0) {
            keep.push_back({table.values[k - 1], counts.opposed[k]});
            flip.push_back({table.values[k], counts.opposed[k]});
        }
    }
    const double kept = sum_of(keep, table);
    const double flipped = sum_of(flip, table);
    Decision decision{Arithmetic{table.format}.subtract(kept, flipped), 0};
    const bool finite_keep = all_finite(keep);
    const bool finite_flip = all_finite(flip);
    const bool both_finite = std::isfinite(kept) && std::isfinite(flipped);
    unsigned flags = 0;
    if ((finite_keep && std::isinf(kept)) || (finite_flip && std::isinf(flipped)) ||
        (both_finite && std::isinf(decision.value)))
        flags |= flag::sum_overflow;
    if (all_zero(keep) && all_zero(flip)) flags |= flag::all_zero;
    if (finite_keep && finite_flip) flags |= absorption(std::move(keep), std::move(flip), table);
    decision.flags = static_cast<Flags>(flags);
    return decision;
}

} // namespace

Decision decide(const DecisionTable& table, const StepCounts& counts) {
    unsigned flags = table.beta_flags;
    for (const std::uint32_t k : counts.present)
        if (counts.aligned[k] + counts.opposed[k] > 0) flags |= table.step_flags[k];
    const bool two_sums = !table.values.empty();
    const Decision sum =
        two_sums ? difference_of_sums(table, counts) : sum_of_differences(table, counts);
    flags |= sum.flags;

    if (std::isnan(sum.value)) flags |= flag::nan_inf_minus_inf;
    if (std::isinf(sum.value) && (flags & flag::pow_overflow)) flags |= flag::benign_overflow;
    const double value = Arithmetic{table.format}.multiply(table.outside, sum.value);
    if (std::isfinite(sum.value)) {
        if (std::isinf(value)) flags |= flag::sum_overflow;
        if (value == 0.0 && sum.value != 0.0) flags |= flag::beta_underflow;
    }
    return {value, static_cast<Flags>(flags)};
}

} // namespace basin
