#include "analysis/cells/labels.hpp"
#include "analysis/cells/reported_metrics.hpp"
#include "analysis/figures/figures.hpp"
#include "analysis/figures/line_layers.hpp"
#include "models/scene/setting.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace basin {
namespace {

/// The rows of continuous_rows(), for the page.
constexpr const char* of_continuous = "datum.state === 'done' && isValid(datum.single_exact_count)";

/// The first of the parameters that varies, other than `taken`.
std::optional<std::size_t> panel_among(const Cells& cells,
                                       std::initializer_list<std::string_view> wanted,
                                       std::optional<std::size_t> taken) {
    for (const std::size_t axis : varying_among(cells, wanted))
        if (axis != taken) return axis;
    return std::nullopt;
}

/// Separations side by side say something of the universal formulation alone: it is shown first.
void begin_with_universal(Drawn& drawn, const Cells& cells) {
    const auto separation = cells.axis("separation");
    if (!separation || (drawn.y != separation && drawn.panel != separation)) return;
    for (Selector& selector : drawn.selectors)
        for (const std::size_t value : selector.values)
            if (cells.axes[selector.axis].name == "formulation" &&
                cells.axes[selector.axis].labels[value] == Universal::name)
                selector.initial = value;
}

void choose_panel(Drawn& drawn, const Cells& cells,
                  std::initializer_list<std::string_view> wanted) {
    drawn.panel = panel_among(cells, wanted, drawn.y);
    std::vector<std::size_t> shown;
    for (const auto& axis : {drawn.x, drawn.y, drawn.panel})
        if (axis) shown.push_back(*axis);
    drawn.selectors = selectors(cells, shown);
    begin_with_universal(drawn, cells);
}

std::string per_panel(const Cells& cells, const Drawn& drawn) {
    return drawn.panel ? ", one panel per " + words(cells.axes[*drawn.panel].name) : "";
}

/// Puts panels beside and below each other: there may be many.
void wrap_panels(Json& spec, const Drawn& drawn) {
    if (!drawn.panel) return;
    spec["facet"] = Json(spec["facet"]["column"]);
    spec["columns"] = 3;
}

/// Shares of the regimes over drawn.x, one above the other; what a cell has in all is shown where
/// the pointer is near it.
Json regime_layers(const Cells& cells, const Drawn& drawn) {
    Json names = Json::array();
    Json colors = Json::array();
    Json said = Json::object();
    for (const Regime& regime : regimes()) {
        names.push_back(regime.count);
        colors.push_back(regime.color);
        said[std::string(regime.count)] = regime.words;
    }
    const Json shares = {
        {"transform",
         {{{"fold", names}, {"as", {"regime", "probes"}}},
          {{"calculate", fmt::format("indexof({}, datum.regime)", names.dump())}, {"as", "rank"}}}},
        {"mark", {{"type", "area"}, {"opacity", 0.9}}},
        {"encoding",
         {{"y",
           {{"field", "probes"},
            {"type", "quantitative"},
            {"stack", "normalize"},
            {"title", nullptr},
            {"axis", {{"format", ".0%"}, {"tickCount", 5}}}}},
          {"order", {{"field", "rank"}, {"type", "quantitative"}}},
          {"color",
           {{"field", "regime"},
            {"type", "nominal"},
            {"scale", {{"domain", names}, {"range", colors}}},
            {"legend",
             {{"title", "probes end at"},
              {"orient", "bottom"}, // beside three panels there is no room
              {"symbolType", "square"},
              {"symbolSize", 220},
              {"symbolStrokeWidth", 0},
              {"labelExpr", said.dump() + "[datum.value]"}}}}}}}};
    const Json pointed = {{"mark", {{"type", "rule"}, {"strokeWidth", 14}, {"opacity", 0}}},
                          {"encoding", {{"tooltip", tooltip(cells)}}}};
    return {{"width", panel_width(cells, drawn)},
            {"height", 260},
            {"encoding", {{"x", continuous_axis(cells, *drawn.x)}}},
            {"layer", {shares, pointed}}};
}

} // namespace

std::optional<Figure> regime_figure(const Cells& all) {
    const Cells cells = filtered(all, continuous_rows(all));
    Drawn drawn = drawn_over(cells, {"beta"}, {});
    if (!drawn.x) return std::nullopt;
    choose_panel(
        drawn, cells,
        {"pattern_count", "dimension", "similarity", "separation", "cue_level", "cue_noise"});
    Figure figure;
    figure.id = "regimes";
    figure.title = "Where probes end, against β";
    figure.caption = fmt::format(
        "Shares of the probes by what they end at{}; means over {} replicate{}. A memory: within "
        "the retrieval radius of one. Near one memory: most of the weight is on one, and no other "
        "probe ends there. A blend of most: an effective size above half of all memories. Look for "
        "the β at which blends give way to memories, and whether it moves from panel to panel.",
        per_panel(cells, drawn), cells.replicates, cells.replicates == 1 ? "" : "s");
    figure.alt = "Stacked areas of the shares of probes by what they end at, against β. The same "
                 "numbers are in the downloads under Table.";
    Json spec = skeleton(cells, drawn, {});
    spec["transform"].push_back({{"filter", of_continuous}});
    spec["title"] = chosen_title(cells, drawn, {});
    spec["title"]["text"] = "share of probes";
    add_panels(spec, regime_layers(cells, drawn), cells, drawn);
    wrap_panels(spec, drawn);
    figure.spec = spec.dump();
    return figure;
}

std::optional<Figure> beta_figure(const Cells& all) {
    const Cells cells = filtered(all, continuous_rows(all));
    Drawn drawn = drawn_over(cells, {"beta"}, {"similarity", "separation"});
    choose_panel(drawn, cells, {"separation", "formulation"});
    const std::vector<const Measure*> quantities =
        measures_with_values(cells, {"recall_error", "one_minus_ssim"});
    const Drawn recall = drawn_by_lines(all);
    if (!drawn.x || quantities.empty() || (recall.x == drawn.x && recall.y == drawn.y))
        return std::nullopt;
    Figure figure;
    figure.id = "error-beta";
    figure.title = "Error against β";
    figure.caption = fmt::format(
        "{} of continuous memories as a function of β{}{}. Points are means over {}. Look for the "
        "β from which on a line stays at the base: below it states are blends of memories. A line "
        "that falls at a smaller β, or lower, tells them better apart.",
        quantities.size() > 1 ? "The chosen error" : "Recall error",
        drawn.y ? ", one line per " + words(cells.axes[*drawn.y].name) : "",
        per_panel(cells, drawn), replicates_text(cells));
    figure.alt = fmt::format("Line chart of {} against β{}. The same numbers are in the downloads "
                             "under Table.",
                             words(quantities.front()->name),
                             drawn.y ? " for each " + words(cells.axes[*drawn.y].name) : "");
    Json spec = line_spec(cells, drawn, quantities, of_continuous);
    wrap_panels(spec, drawn);
    spec["config"]["legend"]["labelLimit"] = 260; // their similarities have long names
    if (panel_width(cells, drawn) < 400) spec["config"]["legend"]["orient"] = "bottom";
    figure.spec = spec.dump();
    return figure;
}

} // namespace basin
