#pragma once
// One unit decision of a number format, from how often each step occurs in it.

#include "models/bipolar/decision_table.hpp"
#include "models/bipolar/overlaps.hpp"

namespace basin {

/// The outcome of asking one unit.
struct Decision {
    double value = 0.0; ///< sigma_i d_i: < 0 wants a flip, 0 is a tie; may be NaN
    Flags flags = 0;
};

/// What the unit decides, with all flags, as models/bipolar/decision_table.hpp says.
Decision decide(const DecisionTable& table, const StepCounts& counts);

} // namespace basin
