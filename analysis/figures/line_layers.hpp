#pragma once
// What figures over a continuous axis are drawn with. For figure sources only.

#include "analysis/figures/vega.hpp"

namespace basin {

/// Continuous axis: logarithmic if all values are positive and span a factor of 8 or more.
Json continuous_axis(const Cells& cells, std::size_t axis);

/// Of a panel, in pixels: as many as there are fit the page.
int panel_width(const Cells& cells, const Drawn& drawn);

/// What the recall figure draws.
Drawn drawn_by_lines(const Cells& cells);

/// "4 replicates; bands are 95 % intervals ...".
std::string replicates_text(const Cells& cells);

/// A line over drawn.x for each value of drawn.y, with the band of its interval, and points, open
/// ones where a cell overflows; of the rows for which the Vega expression `which` holds.
Json line_spec(const Cells& cells, const Drawn& drawn,
               const std::vector<const Measure*>& quantities, const std::string& which);

} // namespace basin
