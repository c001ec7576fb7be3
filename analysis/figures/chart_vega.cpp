#include "analysis/figures/chart_vega.hpp"

#include "analysis/cells/cells.hpp"
#include "analysis/figures/chart_layers.hpp"
#include "analysis/figures/vega.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdlib>
#include <map>
#include <string_view>

namespace basin {
namespace {

constexpr std::array<std::string_view, 3> mark_names{"points", "line", "steps"};

// Okabe & Ito 2008 without yellow, which is too pale on white.
constexpr std::array okabe_ito{"#0072b2", "#d55e00", "#009e73", "#cc79a7",
                               "#56b4e9", "#e69f00", "#000000"};

/// Whole numbers without ".0".
Json number_json(double value) {
    if (std::isnan(value)) return nullptr;
    if (std::isinf(value)) return value > 0 ? "inf" : "-inf";
    const bool whole = value == std::floor(value) && std::abs(value) < 9e15;
    return whole && !(value == 0 && std::signbit(value)) ? Json(static_cast<std::int64_t>(value))
                                                         : Json(value);
}

Json optional_json(const std::optional<double>& value) {
    return value ? number_json(*value) : nullptr;
}

/// Adds a column unless each of its entries is `usual`.
void add_column(Json& columns, const char* name, Json column, const Json& usual) {
    if (std::ranges::any_of(column, [&](const Json& each) { return each != usual; }))
        columns[name] = std::move(column);
}

/// Different values once each, in the order in which they come, and their places.
template <class Value>
class Listed {
public:
    std::size_t place_of(const Value& value) {
        const auto [found, is_new] = places_.try_emplace(value, places_.size());
        if (is_new) values.push_back(value);
        return found->second;
    }
    std::vector<Value> values;

private:
    std::map<Value, std::size_t> places_;
};

bool is_number(const std::string& text) {
    char* end = nullptr;
    const double value = std::strtod(text.c_str(), &end);
    return !text.empty() && *end == '\0' && std::isfinite(value);
}

bool is_numeric(const ChartFacet& facet) {
    return std::ranges::all_of(facet.values, is_number);
}

Json axis_json(const ChartAxis& axis) {
    Json scales = Json::array();
    for (const Scale scale : axis.scales)
        scales.push_back(scale == Scale::logarithmic ? "log" : "linear");
    return {{"name", axis.name},
            {"title", axis.title},
            {"scales", scales},
            {"low", optional_json(axis.low)},
            {"high", optional_json(axis.high)},
            {"categories", axis.categories}};
}

Json facets_json(const Chart& chart) {
    Json facets = Json::array();
    for (const ChartFacet& facet : chart.facets)
        facets.push_back({{"name", facet.name},
                          {"title", facet.title},
                          {"values", facet.values},
                          {"numeric", is_numeric(facet)},
                          {"initial", facet.initial},
                          {"scale", Json::parse(facet_colors(facet))}});
    return facets;
}

void add_series(Json& json, const Chart& chart) {
    const std::vector<ChartKind> kinds = kinds_of(chart);
    Listed<std::uint64_t> xs; // by their bits
    Listed<std::string> notes;
    Json series = Json::array();
    Json x = Json::array();
    Json y = Json::array();
    Json low = Json::array();
    Json high = Json::array();
    Json sign = Json::array();
    Json note = Json::array();
    for (const ChartSeries& each : chart.series) {
        const auto kind = std::ranges::find(kinds, each.kind, &ChartKind::name) - kinds.begin();
        Json head = {kind, mark_names[static_cast<std::size_t>(each.mark)], each.wide ? 1 : 0,
                     each.points.size()};
        for (const std::uint32_t value : each.facets)
            head.push_back(value);
        series.push_back(std::move(head));
        for (const ChartPoint& point : each.points) {
            x.push_back(xs.place_of(std::bit_cast<std::uint64_t>(point.x)));
            y.push_back(number_json(point.y));
            low.push_back(number_json(point.low));
            high.push_back(number_json(point.high));
            sign.push_back(static_cast<int>(point.sign));
            note.push_back(notes.place_of(point.note));
        }
    }
    Json columns = {{"x", x}, {"y", y}};
    add_column(columns, "low", std::move(low), nullptr);
    add_column(columns, "high", std::move(high), nullptr);
    add_column(columns, "sign", std::move(sign), 0);
    const bool with_notes = notes.values != std::vector<std::string>{""};
    if (with_notes) columns["note"] = std::move(note);
    Json all_kinds = Json::array();
    std::vector<std::string> names;
    for (const ChartKind& kind : kinds) {
        all_kinds.push_back({{"name", kind.name},
                             {"mark", mark_names[static_cast<std::size_t>(kind.mark)]},
                             {"dash", dash_lengths(kind.dash)},
                             {"wide", kind.wide}});
        names.push_back(kind.name);
    }
    Json listed = Json::array();
    for (const std::uint64_t bits : xs.values)
        listed.push_back(number_json(std::bit_cast<double>(bits)));
    json.update({{"kinds", all_kinds},
                 // Without a facet for it, colours tell kinds.
                 {"kind_scale", Json::parse(facet_colors({"kind", "", names, 0}))},
                 {"series", series},
                 {"points", columns},
                 {"xs", listed},
                 {"notes", notes.values}});
}

Json tiles_json(const Chart& chart) {
    Listed<std::string> notes;
    Json columns = {{"facets", Json::array()},
                    {"x", Json::array()},
                    {"y", Json::array()},
                    {"value", Json::array()}};
    Json state = Json::array();
    Json hatched = Json::array();
    Json note = Json::array();
    for (const ChartTile& tile : chart.tiles) {
        for (const std::uint32_t value : tile.facets)
            columns["facets"].push_back(value);
        columns["x"].push_back(tile.x);
        columns["y"].push_back(tile.y);
        columns["value"].push_back(number_json(tile.value));
        state.push_back(static_cast<int>(tile.state));
        hatched.push_back(tile.hatched ? 1 : 0);
        note.push_back(notes.place_of(tile.note));
    }
    add_column(columns, "state", std::move(state), 0);
    add_column(columns, "hatched", std::move(hatched), 0);
    if (notes.values != std::vector<std::string>{""}) columns["note"] = std::move(note);
    columns["notes"] = notes.values;
    return columns;
}

Json rules_json(const Chart& chart) {
    Json rules = Json::array();
    for (const ChartRule& rule : chart.rules)
        rules.push_back(
            {{"vertical", rule.vertical}, {"at", number_json(rule.at)}, {"text", rule.text}});
    return rules;
}

Json place_json(const std::optional<std::size_t>& facet) {
    return facet ? Json(*facet) : Json();
}

} // namespace

std::string facet_colors(const ChartFacet& facet) {
    const std::size_t count = facet.values.size();
    const bool in_sequence = (is_numeric(facet) && count > 2) || count > okabe_ito.size();
    if (in_sequence)
        return Json{{"domain", facet.values},
                    {"scheme", {{"name", "viridis"}, {"extent", {0.0, 0.88}}, {"count", count}}}}
            .dump();
    Json range = Json::array();
    for (std::size_t i = 0; i < count; ++i)
        range.push_back(okabe_ito[i]);
    return Json{{"domain", facet.values}, {"range", range}}.dump();
}

std::string chart_json(const Chart& chart) {
    const TileColors& colors = chart.tile_colors;
    Json json = {
        {"id", chart.id},
        {"title", chart.tiles.empty() ? chart.y.title : colors.title},
        {"config", house_style()},
        {"unit", chart_unit(chart)},
        {"x", axis_json(chart.x)},
        {"y", axis_json(chart.y)},
        {"facets", facets_json(chart)},
        {"color", place_json(chart.color)},
        {"panel", place_json(chart.panel)},
        {"tiles", tiles_json(chart)},
        {"states", cell_state_names},
        {"tile_colors",
         {{"name", colors.name},
          {"title", colors.title},
          {"low", colors.low},
          {"high", colors.high},
          {"diverging", colors.diverging}}},
        {"rules", rules_json(chart)},
        {"along_x", chart.intervals_along_x},
    };
    add_series(json, chart);
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

} // namespace basin
