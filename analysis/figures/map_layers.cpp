#include "analysis/figures/map_layers.hpp"

#include "analysis/cells/labels.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace basin {
namespace {

/// Labels that fit: all of a few or of vertices, else the powers of ten if there are at least
/// three, else all; those that overlap are left out.
Json labelled_values(const CubeAxis& axis, const Json& domain) {
    if (domain.size() <= 8 || axis.name == "interaction_vertex") return domain;
    Json decades = Json::array();
    for (const Json& value : domain) {
        const double exponent = std::log10(value.get<double>());
        if (std::abs(exponent - std::round(exponent)) < 1e-9) decades.push_back(value);
    }
    return decades.size() >= 3 ? decades : domain;
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

} // namespace

Drawn drawn_by_maps(const Cells& cells) {
    return drawn_over(cells, {"beta", "pattern_count", "cue_level", "dimension"},
                      {"interaction_vertex", "pattern_count", "cue_level", "dimension"});
}

double color_top(const Measure& measure) {
    if (measure.name == "exact_recall") return 1.0;
    double top = 0.0;
    for (const double value : measure.mean)
        if (std::isfinite(value)) top = std::max(top, value);
    if (measure.name == "recall_error" && top > 0.2 && top <= 0.5) return 0.5;
    if (top == 0.0) return 1.0;
    const double unit = std::pow(10.0, std::floor(std::log10(top)));
    return std::ceil(top / unit * 2.0 - 1e-9) / 2.0 * unit;
}

Json band_axis(const Cells& cells, std::size_t axis, bool vertical) {
    const Json domain = domain_of(cells, axis);
    // Many vertices stand side by side, and each of them matters.
    const bool narrow = !vertical && domain.size() > 8;
    return {{"field", cells.axes[axis].name},
            {"type", "ordinal"},
            {"title", title_with_unit(cells.axes[axis].name, cells.axes[axis].unit)},
            {"sort", vertical ? "descending" : "ascending"},
            {"scale", {{"paddingInner", 0}, {"paddingOuter", 0}}},
            {"axis",
             {{"values", labelled_values(cells.axes[axis], domain)},
              {"format", number_format(cells.axes[axis])},
              {"labelAngle", 0},
              {"labelFontSize", narrow ? 12 : 14},
              {"labelOverlap", "greedy"},
              {"ticks", false},
              {"domain", false},
              {"labelPadding", 8}}}};
}

Json share_color(const std::string& field, bool zero_apart) {
    Json color = {{"field", field},
                  {"type", "quantitative"},
                  {"scale", {{"scheme", "viridis"}, {"domain", {0, 1}}, {"clamp", true}}},
                  {"legend",
                   {{"title", nullptr},
                    {"gradientLength", 220},
                    {"gradientThickness", 16},
                    {"format", ".6"}}}};
    if (zero_apart)
        color["condition"] = {{"test", fmt::format("datum[{}] === 0", literal(field))},
                              {"value", "#e4e7eb"}};
    return color;
}

Json map_layers(const Cells& cells, const Drawn& drawn, const Json& color,
                const Json& hatch_color) {
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
    const double width = panels == 1 ? 640 : panels == 2 ? 460 : 280;
    // Whole pixels: fractions leave pale seams between the tiles.
    return {
        {"width", {{"step", std::floor(std::clamp(width / columns, 10.0, 72.0))}}},
        {"height", {{"step", std::floor(std::clamp(300.0 / rows, rows > 24 ? 6.0 : 14.0, 44.0))}}},
        {"encoding", {{"x", x}, {"y", y}}},
        {"layer", all}};
}

} // namespace basin
