#pragma once
// Estimates with 95 % intervals.

#include <cstddef>
#include <span>

namespace basin {

/// A value and its two-sided 95 % interval; low and high are NaN where none can be given.
struct Estimate {
    double value;
    double low;
    double high;
    std::size_t count; ///< observations it rests on
};

/// Mean and Student t interval of the values that are not NaN. None: all NaN. One: no interval.
Estimate mean_estimate(std::span<const double> values);

/// Mean of second - first with its t interval, over the pairs in which both are defined.
/// first and second have equal size; pairs are independent of each other.
Estimate paired_difference(std::span<const double> first, std::span<const double> second);

/// Share of successes with its Wilson score interval (Wilson 1927), which stays inside [0, 1] and
/// is meaningful at 0 and at 1. successes <= trials; no trials: all NaN.
Estimate proportion(std::size_t successes, std::size_t trials);

/// The interval exists and lies on one side of zero.
bool excludes_zero(const Estimate& estimate);

} // namespace basin
