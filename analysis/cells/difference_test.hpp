#pragma once
// Whether two samples differ: intervals, effect sizes and p-values, one cell at a time and many.

#include "results/replicates/summary.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace basin {

/// second - first.
struct DifferenceTest {
    MeanInterval difference{};  ///< 95 % interval
    double effect_size = 0.0;   ///< difference in standard deviations (Cohen's d)
    double p_value = 0.0;       ///< two-sided: of no difference in mean
    std::size_t first_size = 0; ///< observations that are defined (paired: pairs)
    std::size_t second_size = 0;
};

/// Student's test of the differences of pairs that are both defined (not NaN). first and second
/// have equal size. The effect size is in standard deviations of the differences (Cohen's d_z). All
/// differences equal: p is 1 if they are 0, else 0, and the effect size 0 or infinite. Fewer than
/// two pairs: no interval, effect size or p-value (NaN).
DifferenceTest paired_test(std::span<const double> first, std::span<const double> second);

/// Welch's test for independent samples of unequal variance, with the Welch-Satterthwaite degrees
/// of freedom (Welch 1947). The effect size is in the root of the mean of both variances. Values
/// that are NaN are left out; either sample with fewer than two: as paired_test with fewer than two
/// pairs. No variance in either: as paired_test with all differences equal.
DifferenceTest welch_test(std::span<const double> first, std::span<const double> second);

/// p-values adjusted for the false discovery rate, in the order given: the least rate at which each
/// would still count as a discovery. NaN stays NaN and is no part of the family. Benjamini and
/// Hochberg 1995, J. R. Stat. Soc. B 57:289.
std::vector<double> benjamini_hochberg(std::span<const double> p_values);

} // namespace basin
