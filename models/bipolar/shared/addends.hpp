#pragma once
// A handful of numbers to be added as if there were no rounding.

#include "models/arithmetic/exact_sum.hpp"
#include "models/bipolar/decision_table.hpp"

#include <cmath>
#include <vector>

namespace basin {

using Addends = std::vector<CountedTerm>;

/// The sum, rounded once to the table's format; IEEE's where some addends are not finite. The
/// addends are the table's own numbers.
double sum_of(const Addends& addends, const DecisionTable& table);

bool all_finite(const Addends& addends);
bool all_zero(const Addends& addends);

/// Whether a number is not 0 but invisible beside `largest` in the table's format of p bits:
/// |x| < 2^-p largest. Scaling up is exact, or overflows where the answer is no.
inline bool absorbed(const DecisionTable& table, double x, double largest) {
    return x != 0.0 && std::abs(x) * table.largest_count < largest;
}

/// Flags absorb and absorb_flip of a sum minus another one, of finite addends.
Flags absorption(Addends plus, Addends minus, const DecisionTable& table);

} // namespace basin
