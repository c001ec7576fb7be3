#pragma once
// The lines of predicted frontiers over a printed map. For sources of charts only.

#include "analysis/page/page_data.hpp"
#include "analysis/print/cell_facets.hpp"

#include <vector>

namespace basin {

/// Adds a series per frontier and map to a chart that draw_tiles made of the same cells: along the
/// edges of `overlays` (frontier_lines.hpp).
void draw_frontiers(Chart& chart, const Cells& cells, const Drawn& drawn,
                    const std::vector<Overlay>& overlays);

} // namespace basin
