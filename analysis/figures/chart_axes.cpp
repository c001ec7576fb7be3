#include "analysis/figures/chart_layers.hpp"
#include "analysis/figures/vega.hpp"

#include <algorithm>

namespace basin {
namespace {

/// Numbers of all sizes; those that a logarithmic axis leaves without a label stay so.
constexpr const char* tick_label =
    "datum.label === '' ? '' : datum.value !== 0 && (abs(datum.value) < 1e-3 || abs(datum.value) "
    ">= 1e6) ? replace(format(datum.value, '.3~e'), '+', '') : format(datum.value, ',.6~g')";

/// Categories stand at 0, 1, ...
Json category_axis(const ChartAxis& axis, bool vertical) {
    Json values = Json::array();
    std::size_t longest = 0;
    for (std::size_t i = 0; i < axis.categories.size(); ++i) {
        values.push_back(i);
        longest = std::max(longest, axis.categories[i].size());
    }
    // Side by side, words would run into each other; many short ones are left out where they do.
    const bool slanted = !vertical && longest > 8 && longest * axis.categories.size() > 80;
    Json json = {{"values", values},
                 {"labelExpr", Json(axis.categories).dump() + "[datum.value]"},
                 {"labelFontSize", !vertical && axis.categories.size() > 8 ? 12 : 14},
                 {"labelAngle", slanted ? -35 : 0},
                 {"labelLimit", slanted ? 220 : 260},
                 {"labelFlush", false},
                 {"labelOverlap", "greedy"},
                 {"labelSeparation", 4},
                 {"labelPadding", 8},
                 {"grid", false},
                 {"ticks", false},
                 {"domain", false}};
    if (slanted) json["labelAlign"] = "right";
    return json;
}

} // namespace

Json axis_channel(const Chart& chart, bool vertical) {
    const ChartAxis& axis = vertical ? chart.y : chart.x;
    Json channel = quantity(vertical ? "y" : "x");
    channel["axis"] =
        !axis.categories.empty()
            ? category_axis(axis, vertical)
            : Json{{"grid", vertical},
                   {"gridOpacity",
                    {{"condition", {{"test", "datum.label === ''"}, {"value", 0}}}, {"value", 1}}},
                   {"tickCount", vertical ? 6 : 7},
                   {"labelExpr", tick_label},
                   {"labelOverlap", "greedy"},
                   {"labelSeparation", 6},
                   {"labelFlush", false}};
    return channel;
}

} // namespace basin
