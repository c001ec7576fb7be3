#pragma once
// The power law K_c ~ a N^b through the crossings of several dimensions N.

#include "analysis/capacity/crossing.hpp"

namespace basin {

struct CapacityPoint {
    double dimension = 0.0; ///< N > 0
    Crossing crossing;
};

/// ln K_c = ln a + b ln N.
struct PowerLaw {
    double exponent = std::numeric_limits<double>::quiet_NaN();       ///< b
    double exponent_lower = std::numeric_limits<double>::quiet_NaN(); ///< at the confidence
    double exponent_upper = std::numeric_limits<double>::quiet_NaN();
    double factor = std::numeric_limits<double>::quiet_NaN(); ///< a
    /// chi^2 by degree of freedom; well above 1: no power law.
    double scatter = std::numeric_limits<double>::quiet_NaN();
    std::vector<double> residuals; ///< ln K_c measured - fitted, by point; NaN: left out
    std::size_t used = 0;
    std::size_t left_out = 0; ///< censored, undecided or without an interval
};

/// Weighted least squares of ln K_c on ln N. A point's standard error is what its interval, in
/// ln K, says of a normal estimate at `confidence`. Only ratios of these errors count in the
/// exponent's interval: their scale is taken from the residuals, and the quantile is Student's with
/// used - 2 degrees of freedom, so that what the intervals do not know of (a law that is not quite
/// one) widens it. Points without a finite interval are left out and counted: a law is conditional
/// on the N whose crossing was found, and one that lost its largest N is no more than that. Two
/// points have an exponent, but no interval and no scatter (NaN); fewer or of equal N: all is NaN.
PowerLaw power_law(std::span<const CapacityPoint> points, double confidence = 0.95);

} // namespace basin
