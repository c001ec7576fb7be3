#pragma once
// A chart as the page's scripts draw it, in Vega-Lite.

#include "analysis/charts/chart.hpp"

#include <string>
#include <vector>

namespace basin {

/// JSON of a chart that is drawn: the numbers once, in columns, and what is drawn with them.
///   {id, title of the drawing, config, unit (chart_layers.hpp),
///    x, y: {name, title, scales, low, high, categories},
///    facets: [{name, title, values, numeric, initial, scale of colours}], color, panel,
///    kinds: [{name, mark, dash, wide}], kind_scale: their colours, series: [[kind, mark, wide,
///    number of points, facet values ...]], points: {x, y, low, high, sign, note}, tiles: {facets,
///    x, y, value, state, hatched, note}, tile_colors, rules, along_x}
/// Of points, `x` and `note` index the lists `xs` and `notes`. A column whose every entry is what
/// it is by default is left out. NaN is null, infinities are "inf" and "-inf". analysis/web
/// switches facets and scales, which Vega-Lite cannot, by making the specification again.
std::string chart_json(const Chart& chart);

/// The colours of the values of a facet as a Vega-Lite scale, JSON: in sequence (viridis without
/// its palest end) if the values are numbers or too many, else Okabe & Ito 2008.
std::string facet_colors(const ChartFacet& facet);

} // namespace basin
