#pragma once
// The observations of a curve by K, turned so that the mean falls with K.

#include "analysis/capacity/crossing.hpp"

#include <optional>
#include <utility>

namespace basin {

/// All scenes at one K.
struct CurveCell {
    std::uint64_t pattern_count;
    double x;                                             ///< ln K
    std::vector<std::pair<std::uint32_t, double>> values; ///< (replicate, value), by replicate
    double mean;
    double squares;  ///< sum of squared differences from the mean
    double isotonic; ///< the mean after pooling neighbours that do not fall
    double size() const { return static_cast<double>(values.size()); }
};

struct Curve {
    std::vector<CurveCell> cells; ///< by K
    double threshold;
    double sign; ///< -1 where values and threshold were turned by 1 - y
};

/// Throws std::invalid_argument for a K of 0 or a value outside [0, 1]. A (K, replicate) that
/// occurs twice counts once.
Curve curve_of(std::span<const Observation> observations, const CrossingRule& rule);

/// Index of the first cell whose isotonic mean is below the threshold; the number of cells if none.
std::size_t first_failing(const Curve& curve);

/// Variance over scenes in units of mean (1 - mean): a ratio of sums over the cells, both unbiased,
/// plus half a scene of the assumed dispersion, which decides alone where no scene differs.
double dispersion(std::span<const CurveCell* const> cells, double threshold, double assumed);

/// Student's statistic of a cell's mean against the threshold, with the larger of two variances: of
/// the scenes, and that of the threshold at this dispersion (which all-equal scenes do not lack).
/// 0 for a single scene.
double standing(const CurveCell& cell, double threshold, double dispersion);

/// Two-sided quantile of Student's t distribution.
double t_quantile(double confidence, double freedom);

} // namespace basin
