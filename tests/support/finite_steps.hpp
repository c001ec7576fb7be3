#pragma once

#include "models/bipolar/decision_table.hpp"

#include <algorithm>
#include <cmath>

namespace basin::tests {

/// Whether no step is NaN or infinite.
inline bool has_finite_steps(const DecisionTable& table) {
    return std::ranges::all_of(table.steps, [](double step) { return std::isfinite(step); });
}

} // namespace basin::tests
