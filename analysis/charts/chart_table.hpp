#pragma once
// The numbers of a chart as CSV.

#include "analysis/charts/chart.hpp"

#include <string>

namespace basin {

/// A row a point, tile or rule: a column per facet (its value's text; empty for rules), then kind,
/// the names of both axes, low, high, value (of tiles, named by tile_colors), state, overflow, sign
/// (filled, open, up, down: if some point is not filled), note. After an axis of categories stands
/// its NAME_position (0, 1, ...; halves lie between two). Columns that would be empty throughout
/// are left out. Numbers are the shortest text that reads back to the same bits; NaN is an empty
/// field.
std::string chart_csv(const Chart& chart);

} // namespace basin
