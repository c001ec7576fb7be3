#pragma once

#include "harness/run/capacity_search.hpp"
#include "harness/run/pattern_files.hpp"
#include "results/store/store.hpp"
#include "sweeps/estimate/cost.hpp"
#include "sweeps/plan/plan.hpp"

#include <cstdint>

namespace basin {

/// What a search for critical pattern counts has left to do.
struct SearchForecast {
    std::uint64_t points = 0; ///< scenes of its curves
    double work_s = 0.0;      ///< of one thread
};

/// Of a plan with a [capacity], from its first curve to its last, less what the inventory has. Goes
/// on with each curve's search as if it found a curve of usual slope and spread that crosses the
/// threshold where the records so far say, or else theory, or else in the middle of the range.
SearchForecast search_forecast(const Plan& plan, Inventory inventory);

} // namespace basin
