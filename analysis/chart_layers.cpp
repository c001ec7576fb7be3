#include "analysis/chart_layers.hpp"

#include "analysis/cells.hpp"
#include "analysis/figures.hpp"
#include "analysis/vega.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

namespace basin {
namespace {

constexpr const char* ink = "#1f2933";
constexpr const char* quiet = "#52606d";
constexpr const char* arrow = "M-0.7,0L0.7,0M0,0L0,{0}2.2M-0.6,{0}1.4L0,{0}2.2L0.6,{0}1.4";

/// Numbers of all sizes; those that a logarithmic axis leaves without a label stay so.
constexpr const char* tick_label =
    "datum.label === '' ? '' : datum.value !== 0 && (abs(datum.value) < 1e-3 || abs(datum.value) "
    ">= 1e6) ? replace(format(datum.value, '.3~e'), '+', '') : format(datum.value, ',.5~g')";

Json quantity(const char* field) {
    return {{"field", field}, {"type", "quantitative"}, {"title", nullptr}};
}

Json only(const std::string& test) {
    return {{{"filter", test}}};
}

std::string is(std::string_view mark) {
    return fmt::format("datum.is === '{}'", mark);
}

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
                 {"labelLimit", 260},
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

/// The title of y stands above the chart, where it is read without turning the head; a map has its
/// colours' title there.
Json channel_of(const Chart& chart, bool vertical) {
    const ChartAxis& axis = vertical ? chart.y : chart.x;
    Json channel = quantity(vertical ? "y" : "x");
    if (!vertical || !chart.tiles.empty()) channel["title"] = axis.title;
    channel["axis"] = !axis.categories.empty()
                          ? category_axis(axis, vertical)
                          : Json{{"grid", vertical},        {"tickCount", vertical ? 6 : 7},
                                 {"labelExpr", tick_label}, {"labelOverlap", "greedy"},
                                 {"labelSeparation", 6},    {"labelFlush", false}};
    return channel;
}

Json tile_color(const TileColors& colors) {
    Json scale = {{"clamp", true}};
    if (colors.diverging) {
        // Blue and orange, which no common colour blindness confuses.
        const double reach = std::max(std::abs(colors.low), std::abs(colors.high));
        scale["domain"] = {-reach, -reach / 2, 0, reach / 2, reach};
        scale["range"] = {"#0b4f8a", "#6aaed6", "#f4f2ee", "#f2a65a", "#a84b00"};
        scale["interpolate"] = "lab";
    } else {
        scale["domain"] = {colors.low, colors.high};
        scale["scheme"] = "viridis";
    }
    return {{"field", "value"},
            {"type", "quantitative"},
            {"scale", scale},
            {"legend",
             {{"title", nullptr},
              {"gradientLength", 220},
              {"gradientThickness", 16},
              {"tickCount", 5},
              {"format", ".6~g"}}}};
}

Json tile(const char* state, Json mark, Json encoding = Json::object()) {
    mark["type"] = "rect";
    const Json edges = {{"x", quantity("x0")},
                        {"x2", {{"field", "x1"}}},
                        {"y", quantity("y0")},
                        {"y2", {{"field", "y1"}}},
                        {"tooltip", {{"field", "tip"}}}};
    encoding.update(edges);
    return {{"transform", only(fmt::format("datum.state === '{}'", state))},
            {"mark", mark},
            {"encoding", encoding}};
}

Json sign_of(const char* state, Json mark) {
    mark["type"] = "point";
    mark["opacity"] = 1;
    return {{"transform", only(fmt::format("datum.state === '{}'", state))}, {"mark", mark}};
}

void add_tiles(Json& layers, const Chart& chart) {
    const auto some = [&](auto test) { return std::ranges::any_of(chart.tiles, test); };
    const auto in_state = [&](TileState state) {
        return some([&](const ChartTile& each) { return each.state == state; });
    };
    layers.push_back(tile("done", Json::object(), {{"fill", tile_color(chart.tile_colors)}}));
    if (some([](const ChartTile& each) { return each.hatched; }))
        for (const std::array<const char*, 4>& ends :
             {std::array{"x0", "y0", "x1", "y1"}, {"x0", "y", "x", "y1"}, {"x", "y0", "x1", "y"}})
            layers.push_back({{"transform", only("datum.hatched && datum.state === 'done'")},
                              {"mark", {{"type", "rule"}, {"strokeWidth", 1.6}}},
                              {"encoding",
                               {{"x", quantity(ends[0])},
                                {"y", quantity(ends[1])},
                                {"x2", {{"field", ends[2]}}},
                                {"y2", {{"field", ends[3]}}},
                                {"stroke",
                                 {{"condition", {{"test", "datum.bright"}, {"value", ink}}},
                                  {"value", "white"}}}}}});
    if (in_state(TileState::not_run))
        layers.push_back(
            tile("not_run", {{"fill", "white"}, {"stroke", "#9aa5b1"}, {"strokeWidth", 1}}));
    if (in_state(TileState::not_applicable)) {
        layers.push_back(tile("not_applicable", {{"fill", "#f5f7fa"}}));
        layers.push_back(
            sign_of("not_applicable", {{"filled", true}, {"size", 16}, {"color", "#7b8794"}}));
    }
    if (in_state(TileState::failed)) {
        layers.push_back(
            tile("failed", {{"fill", "white"}, {"stroke", "#c1121f"}, {"strokeWidth", 1}}));
        layers.push_back(sign_of("failed", {{"shape", "M-1,-1L1,1M1,-1L-1,1"},
                                            {"size", 100},
                                            {"strokeWidth", 2.5},
                                            {"color", "#c1121f"}}));
    }
}

/// A threshold, and what it is called, at the end where it is least in the way.
void add_rules(Json& layers, bool vertical) {
    const char* along = vertical ? "x" : "y";
    const char* across = vertical ? "y" : "x";
    const std::string which = vertical ? "datum.vertical" : "!datum.vertical";
    const Json at = quantity("at");
    layers.push_back({{"data", {{"name", "rules"}}},
                      {"transform", only(which)},
                      {"mark",
                       {{"type", "rule"},
                        {"color", quiet},
                        {"strokeWidth", 1.3},
                        {"strokeDash", {6, 4}},
                        {"clip", true}}},
                      {"encoding", {{along, at}, {across, nullptr}}}});
    const Json place = vertical ? Json{{"value", 6}} : Json{{"value", "width"}};
    for (const bool halo : {true, false})
        for (const bool second : {false, true}) {
            Json text = {{"type", "text"},
                         {"fontSize", 13},
                         {"align", vertical == second || !vertical ? "right" : "left"},
                         {"baseline", vertical ? "top"
                                      : second ? "top"
                                               : "bottom"},
                         {"dx", !vertical ? -4
                                : second  ? -6
                                          : 6},
                         {"dy", vertical ? 0
                                : second ? 4
                                         : -4},
                         {"fill", halo ? "white" : quiet},
                         {"clip", true}};
            if (halo) text.update({{"stroke", "white"}, {"strokeWidth", 4}});
            layers.push_back(
                {{"data", {{"name", "rules"}}},
                 {"transform", only(which + (second ? " && datum.second" : " && !datum.second"))},
                 {"mark", text},
                 {"encoding", {{along, at}, {across, place}, {"text", {{"field", "text"}}}}}});
        }
}

/// A row's interval as the channels of a bar or band.
Json interval(bool along_x) {
    return along_x ? Json{{"x", quantity("low")}, {"x2", {{"field", "high"}}}}
                   : Json{{"y", quantity("low")}, {"y2", {{"field", "high"}}}};
}

void add_lines(Json& layers, const Chart& chart, std::string_view which) {
    const Json path = {{"type", "line"}, {"clip", true}};
    Json line = path;
    Json band = {{"type", "area"}, {"opacity", 0.16}, {"clip", true}};
    if (which == "steps") line["interpolate"] = band["interpolate"] = "step-after";
    if (chart.intervals_along_x) band["orient"] = "horizontal";
    const auto layer = [](const std::string& test, Json mark, Json encoding) {
        encoding["detail"] = {{"field", "series"}, {"type", "nominal"}};
        return Json{{"transform", only(test)}, {"mark", std::move(mark)}, {"encoding", encoding}};
    };
    const auto some = [&](auto test) {
        return std::ranges::any_of(chart.series, [&](const ChartSeries& each) {
            return (each.mark == Mark::steps) == (which == "steps") && each.mark != Mark::points &&
                   test(each);
        });
    };
    if (some([](const ChartSeries& each) {
            return std::ranges::any_of(each.points,
                                       [](const ChartPoint& at) { return at.low == at.low; });
        }))
        layers.push_back(
            layer(is(which) + " && datum.low !== null", band, interval(chart.intervals_along_x)));
    if (some([](const ChartSeries& each) { return each.wide; })) {
        Json broad = line;
        broad.update({{"strokeWidth", 10}, {"opacity", 0.35}, {"strokeCap", "butt"}});
        layers.push_back(layer(is(which) + " && datum.wide", broad, Json::object()));
    }
    if (!chart.tiles.empty()) {
        Json casing = line;
        casing["strokeWidth"] = line_casing;
        layers.push_back(
            layer(is(which) + " && !datum.wide", casing,
                  {{"color", {{"value", "white"}}}, {"strokeDash", {{"value", {1, 0}}}}}));
    }
    line["strokeWidth"] = 2.5;
    layers.push_back(layer(is(which) + " && !datum.wide", line, Json::object()));
}

/// Points of lines that were measured have signs too.
void add_points(Json& layers, const Chart& chart) {
    if (std::ranges::any_of(chart.series,
                            [](const ChartSeries& each) { return each.mark == Mark::points; }))
        layers.push_back({{"transform", only(is("points") + " && datum.low !== null")},
                          {"mark", {{"type", "rule"}, {"strokeWidth", 2}, {"clip", true}}},
                          {"encoding", interval(chart.intervals_along_x)}});
    const Json point = {{"type", "point"}, {"size", 70},         {"opacity", 1},
                        {"clip", true},    {"strokeWidth", 1.8}, {"strokeDash", {1, 0}}};
    Json filled = point;
    filled["filled"] = true;
    layers.push_back(
        {{"transform", only("datum.shown && datum.sign === 'filled'")}, {"mark", filled}});
    Json open = point;
    open["filled"] = false;
    open["fill"] = "white";
    open["angle"] = chart.intervals_along_x ? 90 : 0; // what is censored is x then
    layers.push_back(
        {{"transform", only("datum.shown && datum.sign !== 'filled'")},
         {"mark", open},
         {"encoding",
          {{"shape",
            {{"condition",
              {{{"test", "datum.sign === 'arrow_up'"}, {"value", fmt::format(arrow, "-")}},
               {{"test", "datum.sign === 'arrow_down'"}, {"value", fmt::format(arrow, "")}}}},
             {"value", "circle"}}}}}});
}

/// Dashes tell kinds, in the legend beside colours if there are several.
Json kind_channel(const std::vector<ChartKind>& kinds) {
    constexpr std::array<std::array<int, 2>, 3> dashes{{{1, 0}, {7, 4}, {2, 3}}};
    Json names = Json::array();
    Json ranges = Json::array();
    Json shapes = Json::object();
    Json widths = Json::object();
    for (const ChartKind& kind : kinds) {
        names.push_back(kind.name);
        ranges.push_back(dashes[static_cast<std::size_t>(kind.dash)]);
        shapes[kind.name] = kind.mark == Mark::points ? "circle" : "stroke";
        widths[kind.name] = kind.wide ? 8 : 2.5;
    }
    Json channel = {{"field", "kind"},
                    {"type", "nominal"},
                    {"scale", {{"domain", names}, {"range", ranges}}},
                    {"legend", nullptr}};
    if (kinds.size() > 1)
        channel["legend"] = {
            {"title", nullptr},
            {"symbolSize", 500},
            {"labelLimit", 240},
            {"encoding",
             {{"symbols",
               {{"update",
                 {{"shape", {{"signal", shapes.dump() + "[datum.value]"}}},
                  {"size", {{"signal", shapes.dump() + "[datum.value] === 'circle' ? 90 : 700"}}},
                  {"strokeWidth", {{"signal", widths.dump() + "[datum.value]"}}}}}}}}}};
    return channel;
}

Json series_layer(const Chart& chart) {
    const auto has = [&](Mark mark) {
        return std::ranges::any_of(chart.series,
                                   [&](const ChartSeries& each) { return each.mark == mark; });
    };
    Json layers = Json::array();
    if (has(Mark::steps)) add_lines(layers, chart, "steps");
    if (has(Mark::line)) add_lines(layers, chart, "line");
    add_points(layers, chart);
    // Where the pointer finds them, and the only layer that listens.
    Json feeler = {
        {"transform", only("datum.is !== 'tile'")},
        {"mark",
         {{"type", "point"}, {"filled", true}, {"size", 160}, {"opacity", 0}, {"clip", true}}},
        {"encoding", {{"tooltip", {{"field", "tip"}}}}}};
    Json zoomed = Json::array();
    if (chart.x.categories.empty()) zoomed.push_back("x");
    if (chart.y.categories.empty()) zoomed.push_back("y");
    if (!zoomed.empty())
        feeler["params"] = {{{"name", "zoom"},
                             {"select", {{"type", "interval"}, {"encodings", zoomed}}},
                             {"bind", "scales"}}};
    layers.push_back(feeler);
    return {{"name", "series"},
            {"encoding", {{"strokeDash", kind_channel(kinds_of(chart))}}},
            {"layer", layers}};
}

} // namespace

std::vector<ChartKind> kinds_of(const Chart& chart) {
    std::vector<ChartKind> kinds;
    for (const ChartSeries& each : chart.series)
        if (std::ranges::find(kinds, each.kind, &ChartKind::name) == kinds.end())
            kinds.push_back({each.kind, each.mark, each.dash, each.wide});
    return kinds;
}

Json chart_unit(const Chart& chart) {
    Json layers = Json::array();
    if (!chart.tiles.empty()) add_tiles(layers, chart);
    for (const bool vertical : {false, true})
        if (std::ranges::any_of(chart.rules,
                                [&](const ChartRule& each) { return each.vertical == vertical; }))
            add_rules(layers, vertical);
    if (!chart.series.empty()) layers.push_back(series_layer(chart));
    return {{"encoding", {{"x", channel_of(chart, false)}, {"y", channel_of(chart, true)}}},
            {"layer", layers}};
}

} // namespace basin
