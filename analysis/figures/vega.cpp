#include "analysis/figures/vega.hpp"

#include "analysis/cells/labels.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace basin {
namespace {

/// The first of the parameters `wanted` that varies and is not in `taken`.
std::optional<std::size_t> first_varying(const Cells& cells,
                                         std::initializer_list<std::string_view> wanted,
                                         const std::vector<std::optional<std::size_t>>& taken) {
    for (const std::size_t axis : varying_among(cells, wanted))
        if (std::find(taken.begin(), taken.end(), std::optional(axis)) == taken.end()) return axis;
    return std::nullopt;
}

Json value_json(const CubeAxis& axis, std::size_t index) {
    if (axis.numeric) return axis.numbers[index];
    return value_text(axis, index);
}

std::string parameter_name(const Cells& cells, const Selector& selector) {
    return "pick_" + cells.axes[selector.axis].name;
}

} // namespace

Json house_style() {
    const char* ink = "#1f2933";
    const char* quiet = "#52606d";
    const char* family =
        "Inter, 'Source Sans 3', 'Segoe UI', system-ui, 'Helvetica Neue', Arial, sans-serif";
    return {
        {"font", family},
        {"background", "white"},
        {"view", {{"stroke", nullptr}}},
        {"title",
         {{"anchor", "start"},
          {"fontSize", 16},
          {"fontWeight", 600},
          {"color", ink},
          {"offset", 16},
          {"subtitleFontSize", 14},
          {"subtitleColor", quiet},
          {"subtitlePadding", 6}}},
        {"axis",
         {{"labelFontSize", 14},
          {"titleFontSize", 15},
          {"titleFontWeight", "normal"},
          {"titlePadding", 12},
          {"labelColor", quiet},
          {"titleColor", ink},
          {"gridColor", "#e8ebee"},
          {"domainColor", "#9aa5b1"},
          {"tickColor", "#9aa5b1"}}},
        {"legend",
         {{"labelFontSize", 14},
          {"titleFontSize", 14},
          {"titleFontWeight", "normal"},
          {"labelColor", ink},
          {"titleColor", ink},
          {"offset", 28},
          {"titlePadding", 8},
          {"rowPadding", 5},
          {"titleLimit", 260}}},
        {"header",
         {{"labelFontSize", 16},
          {"labelFontWeight", 600},
          {"labelColor", ink},
          {"labelPadding", 10}}},
    };
}

Drawn drawn_over(const Cells& cells, std::initializer_list<std::string_view> x_wanted,
                 std::initializer_list<std::string_view> y_wanted) {
    Drawn drawn;
    drawn.x = first_varying(cells, x_wanted, {});
    drawn.y = first_varying(cells, y_wanted, {drawn.x});
    drawn.panel =
        first_varying(cells, {"formulation", "similarity", "interaction"}, {drawn.x, drawn.y});
    std::vector<std::size_t> shown;
    for (const auto& axis : {drawn.x, drawn.y, drawn.panel})
        if (axis) shown.push_back(*axis);
    drawn.selectors = selectors(cells, shown);
    return drawn;
}

std::vector<const Measure*> measures_with_values(const Cells& cells,
                                                 std::initializer_list<std::string_view> wanted) {
    std::vector<const Measure*> found;
    for (const std::string_view name : wanted)
        if (const Measure* measure = cells.measure(name);
            measure != nullptr && std::any_of(measure->mean.begin(), measure->mean.end(),
                                              [](double value) { return std::isfinite(value); }))
            found.push_back(measure);
    return found;
}

std::string literal(const std::string& text) {
    return Json(text).dump();
}

Json skeleton(const Cells& cells, const Drawn& drawn,
              const std::vector<const Measure*>& quantities) {
    Json parameters = Json::array();
    if (quantities.size() > 1) {
        Json names = Json::array();
        Json labels = Json::array();
        for (const Measure* quantity : quantities) {
            names.push_back(quantity->name);
            labels.push_back(title_with_unit(quantity->name, quantity->unit));
        }
        parameters.push_back({{"name", "quantity"},
                              {"value", quantities.front()->name},
                              {"bind",
                               {{"input", "select"},
                                {"options", names},
                                {"labels", labels},
                                {"name", "quantity"}}}});
    }
    Json transforms = Json::array();
    for (const Selector& selector : drawn.selectors) {
        const CubeAxis& axis = cells.axes[selector.axis];
        Json options = Json::array();
        for (const std::size_t value : selector.values)
            options.push_back(value_json(axis, value));
        const std::string name = parameter_name(cells, selector);
        parameters.push_back({{"name", name},
                              {"value", value_json(axis, selector.initial)},
                              {"bind",
                               {{"input", "select"},
                                {"options", options},
                                {"labels", selector.texts},
                                {"name", words(axis.name)}}}});
        transforms.push_back(
            {{"filter", fmt::format("datum[{}] === {}", literal(axis.name), name)}});
    }
    return {
        {"$schema", "https://vega.github.io/schema/vega-lite/v5.json"},
        {"config", house_style()},
        {"data", {{"name", "cells"}}},
        {"params", parameters},
        {"transform", transforms},
    };
}

Json chosen_title(const Cells& cells, const Drawn& drawn,
                  const std::vector<const Measure*>& quantities) {
    Json title_words = Json::object();
    for (const Measure* quantity : quantities)
        title_words[quantity->name] = title_with_unit(quantity->name, quantity->unit);
    const std::string title = quantities.size() > 1 ? title_words.dump() + "[quantity]"
                              : quantities.empty()  ? literal("")
                                                   : literal(title_words[quantities.front()->name]);
    std::string subtitle = literal("");
    for (const Selector& selector : drawn.selectors) {
        const CubeAxis& axis = cells.axes[selector.axis];
        const std::string name = parameter_name(cells, selector);
        if (&selector != &drawn.selectors.front()) subtitle += " + " + literal("   ·   ");
        subtitle += axis.numeric
                        ? fmt::format(" + {} + format({}, '{}')", literal(words(axis.name) + " = "),
                                      name, number_format(axis))
                        : " + " + name;
    }
    return {{"text", {{"expr", title}}}, {"subtitle", {{"expr", subtitle}}}};
}

void add_panels(Json& spec, Json unit, const Cells& cells, const Drawn& drawn) {
    if (!drawn.panel && !drawn.panel_row) {
        spec.update(unit);
        return;
    }
    const auto header_of = [&](std::size_t axis_index) -> Json {
        const CubeAxis& axis = cells.axes[axis_index];
        return {
            {"field", axis.name},
            {"type", axis.numeric ? "ordinal" : "nominal"},
            {"sort", domain_of(cells, axis_index)},
            {"title", nullptr},
            {"header",
             {{"labelExpr", axis.numeric
                                ? literal(words(axis.name) + " = ") + " + format(datum.value, '" +
                                      number_format(axis) + "')"
                                : "datum.label"}}},
        };
    };
    if (drawn.panel) spec["facet"]["column"] = header_of(*drawn.panel);
    if (drawn.panel_row) {
        spec["facet"]["row"] = header_of(*drawn.panel_row);
        spec["facet"]["row"]["header"].update(
            {{"labelAngle", -90}, {"labelOrient", "left"}, {"labelPadding", 14}});
    }
    spec["spec"] = std::move(unit);
    spec["spacing"] = drawn.panel_row ? Json{{"column", 36}, {"row", 24}} : Json(36);
}

Json domain_of(const Cells& cells, std::size_t axis) {
    Json domain = Json::array();
    for (const std::size_t value : values_present(cells, axis))
        domain.push_back(value_json(cells.axes[axis], value));
    return domain;
}

Json tooltip(const Cells& cells) {
    Json channel = Json::array();
    for (const std::size_t axis : varying_axes(cells)) {
        Json entry = {{"field", cells.axes[axis].name},
                      {"type", cells.axes[axis].numeric ? "quantitative" : "nominal"},
                      {"title", words(cells.axes[axis].name)}};
        if (cells.axes[axis].numeric) entry["format"] = number_format(cells.axes[axis]);
        channel.push_back(std::move(entry));
    }
    channel.push_back({{"field", "state"}, {"type", "nominal"}, {"title", "state"}});
    channel.push_back({{"field", "done"}, {"type", "quantitative"}, {"title", "replicates done"}});
    for (const Measure& measure : cells.measures) {
        channel.push_back({{"field", measure.name},
                           {"type", "quantitative"},
                           {"format", ".4"},
                           {"title", title_with_unit(measure.name, measure.unit)}});
        if (measure.name == "recall_error")
            channel.push_back(
                {{"field", "interval"}, {"type", "nominal"}, {"title", "95 % interval"}});
    }
    channel.push_back({{"field", "flags"}, {"type", "nominal"}, {"title", "flags"}});
    return channel;
}

} // namespace basin
