#include "analysis/cells/labels.hpp"
#include "analysis/figures/map_layers.hpp"
#include "analysis/stability/frontier_lines.hpp"
#include "analysis/stability/stability.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace basin {
namespace {

Drawn drawn_by_stability_maps(const Cells& cells) {
    Drawn drawn = drawn_over(cells, {"interaction_vertex"},
                             {"beta", "cue_level", "pattern_count", "dimension"});
    const std::vector<std::size_t> formulation = varying_among(cells, {"formulation"});
    const std::vector<std::size_t> precision = varying_among(cells, {"precision"});
    drawn.panel = formulation.empty() ? std::nullopt : std::optional(formulation.front());
    drawn.panel_row = precision.empty() ? std::nullopt : std::optional(precision.front());
    std::vector<std::size_t> shown;
    for (const auto& axis : {drawn.x, drawn.y, drawn.panel, drawn.panel_row})
        if (axis) shown.push_back(*axis);
    drawn.selectors = selectors(cells, shown);
    return drawn;
}

/// The key of the lines that some cell has.
std::vector<LineKey> line_keys(const std::vector<Overlay>& overlays) {
    std::vector<LineKey> keys;
    for (std::size_t i = 0; i < overlays.size(); ++i)
        if (std::ranges::any_of(overlays[i].values, [](auto edges) { return edges != 0; })) {
            const FrontierLine& line = frontier_lines()[i];
            keys.push_back({std::string(line.color), fmt::format("{}", fmt::join(line.dash, " ")),
                            std::string(line.text)});
        }
    return keys;
}

struct MapWords {
    const char* metric;
    const char* id;
    const char* title;
    const char* caption;
    bool zero_apart; ///< exactly zero has a colour of its own
};

Figure stability_map(const Cells& cells, const MapWords& say, const std::vector<LineKey>& keys) {
    Figure figure;
    figure.id = say.id;
    figure.title = say.title;
    const Drawn drawn = drawn_by_stability_maps(cells);
    const std::vector<const Measure*> quantity = measures_with_values(cells, {say.metric});
    if (quantity.empty())
        figure.left_out = fmt::format("No done cell has a value of {}.", words(say.metric));
    else if (!drawn.x || !drawn.y)
        figure.left_out =
            "There is no map to draw: it needs a varying interaction vertex, and β, cue "
            "level, pattern count or dimension beside it.";
    if (!figure.left_out.empty()) return figure;
    figure.map = true;
    figure.lines = keys;
    figure.title +=
        " over " + words(cells.axes[*drawn.x].name) + " and " + words(cells.axes[*drawn.y].name);
    figure.caption = say.caption;
    figure.alt = fmt::format("Heat maps of {} over {} and {}, formulations side by side, with the "
                             "predicted frontiers as lines. The numbers are in the downloads under "
                             "Table.",
                             words(say.metric), words(cells.axes[*drawn.x].name),
                             words(cells.axes[*drawn.y].name));

    Json spec = skeleton(cells, drawn, {});
    spec["title"] = chosen_title(cells, drawn, quantity);
    const Json color = share_color(say.metric, say.zero_apart);
    Json unit = map_layers(cells, drawn, color, nullptr);
    for (Json& layer :
         frontier_layers(band_axis(cells, *drawn.x, false), band_axis(cells, *drawn.y, true)))
        unit["layer"].push_back(std::move(layer));
    add_panels(spec, std::move(unit), cells, drawn);
    figure.spec = spec.dump();
    return figure;
}

} // namespace

std::vector<Overlay> stability_overlays(const Cells& cells) {
    const Drawn drawn = drawn_by_stability_maps(cells);
    if (!drawn.x || !drawn.y) return {};
    return frontier_overlays(cells, *drawn.y);
}

std::vector<Figure> stability_maps(const Cells& cells, const std::vector<Overlay>& overlays) {
    const std::vector<LineKey> keys = line_keys(overlays);
    return {
        stability_map(cells,
                      {"exact_recall", "recall-map", "Where recall works",
                       "Each tile is one cell, coloured by the share of probes that end on their "
                       "target; one row of panels per precision. Look for where recall breaks "
                       "off, and whether a line of theory stands there: then arithmetic fails, "
                       "not the memory.",
                       false},
                      keys),
        stability_map(cells,
                      {"numerical_failure", "failure-map", "What the arithmetic loses",
                       "Share of queries that are not recalled here though exact arithmetic "
                       "(float64 in continuous networks) recalls them, starting from the same cue. "
                       "What is neither recalled nor "
                       "counted here is lost in exact arithmetic too. Pale grey is exactly zero.",
                       true},
                      keys)};
}

} // namespace basin
