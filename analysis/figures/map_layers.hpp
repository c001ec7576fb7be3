#pragma once
// What maps of cells are drawn from: a tile per cell over two axes. For figure sources only.

#include "analysis/figures/vega.hpp"

namespace basin {

/// What the sweep report's maps draw.
Drawn drawn_by_maps(const Cells& cells);

/// Largest mean of a metric, rounded up to a number that reads well: the end of its colours.
double color_top(const Measure& measure);

/// The channel of an axis whose every value is a band of equal width.
Json band_axis(const Cells& cells, std::size_t axis, bool vertical);

/// The colour of a share in [0, 1]; `zero_apart`: exactly 0 is grey.
Json share_color(const std::string& field, bool zero_apart);

/// One panel over drawn.x and drawn.y: done cells coloured by `color`, hatched by `hatch_color` (if
/// it is not null) where a number overflowed, and a sign of its own for every other state.
Json map_layers(const Cells& cells, const Drawn& drawn, const Json& color, const Json& hatch_color);

} // namespace basin
