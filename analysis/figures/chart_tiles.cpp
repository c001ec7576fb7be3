#include "analysis/figures/chart_layers.hpp"
#include "analysis/figures/vega.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace basin {
namespace {

constexpr const char* ink = "#1f2933";

Json tile_color(const TileColors& colors) {
    Json scale = {{"clamp", true}};
    if (colors.diverging) {
        // Blue and orange, which no common colour blindness confuses.
        const double reach = std::max(std::abs(colors.low), std::abs(colors.high));
        scale["domain"] = {-reach, -reach / 2, 0, reach / 2, reach};
        scale["range"] = {"#0b4f8a", "#6aaed6", "#f4f2ee", "#f2a65a", "#a84b00"};
        scale["interpolate"] = "lab";
    } else {
        scale["domain"] = {colors.low, colors.high};
        scale["scheme"] = "viridis";
    }
    return {{"field", "value"},
            {"type", "quantitative"},
            {"scale", scale},
            {"legend",
             {{"title", nullptr},
              {"gradientLength", 220},
              {"gradientThickness", 16},
              {"tickCount", 5},
              {"format", ".6~g"}}}};
}

Json tile(const char* state, Json mark, Json encoding = Json::object()) {
    mark["type"] = "rect";
    const Json edges = {{"x", quantity("x0")},
                        {"x2", {{"field", "x1"}}},
                        {"y", quantity("y0")},
                        {"y2", {{"field", "y1"}}},
                        {"tooltip", {{"field", "row"}, {"type", "nominal"}}}};
    encoding.update(edges);
    return {{"transform", only(fmt::format("datum.state === '{}'", state))},
            {"mark", mark},
            {"encoding", encoding}};
}

Json sign_of(const char* state, Json mark) {
    mark["type"] = "point";
    mark["opacity"] = 1;
    return {{"transform", only(fmt::format("datum.state === '{}'", state))}, {"mark", mark}};
}

} // namespace

void add_tile_layers(Json& layers, const Chart& chart) {
    const auto some = [&](auto test) { return std::ranges::any_of(chart.tiles, test); };
    const auto in_state = [&](TileState state) {
        return some([&](const ChartTile& each) { return each.state == state; });
    };
    layers.push_back(tile("done", Json::object(), {{"fill", tile_color(chart.tile_colors)}}));
    if (chart.hatching && some([](const ChartTile& each) { return each.hatched; }))
        for (const std::array<const char*, 4>& ends :
             {std::array{"x0", "y0", "x1", "y1"}, {"x0", "y", "x", "y1"}, {"x", "y0", "x1", "y"}})
            layers.push_back({{"transform", only("datum.hatched && datum.state === 'done'")},
                              {"mark", {{"type", "rule"}, {"strokeWidth", 1.6}}},
                              {"encoding",
                               {{"x", quantity(ends[0])},
                                {"y", quantity(ends[1])},
                                {"x2", {{"field", ends[2]}}},
                                {"y2", {{"field", ends[3]}}},
                                {"stroke",
                                 {{"condition", {{"test", "datum.bright"}, {"value", ink}}},
                                  {"value", "white"}}}}}});
    if (in_state(TileState::not_run))
        layers.push_back(
            tile("not_run", {{"fill", "white"}, {"stroke", "#9aa5b1"}, {"strokeWidth", 1}}));
    if (in_state(TileState::not_applicable)) {
        layers.push_back(tile("not_applicable", {{"fill", "#f5f7fa"}}));
        layers.push_back(
            sign_of("not_applicable", {{"filled", true}, {"size", 16}, {"color", "#7b8794"}}));
    }
    if (in_state(TileState::failed)) {
        layers.push_back(
            tile("failed", {{"fill", "white"}, {"stroke", "#c1121f"}, {"strokeWidth", 1}}));
        layers.push_back(sign_of("failed", {{"shape", "M-1,-1L1,1M1,-1L-1,1"},
                                            {"size", 100},
                                            {"strokeWidth", 2.5},
                                            {"color", "#c1121f"}}));
    }
}

} // namespace basin
