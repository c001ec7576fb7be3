#pragma once
// Axes of cells as the facets and axes of a chart.

#include "analysis/cells/cells.hpp"
#include "analysis/cells/selectors.hpp"
#include "analysis/charts/chart.hpp"

#include <cstdint>
#include <initializer_list>
#include <string_view>
#include <vector>

namespace basin {

/// Facets for some axes of cells, each with the values that occur.
struct ChartFacets {
    std::vector<ChartFacet> facets;
    std::vector<std::size_t> axes;                 ///< [facet] of the cells
    std::vector<std::vector<std::uint32_t>> index; ///< [facet][value of its axis]: facet's value

    /// ChartSeries::facets of a row, and of value indices on `axes`.
    std::vector<std::uint32_t> of_row(const Cells& cells, std::size_t row) const;
    std::vector<std::uint32_t> at(const std::vector<std::uint32_t>& values) const;

    /// Adds one. Returns its index.
    std::size_t add(const Cells& cells, std::size_t axis);
    std::size_t add(const Cells& cells, const Selector& selector);
};

/// Facets for `axes`; values shown first are the usual ones (selectors.hpp).
ChartFacets chart_facets(const Cells& cells, const std::vector<std::size_t>& axes);

/// A numeric axis of cells as a chart's scale, logarithmic first where its values span it; others
/// as categories.
ChartAxis chart_axis(const Cells& cells, std::size_t axis);

/// An axis with the values that occur as categories, and for each of its values which.
ChartAxis category_axis(const Cells& cells, std::size_t axis, std::vector<std::uint32_t>& category);

TileState tile_state(CellState state);

/// Sets the facets of a chart, and which of them make colours and panels first: the first of the
/// names given that there are, and else whatever is left over. One facet alone makes colours.
void set_facets(Chart& chart, const ChartFacets& facets,
                std::initializer_list<std::string_view> colors,
                std::initializer_list<std::string_view> panels);

} // namespace basin
