#pragma once
// How far the mean of a metric may be from what a few scenes show of it.

#include "models/metrics/metrics.hpp"

#include <cstdint>
#include <limits>

namespace basin {

struct SceneSpec;

/// What scenes of one kind are made of.
struct SceneNumbers {
    std::uint32_t probes = 1; ///< of a scene, at most; 0: as many as a file of cues has
    /// Of them, those that start at memories of their own (or at random): what several probes of
    /// one memory do is nearly the same.
    std::uint32_t independent = 1;
    std::uint32_t dimension = 0; ///< N of bipolar patterns; 0: that of a file, or real patterns
    std::uint32_t memories = 0;  ///< K
};

SceneNumbers scene_numbers(const SceneSpec& spec);

/// One scene's value of a metric is a mean, or a sum, over so many observations, each of which can
/// be at one of the limits.
struct MetricBounds {
    double low = -std::numeric_limits<double>::infinity();
    double high = std::numeric_limits<double>::infinity();
    double unit = 0.0; ///< what one observation differs in where there is no limit; 0: unknown
    std::uint32_t observations = 1; ///< a scene, independent of each other
};

MetricBounds bounds_of(const Metric& metric, const SceneNumbers& scene);

} // namespace basin
