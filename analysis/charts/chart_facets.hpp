#pragma once
// Axes of cells as the facets of a chart.

#include "analysis/cells/cells.hpp"
#include "analysis/charts/chart.hpp"

#include <cstdint>
#include <initializer_list>
#include <string_view>
#include <vector>

namespace basin {

/// Facets for some axes of cells, each with the values that occur.
struct ChartFacets {
    std::vector<ChartFacet> facets;
    std::vector<std::size_t> axes; ///< of the cells, one per facet

    /// Facet value indices of a row, of the value indices on all axes of the cells in `row_values`.
    std::vector<std::uint32_t> of_row(const Cells& cells, std::size_t row) const;

    std::vector<std::vector<std::uint32_t>> index; ///< [facet][value index on its axis]
};

/// Facets for `axes`; values shown first are the usual ones (selectors.hpp).
ChartFacets chart_facets(const Cells& cells, const std::vector<std::size_t>& axes);

/// The axis of cells as a chart's: number or category, logarithmic where its values span it.
ChartAxis chart_axis(const Cells& cells, std::size_t axis);

/// Sets the facets of a chart, and which of them make colours and panels first: the first of the
/// names given that there are, and else whatever is left over.
void set_facets(Chart& chart, const ChartFacets& facets,
                std::initializer_list<std::string_view> colors,
                std::initializer_list<std::string_view> panels);

} // namespace basin
