#pragma once
// The logistic curve fitted where it matters: around the threshold.

#include "analysis/capacity/root_score.hpp"

namespace basin {

/// In x = ln K.
struct LocalFit {
    std::size_t passing; ///< cells of the bracket: the last that passes and the first that fails
    std::size_t failing;
    RootInterval interval;
    double slope;      ///< of the turned curve: d logit / dx at the root, <= 0
    double replicates; ///< the smaller of two: at the best-known cell on either side of the root
    bool resolved;     ///< the bracket's cells are near enough to trust the curve between them
};

/// First a wide window is fitted: cells whose isotonic mean has a logit within this of the
/// threshold's, and the bracket. Its slope is the scale of all that follows.
constexpr double wide_reach = 3.0;

/// Then the window around the root: cells whose logit is within this of the threshold's by that
/// slope, or by the window's own where it is steeper (a recall error that ends at 1/2 bends away
/// from any logistic curve: the wide slope is too shallow there), and on either side of the root
/// all up to the nearest one that is well known (of half the replicates of the best-known one). A
/// logistic curve is a straight line in x there; other curves nearly so. Where that leaves the
/// interval unbounded the window grows.
constexpr double window_reach = 0.8;

/// Further apart than this in fitted logit, the cells of a bracket say nothing of where between
/// them the root is.
constexpr double resolved_reach = 3.0;

/// The interval is computed for this share of the allowed error. A search that stops once an
/// interval is narrow stops too early where chance made the variance small, and the fit itself is
/// only nearly right: at the nominal 95 % it held the truth in 92.3 to 95.9 % of a thousand
/// simulated searches a curve, with this share in 94.1 to 96.6 % of ten thousand
/// (tests/analysis/capacity/crossing_long_test.cpp). What else serves that end: at least
/// min_replicates on either side, growth by what is missing rather than a look after each scene,
/// Student's quantiles, the larger of two standard errors. Where no search stopped, on a plain grid
/// of 16 replicates, it is mostly too wide for that: the truth was held in 95 to 99 % (erfc at
/// .9: 93.5).
constexpr double error_spent = 0.75;

/// The curve has cells that pass and cells that fail.
LocalFit local_fit(const Curve& curve, const CrossingRule& rule);

} // namespace basin
