#include "analysis/figures.hpp"
#include "analysis/labels.hpp"
#include "analysis/vega.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace basin {
namespace {

Drawn drawn_by_maps(const Cells& cells) {
    return drawn_over(cells, {"beta", "pattern_count", "cue_level", "dimension"},
                      {"interaction_vertex", "pattern_count", "cue_level", "dimension"});
}

/// Labels that fit: all of a few, else the powers of ten if there are at least three, else all that
/// do not overlap.
Json labelled_values(const Json& domain) {
    if (domain.size() <= 8) return domain;
    Json decades = Json::array();
    for (const Json& value : domain) {
        const double exponent = std::log10(value.get<double>());
        if (std::abs(exponent - std::round(exponent)) < 1e-9) decades.push_back(value);
    }
    return decades.size() >= 3 ? decades : domain;
}

Json band_axis(const Cells& cells, std::size_t axis, bool vertical) {
    const Json domain = domain_of(cells, axis);
    return {{"field", cells.axes[axis].name},
            {"type", "ordinal"},
            {"title", title_with_unit(cells.axes[axis].name, cells.axes[axis].unit)},
            {"sort", vertical ? "descending" : "ascending"},
            {"scale", {{"paddingInner", 0}, {"paddingOuter", 0}}},
            {"axis",
             {{"values", labelled_values(domain)},
              {"format", number_format(cells.axes[axis])},
              {"labelAngle", 0},
              {"labelOverlap", true},
              {"ticks", false},
              {"domain", false},
              {"labelPadding", 8}}}};
}

/// A line across each cell from one point of it to another, in parts of the cell from its top left.
Json stroke_across(const Json& x, const Json& y, std::array<double, 4> from_to, const Json& color) {
    Json start_x = x;
    Json start_y = y;
    start_x["bandPosition"] = from_to[0];
    start_y["bandPosition"] = from_to[1];
    return {{"transform", {{{"filter", "datum.state === 'done' && datum.overflow"}}}},
            {"mark", {{"type", "rule"}, {"strokeWidth", 1.6}, {"strokeCap", "butt"}}},
            {"encoding",
             {{"x", start_x},
              {"y", start_y},
              {"x2", {{"field", x["field"]}, {"bandPosition", from_to[2]}}},
              {"y2", {{"field", y["field"]}, {"bandPosition", from_to[3]}}},
              {"color", color}}}};
}

Json only(const char* state) {
    return {{{"filter", fmt::format("datum.state === '{}'", state)}}};
}

/// The map's layers: done cells coloured by `value`, and a sign of its own for every other state.
Json layers(const Cells& cells, const Drawn& drawn, const Json& color, const Json& hatch_color) {
    const Json x = band_axis(cells, *drawn.x, false);
    const Json y = band_axis(cells, *drawn.y, true);
    const Json tip = {{"tooltip", tooltip(cells)}};
    Json done = tip;
    done["color"] = color;
    Json all = Json::array();
    all.push_back({{"transform", only("done")}, {"mark", {{"type", "rect"}}}, {"encoding", done}});
    if (!hatch_color.is_null())
        for (const std::array<double, 4>& part :
             {std::array{0.0, 1.0, 1.0, 0.0}, {0.0, 0.5, 0.5, 0.0}, {0.5, 1.0, 1.0, 0.5}})
            all.push_back(stroke_across(x, y, part, hatch_color));
    all.push_back(
        {{"transform", only("not_run")},
         {"mark", {{"type", "rect"}, {"fill", "white"}, {"stroke", "#9aa5b1"}, {"strokeWidth", 1}}},
         {"encoding", tip}});
    all.push_back({{"transform", only("not_applicable")},
                   {"mark", {{"type", "rect"}, {"fill", "#f5f7fa"}}},
                   {"encoding", tip}});
    all.push_back({{"transform", only("not_applicable")},
                   {"mark",
                    {{"type", "point"},
                     {"filled", true},
                     {"size", 16},
                     {"opacity", 1},
                     {"color", "#7b8794"}}}});
    all.push_back(
        {{"transform", only("failed")},
         {"mark", {{"type", "rect"}, {"fill", "white"}, {"stroke", "#c1121f"}, {"strokeWidth", 1}}},
         {"encoding", tip}});
    all.push_back({{"transform", only("failed")},
                   {"mark",
                    {{"type", "point"},
                     {"shape", "M-1,-1L1,1M1,-1L-1,1"},
                     {"size", 100},
                     {"strokeWidth", 2.5},
                     {"opacity", 1},
                     {"color", "#c1121f"}}}});

    const double columns = static_cast<double>(domain_of(cells, *drawn.x).size());
    const double rows = static_cast<double>(domain_of(cells, *drawn.y).size());
    const std::size_t panels = drawn.panel ? values_present(cells, *drawn.panel).size() : 1;
    const double width = panels == 1 ? 640 : panels == 2 ? 430 : 280;
    // Whole pixels: fractions leave pale seams between the tiles.
    return {{"width", {{"step", std::floor(std::clamp(width / columns, 10.0, 72.0))}}},
            {"height", {{"step", std::floor(std::clamp(300.0 / rows, 14.0, 44.0))}}},
            {"encoding", {{"x", x}, {"y", y}}},
            {"layer", all}};
}

/// Largest mean of a metric, rounded up to a number that reads well.
double top_of(const Measure& measure) {
    if (measure.name == "exact_recall") return 1.0;
    double top = 0.0;
    for (const double value : measure.mean)
        if (std::isfinite(value)) top = std::max(top, value);
    if (measure.name == "recall_error" && top > 0.2 && top <= 0.5) return 0.5;
    if (top == 0.0) return 1.0;
    const double unit = std::pow(10.0, std::floor(std::log10(top)));
    return std::ceil(top / unit * 2.0 - 1e-9) / 2.0 * unit;
}

bool some_overflow(const Cells& cells) {
    for (std::size_t row = 0; row < cells.rows(); ++row)
        if (cells.overflowed(row)) return true;
    return false;
}

/// Fills in why a map is left out, if it is.
bool left_out(Figure& figure, const Drawn& drawn, bool no_values, const std::string& what) {
    if (no_values)
        figure.left_out = what;
    else if (!drawn.x || !drawn.y)
        figure.left_out = "Fewer than two of β, interaction vertex, pattern count, cue level and "
                          "dimension vary in this sweep, so there is no map to draw.";
    return !figure.left_out.empty();
}

std::string over_axes(const Cells& cells, const Drawn& drawn) {
    return words(cells.axes[*drawn.x].name) + " and " + words(cells.axes[*drawn.y].name);
}

} // namespace

Figure error_map(const Cells& cells) {
    Figure figure;
    figure.id = "error-map";
    figure.title = "Where recall works";
    const Drawn drawn = drawn_by_maps(cells);
    const std::vector<const Measure*> quantities = measures_with_values(
        cells, {"recall_error", "exact_recall", "metastable_count", "unique_states", "iterations"});
    if (left_out(figure, drawn, quantities.empty(), "No cell is done yet.")) return figure;
    figure.map = figure.hatched = true;
    const std::string axes = over_axes(cells, drawn);
    figure.title += ": " + words(quantities.front()->name) + " over " + axes;
    figure.caption = fmt::format(
        "Each tile is one cell, coloured by the mean over replicates{}. Hatched: in some unit "
        "decision a number overflowed. Look for hatching inside bright areas (recall fails where "
        "the arithmetic does), and for dark hatched cells (overflow that did no harm).",
        drawn.panel ? "; one panel per " + words(cells.axes[*drawn.panel].name) : "");
    figure.alt = "Heat map of " + words(quantities.front()->name) + " over " + axes +
                 ", overflowing cells hatched. The same numbers are in the downloads under Table.";

    Json tops = Json::object();
    for (const Measure* quantity : quantities)
        tops[quantity->name] = top_of(*quantity);
    const bool choice = quantities.size() > 1;
    const std::string top =
        choice ? tops.dump() + "[quantity]" : tops[quantities.front()->name].dump();
    const std::string quantity = choice ? "quantity" : literal(quantities.front()->name);

    Json spec = skeleton(cells, drawn, quantities);
    spec["transform"].push_back(
        {{"calculate", fmt::format("datum[{}]", quantity)}, {"as", "value"}});
    spec["transform"].push_back(
        {{"calculate", fmt::format("datum.value > 0.55 * {}", top)}, {"as", "bright"}});
    spec["title"] = chosen_title(cells, drawn, quantities);
    const Json color = {
        {"field", "value"},
        {"type", "quantitative"},
        {"scale", {{"scheme", "viridis"}, {"domain", {0, {{"expr", top}}}}, {"clamp", true}}},
        {"legend",
         {{"title", nullptr},
          {"gradientLength", 220},
          {"gradientThickness", 16},
          {"format", ".6"}}}};
    const Json hatch = {{"condition", {{"test", "datum.bright"}, {"value", "#1f2933"}}},
                        {"value", "white"}};
    add_panels(spec, layers(cells, drawn, color, hatch), cells, drawn);
    figure.spec = spec.dump();
    return figure;
}

Figure overflow_map(const Cells& cells) {
    Figure figure;
    figure.id = "overflow-map";
    figure.title = "Where the arithmetic fails";
    const Drawn drawn = drawn_by_maps(cells);
    const std::vector<const Measure*> shares =
        measures_with_values(cells, {"overflow_fraction", "num_nan"});
    if (left_out(figure, drawn, shares.empty(), "No cell is done yet.")) return figure;
    if (!some_overflow(cells)) {
        figure.left_out = "No unit decision of any cell was touched by overflow or NaN.";
        return figure;
    }
    figure.map = true;
    figure.title += ": decisions touched by overflow over " + over_axes(cells, drawn);
    figure.caption =
        "Share of unit decisions in which a number overflowed (upper row) and in which the sum was "
        "NaN, so that no decision was possible and the unit kept its state (lower row). Pale grey "
        "is exactly zero. Overflow without NaN still decides with the right sign; look for where "
        "the lower row begins.";
    figure.alt = "Heat maps of the share of unit decisions touched by overflow and by NaN over " +
                 over_axes(cells, drawn) + ". The same numbers are in the downloads under Table.";

    Json spec = skeleton(cells, drawn, {});
    Json names = Json::array();
    Json rows = Json::object();
    for (const Measure* share : shares) {
        names.push_back(share->name);
        rows[share->name] = share->name == "num_nan" ? "NaN: no decision" : "overflow";
    }
    spec["transform"].push_back({{"fold", names}, {"as", {"kind", "value"}}});
    spec["title"] = chosen_title(cells, drawn, {});
    spec["title"]["text"] = "share of unit decisions touched";
    const Json color = {{"condition", {{"test", "datum.value === 0"}, {"value", "#e4e7eb"}}},
                        {"field", "value"},
                        {"type", "quantitative"},
                        {"scale", {{"scheme", "viridis"}, {"domain", {0, 1}}, {"clamp", true}}},
                        {"legend",
                         {{"title", nullptr},
                          {"gradientLength", 220},
                          {"gradientThickness", 16},
                          {"format", ".6"}}}};
    add_panels(spec, layers(cells, drawn, color, nullptr), cells, drawn);
    if (!drawn.panel) {
        Json unit = Json::object();
        for (const char* part : {"width", "height", "encoding", "layer"}) {
            unit[part] = spec[part];
            spec.erase(part);
        }
        spec["spec"] = unit;
    }
    spec["facet"]["row"] = {{"field", "kind"},
                            {"type", "nominal"},
                            {"sort", names},
                            {"title", nullptr},
                            {"header",
                             {{"labelExpr", rows.dump() + "[datum.value]"},
                              {"labelAngle", -90},
                              {"labelOrient", "left"},
                              {"labelPadding", 14}}}};
    figure.spec = spec.dump();
    return figure;
}

} // namespace basin
