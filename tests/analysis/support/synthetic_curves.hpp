#pragma once
// Curves of known truth: what a sweep over K would give.

#include "analysis/capacity/crossing_search.hpp"

#include <string>

namespace basin {

enum class Shape {
    logistic,
    probit,
    gompertz, ///< 1 - exp(-exp(z)): falls late and fast
    erfc,     ///< of sqrt(K), as unit errors
};

/// The mean over scenes at K is shape(slope * ln(K / centre)), whatever the rest is. A scene has
/// `probes` probes, each recalled or not; of the variance of what decides on a probe (a normal
/// number) `replicate` is common to the replicate at all K, and `scene` to the scene.
struct SyntheticCurve {
    Shape shape = Shape::logistic;
    double centre = 100.0;
    double slope = 8.0;
    std::uint32_t probes = 10;
    double replicate = 0.2;
    double scene = 0.1;
    std::string seed;

    double mean(double pattern_count) const;
    /// K at which the mean is t.
    double root(double threshold) const;
    double value(std::uint64_t pattern_count, std::uint32_t replicate_number) const;
};

/// The search, from nothing to its end.
struct SearchRun {
    Crossing crossing;
    std::vector<Observation> observations;
    std::size_t rounds = 0;
    double cost = 0.0; ///< scenes, each weighted by its K
};
SearchRun searched(const SyntheticCurve& curve, const CrossingRule& rule,
                   std::vector<Observation> known = {});

} // namespace basin
