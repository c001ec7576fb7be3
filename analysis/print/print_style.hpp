#pragma once
// Colours, symbols and small functions that a printed chart's script defines. For print sources
// only.

#include "analysis/print/print_view.hpp"

#include <string>

namespace basin {

/// Styles n: of colour n, from 1; n + 100: with an open sign; n + 200: pale, for broad lines; 99
/// and 299: in the legend, of no colour.
std::string line_styles(const PrintView& view);

/// The palette of tiles, its range, and hatch(value): the colour of strokes over a tile.
std::string palette_lines(const TileColors& colors);

/// Functions of an axis ("x", "y") that keep ends of intervals inside it and make arrows of one
/// length.
std::string functions_of(const char* axis, const PrintRange& range);

} // namespace basin
