#pragma once
// What a chart is drawn with in Vega-Lite, over the rows that analysis/web makes of its numbers
// (chart_vega.hpp). For chart sources only.

#include "analysis/charts/chart.hpp"

#include <nlohmann/json.hpp>

#include <array>
#include <string>
#include <vector>

namespace basin {

/// What series of one kind have in common: the first one's look.
struct ChartKind {
    std::string name;
    Mark mark = Mark::line;
    Dash dash = Dash::solid;
    bool wide = false;
};
std::vector<ChartKind> kinds_of(const Chart& chart);

/// Of a dash and the gap after it, in pixels.
std::array<int, 2> dash_lengths(Dash dash);

/// One panel: encoding of x and y, and layers, of which the last, named "series", is given its
/// colours by analysis/web, as x and y are their scales. A row has
///   is          "tile", or a series' mark: "points", "line", "steps"
///   x, y        numbers; categories count from 0, and a tile reaches half a unit to each side
///               (x0, x1, y0, y1)
///   low, high   interval; null if there is none
///   color, kind texts; sign: "filled", ...; series: number of the line that it belongs to, order:
///   along it shown       the point has a sign of its own: it is measured, or not filled wide the
///   line is broad value, state, hatched, bright   of tiles tip         what is told of it
/// and rules, a data set of their own, "rules", have
///   vertical, at, text; align, baseline, dx, dy, across   place of the text; across in pixels
nlohmann::json chart_unit(const Chart& chart);

/// The channel of x, or of y: numbers, or categories at 0, 1, ...; analysis/web gives it its scale.
nlohmann::json axis_channel(const Chart& chart, bool vertical);

/// Layers of tiles: colours, hatching, and a sign for every state that is not done.
void add_tile_layers(nlohmann::json& layers, const Chart& chart);

/// The channel of a number in a field.
nlohmann::json quantity(const std::string& field);

/// Transform: only rows for which the Vega expression holds.
nlohmann::json only(const std::string& test);

} // namespace basin
