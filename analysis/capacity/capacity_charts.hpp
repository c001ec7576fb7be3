#pragma once
// The charts of a capacity page.

#include "analysis/capacity/capacity_curves.hpp"
#include "analysis/charts/chart.hpp"

#include <vector>

namespace basin {

/// The criterion's metric over the pattern count, its threshold and the interval of K_c.
Chart load_chart(const Cells& cells, const CapacityCurves& curves);

/// K_c over each numeric parameter that varies (dimension, interaction vertex, beta, ...) with what
/// theory expects, and the fitted law over the dimension.
std::vector<Chart> critical_count_charts(const Cells& cells, const CapacityCurves& curves);

/// The same curves over K by what theory expects of K_c: curves of one law fall together.
Chart collapse_chart(const Cells& cells, const CapacityCurves& curves);

/// The metric as colours over a numeric parameter and the pattern count, K_c drawn over it.
Chart phase_map(const Cells& cells, const CapacityCurves& curves);

} // namespace basin
