#pragma once
// Cells as points and tiles of a chart. For sources of charts only.

#include "analysis/charts/chart_facets.hpp"
#include "analysis/figures/vega.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace basin {

/// One for each parameter drawn: the lines' (drawn.y, if `lines`), panels, selectors. Puts them
/// into the chart.
ChartFacets drawn_facets(Chart& chart, const Cells& cells, const Drawn& drawn, bool lines);

/// Lines of a metric over drawn.x with the bands of its intervals, open signs where a number
/// overflowed, of the done cells.
void draw_lines(Chart& chart, const Cells& cells, const Drawn& drawn, const Measure& measure);

/// A tile a cell over drawn.x and drawn.y, coloured by a metric up to `top`.
void draw_tiles(Chart& chart, const Cells& cells, const Drawn& drawn, const Measure& measure,
                double top, bool hatched);

} // namespace basin
