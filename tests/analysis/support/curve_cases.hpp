#pragma once
// Curves on which it is measured how often the interval at the end of a search holds the truth.

#include <iosfwd>
#include <span>

#include "support/synthetic_curves.hpp"

namespace basin {

struct CurveCase {
    const char* name;
    SyntheticCurve curve;
    double threshold;
    double relative_width;
};
/// What GoogleTest calls the case.
std::ostream& operator<<(std::ostream& out, const CurveCase& each);

/// The width asked for is several steps of the curve's randomness: the interval is the scenes'.
std::span<const CurveCase> smooth_cases();
/// Curves that fall within few steps of the ladder: the interval is the ladder's.
std::span<const CurveCase> steep_cases();

struct Coverage {
    std::size_t curves = 0;
    std::size_t found = 0;   ///< state found
    std::size_t bounded = 0; ///< found or wide
    std::size_t held = 0;    ///< of those bounded: the truth is in the interval
    std::size_t below = 0;   ///< ... below it
    double rounds = 0.0;
    double scenes = 0.0;
    double cost = 0.0;      ///< scenes weighted by K
    double grid_cost = 0.0; ///< of all K of the ladder from 4 to 1000, with as many replicates
    double near_grid = 0.0; ///< ... from half the truth to double

    double share() const { return static_cast<double>(held) / static_cast<double>(bounded); }
    Coverage& operator+=(const Coverage& other);
};

/// Searches K in 4 ... 1000 from 30, for truths around 100. Prints a line.
Coverage coverage(const CurveCase& each, std::size_t curves);

} // namespace basin
