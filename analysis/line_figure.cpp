#include "analysis/figures.hpp"
#include "analysis/labels.hpp"
#include "analysis/vega.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace basin {
namespace {

// Okabe & Ito 2008 without yellow, which is too pale on white.
constexpr std::array line_colors{"#0072b2", "#d55e00", "#009e73", "#cc79a7",
                                 "#56b4e9", "#e69f00", "#000000"};

Json color_scale(const Cells& cells, std::size_t axis) {
    Json scale = {{"domain", domain_of(cells, axis)}};
    if (scale["domain"].size() <= line_colors.size()) {
        scale["range"] = Json(line_colors);
        scale["range"].erase(scale["range"].begin() +
                                 static_cast<std::ptrdiff_t>(scale["domain"].size()),
                             scale["range"].end());
    } else {
        scale["scheme"] = {{"name", "viridis"}, {"extent", {0.0, 0.9}}};
    }
    return scale;
}

/// Continuous axis: logarithmic if all values are positive and span a factor of 8 or more.
Json continuous_axis(const Cells& cells, std::size_t axis) {
    const Json domain = domain_of(cells, axis);
    const double smallest = domain.front();
    const double largest = domain.back();
    const bool logarithmic = smallest > 0 && largest >= 8 * smallest;
    Json channel = {
        {"field", cells.axes[axis].name},
        {"type", "quantitative"},
        {"title", title_with_unit(cells.axes[axis].name, cells.axes[axis].unit)},
        {"scale",
         {{"type", logarithmic ? "log" : "linear"},
          {"nice", false},
          {"domain", {smallest, largest}},
          {"padding", 12}}},
        {"axis",
         {{"grid", false}, {"format", number_format(cells.axes[axis])}, {"labelFlush", false}}},
    };
    if (!logarithmic) channel["scale"]["zero"] = false;
    if (domain.size() <= 8)
        channel["axis"]["values"] = domain;
    else
        channel["axis"]["tickCount"] = 6;
    return channel;
}

Drawn drawn_by_lines(const Cells& cells) {
    return drawn_over(cells,
                      {"pattern_count", "beta", "interaction_vertex", "cue_level", "dimension",
                       "correlation", "bias"},
                      {"interaction_vertex", "beta", "similarity", "cue_level"});
}

Json layers(const Cells& cells, const Drawn& drawn) {
    Json shared = {{"x", continuous_axis(cells, *drawn.x)},
                   {"y",
                    {{"field", "value"},
                     {"type", "quantitative"},
                     {"title", nullptr},
                     {"scale", {{"zero", true}}},
                     {"axis", {{"tickCount", 6}, {"format", ".6"}}}}}};
    if (drawn.y) {
        const CubeAxis& axis = cells.axes[*drawn.y];
        shared["color"] = {{"field", axis.name},
                           {"type", axis.numeric ? "ordinal" : "nominal"},
                           {"scale", color_scale(cells, *drawn.y)},
                           {"legend",
                            {{"title", words(axis.name)},
                             {"symbolType", "stroke"},
                             {"symbolOpacity", 1},
                             {"symbolStrokeWidth", 3},
                             {"symbolSize", 300}}}};
        if (axis.numeric) shared["color"]["legend"]["format"] = number_format(axis);
    } else {
        shared["color"] = {{"value", line_colors[0]}};
    }
    const Json point = {
        {"type", "point"}, {"filled", true}, {"size", 70}, {"opacity", 1}, {"strokeWidth", 2}};
    Json open_point = point;
    open_point["filled"] = false;
    open_point["fill"] = "white";
    // Drawn over every point and seen where a cell overflows: a filtered layer would have an empty
    // extent where none does.
    const Json open_where_overflow = {
        {"mark", open_point},
        {"encoding",
         {{"opacity", {{"condition", {{"test", "datum.overflow"}, {"value", 1}}}, {"value", 0}}},
          {"tooltip", tooltip(cells)}}}};
    const Json band = {{"mark", {{"type", "area"}, {"opacity", 0.18}}},
                       {"encoding",
                        {{"y", {{"field", "low"}, {"type", "quantitative"}, {"title", nullptr}}},
                         {"y2", {{"field", "high"}}}}}};
    const Json line = {{"mark", {{"type", "line"}, {"strokeWidth", 2.5}}}};
    const std::size_t panels = drawn.panel ? values_present(cells, *drawn.panel).size() : 1;
    return {{"width", panels == 1   ? 820
                      : panels == 2 ? 440
                                    : 290},
            {"height", 360},
            {"encoding", shared},
            {"layer", {band, line, Json{{"mark", point}}, open_where_overflow}}};
}

} // namespace

Figure line_figure(const Cells& cells) {
    Figure figure;
    figure.id = "recall";
    const Drawn drawn = drawn_by_lines(cells);
    const std::vector<const Measure*> quantities = measures_with_values(
        cells, {"recall_error", "exact_recall", "metastable_count", "unique_states", "iterations"});
    if (!drawn.x || quantities.empty()) {
        figure.title = "Recall";
        figure.left_out = quantities.empty()
                              ? "No cell is done yet."
                              : "No numeric parameter varies in this sweep, so there "
                                "is no curve to draw; the table has the numbers.";
        return figure;
    }
    const std::string x = words(cells.axes[*drawn.x].name);
    figure.title = "Recall against " + x;
    figure.caption = fmt::format(
        "{} as a function of {}{}{}. Points are means over {} replicate{}{}. Open points: in some "
        "unit decision a number overflowed. Look for where the curves leave the base line, and "
        "whether they do so at open points (arithmetic) or at filled ones (capacity).",
        quantities.size() > 1 ? "The chosen quantity" : "Recall", x,
        drawn.y ? ", one line per value of " + words(cells.axes[*drawn.y].name) : "",
        drawn.panel ? ", one panel per " + words(cells.axes[*drawn.panel].name) : "",
        cells.replicates, cells.replicates == 1 ? "" : "s",
        cells.replicates == 1 ? ""
                              : "; bands are 95 % t intervals, cut where the quantity cannot be");
    figure.alt = fmt::format("Line chart of {} against {}{}. The same numbers are in the downloads "
                             "under Table.",
                             words(quantities.front()->name), x,
                             drawn.y ? " for each " + words(cells.axes[*drawn.y].name) : "");

    Json spec = skeleton(cells, drawn, quantities);
    const std::string quantity =
        quantities.size() > 1 ? "quantity" : literal(quantities.front()->name);
    spec["transform"].push_back({{"filter", "datum.state === 'done'"}});
    // A t interval may reach beyond what the metric can be; the band does not.
    spec["transform"].push_back(
        {{"calculate", fmt::format("datum[{}]", quantity)}, {"as", "value"}});
    spec["transform"].push_back(
        {{"calculate",
          fmt::format("isValid(datum[{0} + '_low']) ? max(0, datum[{0} + '_low']) : null",
                      quantity)},
         {"as", "low"}});
    spec["transform"].push_back(
        {{"calculate",
          fmt::format(
              "isValid(datum[{0} + '_high']) ? ({0} === 'exact_recall' ? min(1, datum[{0} + "
              "'_high']) : datum[{0} + '_high']) : null",
              quantity)},
         {"as", "high"}});
    spec["title"] = chosen_title(cells, drawn, quantities);
    add_panels(spec, layers(cells, drawn), cells, drawn);
    figure.spec = spec.dump();
    return figure;
}

} // namespace basin
