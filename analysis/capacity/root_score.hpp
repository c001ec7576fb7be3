#pragma once
// A confidence interval for the root of a logistic curve, by inverting a test.

#include "analysis/capacity/curve_cells.hpp"

namespace basin {

/// The root of logit(mean) = logit(t) + b (x - c), x = ln K, in a few neighbouring cells.
///
/// For each candidate c the slope b is fitted (quasi-likelihood, working independence) and the
/// score of c, a weighted sum of residuals with the slope projected out, is divided by its standard
/// error; c is in the interval if that is within Student's quantile. This is Fieller's construction
/// carried out with the score in place of the Wald statistic: the interval has no centre and is
/// unbounded where the slope is not significant, and means near 0 or 1 do not upset it. Two
/// standard errors are computed and the larger one counts:
/// - between replicates: the sum over replicates of squared scores (Liang & Zeger 1986; under the
///   null, Rotnitzky & Jewell 1990). A replicate's scenes at several K count as one observation, so
///   any correlation of common seeds is in it. Centred, it is Student's test of the replicates'
///   scores; degrees of freedom from Satterthwaite's formula where replicates have unequal shares;
/// - of the model: dispersion * mean (1 - mean) at the candidate, as in Wilson's interval for one
///   proportion: replicates that happen to be all equal have no spread, but no certainty either.
///
/// Beside the data each cell has a pseudo-scene at t of the weight of the dispersion when b is
/// fitted: it keeps the slope of separated data finite and does not move the root.
class RootScore {
public:
    /// cells: at least one. by x.
    RootScore(std::span<const CurveCell* const> cells, double threshold, double dispersion);

    /// Falls from positive (root is above c) to negative around the root.
    double statistic(double c) const;
    double slope(double c) const;
    /// Effective number of replicates at c.
    double replicates(double c) const;

private:
    struct Fit {
        std::vector<double> mean, score; ///< by cell; score: weight of the cell's residuals
    };
    Fit fit(double c) const;
    std::size_t size() const { return x_.size(); }

    double threshold_, logit_, dispersion_;
    std::vector<double> x_, count_, mean_;
    std::vector<double> shared_, cross_, shift_; ///< by pair of cells: over replicates of both
};

struct RootInterval {
    double root, lower, upper; ///< in x; infinite where not bounded within the reach
};

/// Looks for the ends within [first, last].
RootInterval root_interval(const RootScore& score, double guess, double step, double first,
                           double last, double confidence);

} // namespace basin
