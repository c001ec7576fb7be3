#pragma once
// Cells as points and tiles of a chart. For sources of charts only.

#include "analysis/charts/chart.hpp"
#include "analysis/figures/vega.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace basin {

/// Facets of a chart over cells, and where a row stands among them.
struct CellFacets {
    std::vector<ChartFacet> facets;
    std::vector<std::vector<std::uint32_t>> value; ///< [facet][value of the axis]: facet's value
    std::vector<std::size_t> axes;                 ///< [facet]
    std::optional<std::size_t> color;              ///< as Chart::color
    std::optional<std::size_t> panel;

    std::vector<std::uint32_t> of(const Cells& cells, std::size_t row) const;
};

/// One for each parameter drawn: the lines' (drawn.y, if `lines`), panels, selectors.
CellFacets cell_facets(const Cells& cells, const Drawn& drawn, bool lines);

/// An axis with its values as a scale, logarithmic under the page's rule.
ChartAxis scale_axis(const Cells& cells, std::size_t axis);

/// An axis with its values as categories, and for each of its values which.
ChartAxis category_axis(const Cells& cells, std::size_t axis, std::vector<std::uint32_t>& category);

/// Lines of a metric over drawn.x with the bands of its intervals, open signs where a number
/// overflowed, of the done cells.
void draw_lines(Chart& chart, const Cells& cells, const Drawn& drawn, const Measure& measure);

/// A tile a cell over drawn.x and drawn.y, coloured by a metric up to `top`.
void draw_tiles(Chart& chart, const Cells& cells, const Drawn& drawn, const Measure& measure,
                double top, bool hatched);

} // namespace basin
