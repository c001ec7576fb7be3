#pragma once
// What became of one cue of a continuous network.

#include "models/bipolar/trajectory.hpp"
#include "models/continuous/effective_number.hpp"

#include <cstdint>
#include <vector>

namespace basin {

struct RealPath {
    std::vector<double> state;      ///< [dimension] where it ended
    Stop stop = Stop::max_sweeps;   ///< fixed_point, undecided (a weight was NaN) or max_sweeps
    std::uint32_t steps = 0;        ///< updates made, the quiet last one included
    WeightSizes sizes;              ///< of the weights that made `state`; none if undecided
    double energy = 0.0;            ///< of the state before the last update; NaN if undefined
    std::uint32_t energy_rises = 0; ///< updates that raised the energy by more than rounding may
    DecisionCounts counts;          ///< a decision is an update of the whole state

    bool operator==(const RealPath&) const = default;
};

} // namespace basin
