#include "models/metrics/metric_bounds.hpp"

#include "models/scene/scene.hpp"

#include <algorithm>
#include <cmath>

namespace basin {

SceneNumbers scene_numbers(const SceneSpec& spec) {
    SceneNumbers numbers;
    const bool of_file = are_from_file(spec.cues);
    numbers.probes = of_file ? spec.cues.probe_count : std::max(1U, spec.cues.probe_count);
    numbers.independent = numbers.probes;
    if (of_file)
        numbers.independent = 1; // a scene may ask a single one, whatever the limit
    else if (!spec.cues.corruption.is<RandomStart>())
        numbers.independent = std::clamp(spec.patterns.pattern_count, 1U, numbers.probes);
    if (!is_real(spec.patterns)) numbers.dimension = spec.patterns.dimension;
    numbers.memories = spec.patterns.pattern_count;
    return numbers;
}

MetricBounds bounds_of(const Metric& metric, const SceneNumbers& scene) {
    constexpr double infinite = std::numeric_limits<double>::infinity();
    const std::uint32_t probes = scene.independent;
    switch (metric.range) {
    case MetricRange::open:
        break;
    case MetricRange::share:
        return {0.0, 1.0, 0.0, probes};
    case MetricRange::share_of_scene:
        return {0.0, 1.0, 0.0, 1};
    case MetricRange::overlap:
        return {-1.0, 1.0, 0.0, probes};
    case MetricRange::distance:
        if (scene.dimension == 0) break;
        return {0.0, 2.0 * std::sqrt(static_cast<double>(scene.dimension)), 0.0, probes};
    case MetricRange::probes:
        if (scene.probes == 0) return {0.0, infinite, 1.0, probes};
        return {0.0, static_cast<double>(scene.probes), 0.0, probes};
    case MetricRange::numbers:
        return {0.0, infinite, 1.0, probes};
    case MetricRange::memories: // no limit but a unit: an entropy's rounding may exceed K
        return {0.0, infinite, std::max(1.0, static_cast<double>(scene.memories)), probes};
    case MetricRange::flips: // a probe that goes elsewhere flips half of its units on the way
        return {0.0, infinite, std::max(1.0, scene.dimension / 2.0), probes};
    case MetricRange::decisions: // a sweep more looks at every unit
        return {0.0, infinite, std::max(1.0, static_cast<double>(scene.dimension)), 1};
    case MetricRange::count:
        return {0.0, infinite, 1.0, 1};
    }
    return {};
}

} // namespace basin
