#pragma once
// Replicates summed up.

#include <cstddef>
#include <span>

namespace basin {

/// A mean and its two-sided 95 % confidence interval.
struct MeanInterval {
    double mean;
    double low;
    double high;
};

/// 97.5 % quantile of Student's t distribution; degrees_of_freedom >= 1. Computed once each.
double student_t_quantile(std::size_t degrees_of_freedom);

/// Mean of the values with Student's t interval mean ± t s / sqrt(n). Not clipped to a metric's
/// range: a limit beyond it says that n is too small for this interval. No value, or a NaN among
/// them: all NaN, for a mean of the others would pass for one of all. One value: the interval is
/// NaN. All equal: the interval has width 0.
MeanInterval mean_interval(std::span<const double> values);

} // namespace basin
