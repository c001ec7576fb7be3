#include "models/bipolar/shared/addends.hpp"

#include <algorithm>
#include <cmath>

namespace basin {

namespace {

int sign_of(double x) {
    return x > 0.0 ? 1 : x < 0.0 ? -1 : 0;
}

/// Moves the absorbed addends to the end and returns how many stay.
std::size_t put_absorbed_last(Addends& addends, const DecisionTable& table) {
    double largest = 0.0;
    for (const CountedTerm& addend : addends)
        largest = std::max(largest, std::abs(addend.value));
    const auto rest =
        std::partition(addends.begin(), addends.end(), [&](const CountedTerm& addend) {
            return !absorbed(table, addend.value, largest);
        });
    return static_cast<std::size_t>(rest - addends.begin());
}

} // namespace

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

Flags absorption(Addends plus, Addends minus, const DecisionTable& table) {
    const std::size_t kept_plus = put_absorbed_last(plus, table);
    const std::size_t kept_minus = put_absorbed_last(minus, table);
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

} // namespace basin
