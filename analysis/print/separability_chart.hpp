#pragma once
// Histograms of self and cross similarity for print.

#include "analysis/charts/chart.hpp"
#include "analysis/figures/separability.hpp"

#include <vector>

namespace basin {

/// A chart per similarity, as they have no scale in common: steps over its bins. `common`: id,
/// title and caption.
std::vector<Chart> separability_charts(const SceneSeparability& separability, const Chart& common);

} // namespace basin
