#include "models/direct_decision.hpp"

#include "models/exact_sum.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace basin {

namespace {

using Addends = std::vector<CountedTerm>;

/// A sum of addends, rounded once; IEEE's where some are not finite.
double sum_of(const Addends& addends, const DecisionTable& table) {
    double infinite = 0.0;
    double in_double = 0.0;
    double magnitude = 0.0;
    for (const CountedTerm& addend : addends) {
        if (!std::isfinite(addend.value)) infinite += addend.value;
        in_double += addend.value * addend.count;
        magnitude += std::abs(addend.value) * addend.count;
    }
    if (infinite != 0.0) return infinite; // NaN included
    if (magnitude <= table.exact_magnitude) return round_to(table.format, in_double);
    return exact_sum(addends, table.format);
}

bool all_finite(const Addends& addends) {
    return std::ranges::all_of(addends,
                               [](const CountedTerm& a) { return std::isfinite(a.value); });
}

bool all_zero(const Addends& addends) {
    return std::ranges::all_of(addends, [](const CountedTerm& a) { return a.value == 0.0; });
}

int sign_of(double x) {
    return x > 0.0 ? 1 : x < 0.0 ? -1 : 0;
}

/// Moves the absorbed addends of `addends` to the end and returns how many stay.
std::size_t put_absorbed_last(Addends& addends, const Format& format) {
    double largest = 0.0;
    for (const CountedTerm& addend : addends)
        largest = std::max(largest, std::abs(addend.value));
    const auto rest =
        std::partition(addends.begin(), addends.end(), [&](const CountedTerm& addend) {
            return !absorbed(format, addend.value, largest);
        });
    return static_cast<std::size_t>(rest - addends.begin());
}

/// Flags absorb and absorb_flip of a sum minus another one; the sums are finite.
Flags absorption(Addends plus, Addends minus, const DecisionTable& table) {
    const std::size_t kept_plus = put_absorbed_last(plus, table.format);
    const std::size_t kept_minus = put_absorbed_last(minus, table.format);
    if (kept_plus == plus.size() && kept_minus == minus.size()) return 0;
    const auto exact_sign = [&] {
        Addends all = plus;
        for (CountedTerm addend : minus) {
            addend.value = -addend.value;
            all.push_back(addend);
        }
        // No sum of numbers of a format rounds to 0 unless it is 0: all are multiples of the
        // smallest subnormal.
        return sign_of(sum_of(all, table));
    };
    const int with_all = exact_sign();
    plus.resize(kept_plus);
    minus.resize(kept_minus);
    return exact_sign() == with_all ? flag::absorb
                                    : static_cast<Flags>(flag::absorb | flag::absorb_flip);
}

/// The rounded sum, before b, and the flags that come with it.
Decision sum_of_differences(const DecisionTable& table, const StepCounts& counts) {
    Addends terms;
    for (const std::uint32_t k : counts.present) {
        if (counts.aligned[k] > 0) terms.push_back({table.steps[k], counts.aligned[k]});
        if (counts.opposed[k] > 0) terms.push_back({-table.steps[k], counts.opposed[k]});
    }
    Decision decision{sum_of(terms, table), 0};
    unsigned flags = 0;
    if (all_zero(terms)) flags |= flag::all_zero;
    if (all_finite(terms)) {
        if (std::isinf(decision.value)) flags |= flag::sum_overflow;
        flags |= absorption(std::move(terms), {}, table);
    }
    decision.flags = static_cast<Flags>(flags);
    return decision;
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

bool absorbed(const Format& format, double x, double largest) {
    const double size = std::abs(x);
    if (size == 0.0) return false;
    // Scaled on the side that stays exact.
    return largest < 1.0 ? std::scalbn(size, format.significand_bits) < largest
                         : size < std::scalbn(largest, -format.significand_bits);
}

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
