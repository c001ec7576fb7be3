#pragma once
// Sequential replicates: how many a combination of parameters gets depends on what they give.
//
// After `min` replicates, and then after every `batch` more, the mean of one metric is looked at; a
// combination has enough as soon as half the width of its 95 % interval
// (results/replicates/summary.hpp) is at most `half_width`. `max` are enough in any case. Looks are
// at these fixed numbers of replicates only, so the decision depends on the replicates alone, not
// on which of them came first. An interval that is looked at several times holds the truth less
// often than 95 in 100 times. One of equal values is as wide as what so few probes may have missed:
// half of 0.056 for 64 of them.

#include "sweeps/config/config_tree.hpp"
#include "sweeps/parameters/diagnostics.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace basin {

inline constexpr double most_replicates = 1e6;

struct StoppingRule {
    std::uint32_t min = 2; ///< replicates before the first look, at least 2
    std::uint32_t batch = 2;
    std::uint32_t max = 2;
    double half_width = 0.0; ///< in the metric's unit
    std::string metric;
};

/// Reads {min, max, half_width, batch, metric}; `batch` is `min` and `metric` is recall_error if
/// not given. Nothing if any of it is wrong, which is then reported.
std::optional<StoppingRule> read_stopping_rule(const ConfigNode& node,
                                               std::vector<Diagnostic>& diagnostics);

} // namespace basin
