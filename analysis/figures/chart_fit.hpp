#pragma once
// Charts with more numbers than a page should carry.

#include "analysis/charts/chart.hpp"

#include <cstddef>
#include <vector>

namespace basin {

/// The charts, or if their chart_json is longer than `limit` bytes together, those that are longer
/// than an even share made smaller: numbers of series rounded to 6, then to 4 significant digits;
/// then every second point of series with more than 64 of them, the last one kept; then series and
/// tiles of every second value of the facet with the most values, the first one kept. A sentence at
/// the end of the caption says what was done. Never less than `least` bytes each; a chart without
/// series to spare stays as it is.
std::vector<Chart> fitted(std::vector<Chart> charts, std::size_t limit, std::size_t least);

} // namespace basin
