#pragma once
// Differences of paired observations, with 95 % intervals.

#include "results/summary.hpp"

#include <span>

namespace basin {

/// Mean of second - first with its t interval (results/summary.hpp), over the pairs in which both
/// are defined. first and second have equal size; pairs are independent of each other.
MeanInterval paired_difference(std::span<const double> first, std::span<const double> second);

/// The interval exists and lies on one side of zero.
bool excludes_zero(const MeanInterval& interval);

} // namespace basin
