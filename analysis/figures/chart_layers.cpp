#include "analysis/figures/chart_layers.hpp"

#include "analysis/figures/figures.hpp"
#include "analysis/figures/vega.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

namespace basin {
namespace {

constexpr const char* quiet = "#52606d";
constexpr const char* arrow = "M-0.8,0L0.8,0M0,0L0,{0}3.2M-0.8,{0}2.2L0,{0}3.2L0.8,{0}2.2";

std::string is(std::string_view mark) {
    return fmt::format("datum.is === '{}'", mark);
}

/// A threshold, and what it is called: analysis/web finds the place where that is least in the way.
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
    const auto told = [](const char* field) {
        return Json{{"expr", fmt::format("datum.{}", field)}};
    };
    for (const bool halo : {true, false}) {
        Json text = {{"type", "text"},
                     {"fontSize", 13},
                     {"align", told("align")},
                     {"baseline", told("baseline")},
                     {"dx", told("dx")},
                     {"dy", told("dy")},
                     {"fill", halo ? "white" : quiet},
                     {"clip", true}};
        if (halo) text.update({{"stroke", "white"}, {"strokeWidth", 4}});
        layers.push_back({{"data", {{"name", "rules"}}},
                          {"transform", only(which)},
                          {"mark", text},
                          {"encoding",
                           {{along, at},
                            {across, {{"value", told("across")}}},
                            {"text", {{"field", "text"}, {"type", "nominal"}}}}}});
    }
}

/// A row's interval as the channels of a bar or band.
Json interval(bool along_x) {
    return along_x ? Json{{"x", quantity("low")}, {"x2", {{"field", "high"}}}}
                   : Json{{"y", quantity("low")}, {"y2", {{"field", "high"}}}};
}

/// Dashes tell kinds; analysis/web makes the legend.
Json dash_channel(const std::vector<ChartKind>& kinds) {
    Json names = Json::array();
    Json ranges = Json::array();
    for (const ChartKind& kind : kinds) {
        names.push_back(kind.name);
        ranges.push_back(dash_lengths(kind.dash));
    }
    return {{"field", "kind"},
            {"type", "nominal"},
            {"scale", {{"domain", names}, {"range", ranges}}},
            {"legend", nullptr}};
}

void add_lines(Json& layers, const Chart& chart, std::string_view which) {
    Json line = {{"type", "line"}, {"clip", true}};
    Json band = {{"type", "area"}, {"opacity", 0.16}, {"clip", true}};
    if (which == "steps") line["interpolate"] = band["interpolate"] = "step-after";
    if (chart.intervals_along_x) band["orient"] = "horizontal";
    const auto layer = [](const std::string& test, Json mark, Json encoding) {
        encoding["detail"] = {{"field", "series"}, {"type", "nominal"}};
        if (mark["type"] == "line") encoding["order"] = quantity("order");
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
            layer(is(which) + " && !datum.wide", casing, {{"color", {{"value", "white"}}}}));
    }
    line["strokeWidth"] = 2.5;
    layers.push_back(layer(is(which) + " && !datum.wide", line,
                           {{"strokeDash", dash_channel(kinds_of(chart))}}));
}

/// Points of lines have signs too if they were measured and are few.
void add_points(Json& layers, const Chart& chart) {
    if (std::ranges::any_of(chart.series,
                            [](const ChartSeries& each) { return each.mark == Mark::points; }))
        layers.push_back({{"transform", only(is("points") + " && datum.low !== null")},
                          {"mark", {{"type", "rule"}, {"strokeWidth", 2}, {"clip", true}}},
                          {"encoding", interval(chart.intervals_along_x)}});
    const Json point = {
        {"type", "point"}, {"size", 70}, {"opacity", 1}, {"clip", true}, {"strokeWidth", 1.8}};
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

/// All layers give an axis the same title: they would be strung together.
void give_titles(Json& layer, const Json& x, const Json& y) {
    for (const auto& [channel, title] : {std::pair{"x", &x}, std::pair{"y", &y}})
        if (layer.contains("encoding") && layer["encoding"].contains(channel) &&
            layer["encoding"][channel].contains("field"))
            layer["encoding"][channel]["title"] = *title;
    if (layer.contains("layer"))
        for (Json& inner : layer["layer"])
            give_titles(inner, x, y);
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
        {"encoding", {{"tooltip", {{"field", "row"}, {"type", "nominal"}}}}}};
    Json zoomed = Json::array();
    if (chart.x.categories.empty()) zoomed.push_back("x");
    if (chart.y.categories.empty()) zoomed.push_back("y");
    if (!zoomed.empty())
        feeler["params"] = {{{"name", "zoom"},
                             {"select", {{"type", "interval"}, {"encodings", zoomed}}},
                             {"bind", "scales"}}};
    layers.push_back(feeler);
    return {{"name", "series"}, {"encoding", Json::object()}, {"layer", layers}};
}

} // namespace

Json quantity(const std::string& field) {
    return {{"field", field}, {"type", "quantitative"}};
}

Json only(const std::string& test) {
    return {{{"filter", test}}};
}

std::array<int, 2> dash_lengths(Dash dash) {
    constexpr std::array<std::array<int, 2>, 3> lengths{{{1, 0}, {7, 4}, {2, 3}}};
    return lengths[static_cast<std::size_t>(dash)];
}

std::vector<ChartKind> kinds_of(const Chart& chart) {
    std::vector<ChartKind> kinds;
    for (const ChartSeries& each : chart.series)
        if (std::ranges::find(kinds, each.kind, &ChartKind::name) == kinds.end())
            kinds.push_back({each.kind, each.mark, each.dash, each.wide});
    return kinds;
}

Json chart_unit(const Chart& chart) {
    Json layers = Json::array();
    if (!chart.tiles.empty()) add_tile_layers(layers, chart);
    for (const bool vertical : {false, true})
        if (std::ranges::any_of(chart.rules,
                                [&](const ChartRule& each) { return each.vertical == vertical; }))
            add_rules(layers, vertical);
    if (!chart.series.empty()) layers.push_back(series_layer(chart));
    Json unit = {
        {"encoding", {{"x", axis_channel(chart, false)}, {"y", axis_channel(chart, true)}}},
        {"view", {{"fill", "transparent"}}}, // the wheel is felt between marks too
        {"layer", layers}};
    // The title of y stands above the chart, where it is read without turning the head; a map has
    // its colours' title there.
    give_titles(unit, chart.x.title, chart.tiles.empty() ? Json() : Json(chart.y.title));
    return unit;
}

} // namespace basin
