#pragma once
// Replicates summed up.

#include "models/metrics/metric_bounds.hpp"

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

/// Mean of the values with Student's t interval mean ± t s / sqrt(n): of differences, times, means
/// over many cells. No value, or a NaN among them: all NaN, for a mean of the others would pass for
/// one of all. One value: the interval is NaN. All equal: the interval has width 0.
MeanInterval mean_interval(std::span<const double> values);

/// Largest share of all observations, at 97.5 % confidence, that is still likely to be missing
/// among `observations` >= 1 independent ones (Clopper & Pearson 1934): 0.6 of 4, 0.056 of 64.
double unseen_share(double observations);

/// The interval of a metric's mean over scenes. Student's interval knows of what differed alone: a
/// mean of rare failures that none of a few scenes shows would be 0 ± 0. So each end is as far from
/// the mean as sqrt(a^2 + b^2), where a is Student's half width and b what the mean would differ by
/// if the unseen share of the observations were at the limit on that side (or a unit off, where
/// there is no limit). Shares of which every replicate says 0 or 1 have Clopper and Pearson's
/// interval. Ends are within the limits. The width is never 0: where all values are equal and
/// neither limit nor unit is known, or a value is beyond a limit, the ends are NaN.
///
/// How often it holds the truth: tests/results/interval_coverage_test.cpp, and over the presets'
/// cells tests/harness/interval_presets_test.cpp.
MeanInterval mean_interval(std::span<const double> values, const MetricBounds& bounds);

/// What results.h5 calls it.
inline constexpr const char* interval_method =
    "Student t, widened by what unseen probes may add (Clopper-Pearson); within the limits";

} // namespace basin
