#pragma once
// The power law K_c ~ a N^b through the crossings of several dimensions N.

#include "analysis/crossing.hpp"

namespace basin {

struct CapacityPoint {
    double dimension; ///< N > 0
    Crossing crossing;
};

/// ln K_c = ln a + b ln N.
struct PowerLaw {
    double exponent;       ///< b
    double exponent_lower; ///< at the confidence asked for
    double exponent_upper;
    double factor;                 ///< a
    std::vector<double> residuals; ///< ln K_c measured - fitted, by point; NaN: left out
    double scatter;                ///< chi^2 by degree of freedom; well above 1: no power law
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
