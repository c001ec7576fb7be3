#include "analysis/figures/line_layers.hpp"

#include "analysis/cells/labels.hpp"

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

/// A line over drawn.x for each value of drawn.y, with the band of its interval, and points, open
/// ones where a cell overflows. Rows have `value`, `low` and `high`.
Json line_layers(const Cells& cells, const Drawn& drawn) {
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
    return {{"width", panel_width(cells, drawn)},
            {"height", 360},
            {"encoding", shared},
            {"layer", {band, line, Json{{"mark", point}}, open_where_overflow}}};
}

} // namespace

int panel_width(const Cells& cells, const Drawn& drawn) {
    const std::size_t panels = drawn.panel ? values_present(cells, *drawn.panel).size() : 1;
    return panels == 1 ? 820 : panels == 2 ? 440 : 290;
}

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

std::string replicates_text(const Cells& cells) {
    return fmt::format("{} replicate{}{}", cells.replicates, cells.replicates == 1 ? "" : "s",
                       cells.replicates == 1 ? "" : "; bands are 95 % intervals of the mean");
}

Json line_spec(const Cells& cells, const Drawn& drawn,
               const std::vector<const Measure*>& quantities, const std::string& which) {
    Json spec = skeleton(cells, drawn, quantities);
    const std::string quantity =
        quantities.size() > 1 ? "quantity" : literal(quantities.front()->name);
    spec["transform"].push_back({{"filter", which}});
    // The interval of a quantity without a known limit may reach below 0; the band does not.
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
    add_panels(spec, line_layers(cells, drawn), cells, drawn);
    return spec;
}

} // namespace basin
