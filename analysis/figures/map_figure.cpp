#include "analysis/cells/labels.hpp"
#include "analysis/figures/figures.hpp"
#include "analysis/figures/map_layers.hpp"
#include "analysis/figures/vega.hpp"

#include <fmt/format.h>

namespace basin {
namespace {

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
        tops[quantity->name] = color_top(*quantity);
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
    add_panels(spec, map_layers(cells, drawn, color, hatch), cells, drawn);
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
    const Json color = share_color("value", true);
    add_panels(spec, map_layers(cells, drawn, color, nullptr), cells, drawn);
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
