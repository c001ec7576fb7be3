#pragma once
// Plot elements of a panel's lines, points and tiles. For print sources only.

#include "analysis/print/print_view.hpp"

#include <string>
#include <vector>

namespace basin {

/// Elements of gnuplot's plot command: tiles first, points last. Never empty.
std::vector<std::string> panel_elements(const PrintView& view, std::uint32_t panel);

/// What the tiles of a panel add to `elements`.
void add_tiles(std::vector<std::string>& elements, const PrintView& view, std::uint32_t panel);

/// Defines rows(kind, facets...): whether a row of the CSV has these.
std::string rows_function(const Chart& chart);

/// A condition that holds for the CSV's rows of these facets and kind.
std::string rows_where(const Chart& chart, const std::vector<std::uint32_t>& facets,
                       const std::string& kind);

/// Column of an axis in the CSV: where its categories have positions, those.
std::string axis_column(const ChartAxis& axis);

/// gnuplot's number of a dash type.
int dash_type(Dash dash);

/// As it is drawn, for the legend: "lines linestyle 1 dashtype 2".
std::string drawn_with(const PrintView& view, const PrintKind& kind, std::size_t style);

} // namespace basin
