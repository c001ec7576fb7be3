#pragma once
// What values a metric can take, and which of them are better.

#include <cstdint>

namespace basin {

enum class Better : std::uint8_t { lower, higher, neither };

/// What values a metric can take in one scene, and of what they are made. Intervals of its mean
/// rest on it (metric_bounds.hpp).
enum class MetricRange : std::uint8_t {
    open,           ///< any number
    share,          ///< in [0, 1], a mean over the probes
    share_of_scene, ///< 0 or 1, of the scene as a whole
    overlap,        ///< in [-1, 1], a mean over the probes
    distance,       ///< in [0, 2 sqrt(N)], a mean over the probes of bipolar networks
    probes,         ///< a number of probes
    numbers,        ///< >= 0, a mean over the probes of what is counted: steps
    memories,       ///< >= 0, a mean over the probes of how many memories have a part
    flips,          ///< >= 0, a mean over the probes of how often their units flip
    decisions,      ///< >= 0, how often the units of all probes are looked at
    count,          ///< >= 0, counted in the scene as a whole
};

} // namespace basin
