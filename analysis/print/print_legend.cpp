#include "analysis/print/print_legend.hpp"

#include "analysis/print/print_series.hpp"
#include "analysis/print/print_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace basin {
namespace {

constexpr double sample = 10.5; // mm, with the gap to the next

bool grows(const PrintView& view, Mark mark) {
    return std::ranges::any_of(view.kinds,
                               [&](const PrintKind& kind) { return kind.mark == mark; });
}

LegendStrip colors_strip(const PrintView& view) {
    LegendStrip strip;
    if (!view.chart.color || view.colors.empty()) return strip;
    const ChartFacet& facet = view.chart.facets[*view.chart.color];
    strip.title = facet.title;
    const char* with =
        grows(view, Mark::line) || grows(view, Mark::steps) ? "linespoints" : "points";
    if (grows(view, Mark::steps) && !grows(view, Mark::line) && !grows(view, Mark::points))
        with = "lines";
    for (std::size_t c = 0; c < view.colors.size(); ++c)
        strip.items.push_back(
            {fmt::format("{} linestyle {}", with, c + 1), facet.values[view.colors[c]]});
    return strip;
}

/// In black where colours mean something else.
void add_kinds(LegendStrip& strip, const PrintView& view) {
    if (view.kinds.size() < 2 && !(view.is_map() && !view.kinds.empty())) return;
    const bool colored = view.chart.color.has_value();
    for (const PrintKind& kind : view.kinds)
        strip.items.push_back(
            {colored ? drawn_with(view, kind, 99) : drawn_with(view, kind, kind.rank + 1),
             kind.name});
}

void add_tile_signs(LegendStrip& strip, const PrintView& view) {
    std::array<bool, 4> occurs{};
    bool hatched = false;
    for (const ChartTile& tile : view.chart.tiles)
        for (const std::uint32_t panel : view.panels)
            if (view.shows(tile.facets, panel)) {
                occurs[static_cast<std::size_t>(tile.state)] = true;
                hatched = hatched ||
                          (view.chart.hatching && tile.hatched && tile.state == TileState::value);
            }
    if (hatched)
        strip.items.push_back(
            {"boxes fillstyle pattern 4 border linecolor rgb \"#31688e\"", "a number overflowed"});
    if (occurs[1])
        strip.items.push_back(
            {"points pointtype 2 linewidth 1.5 linecolor rgb \"#c1121f\"", "failed"});
    if (occurs[2])
        strip.items.push_back({"points pointtype 4 linecolor rgb \"#9aa5b1\"", "not run"});
    if (occurs[3])
        strip.items.push_back(
            {"points pointtype 7 pointsize 0.3 linecolor rgb \"#7b8794\"", "not applicable"});
}

/// Lines of items, each in the middle. gnuplot's own key does not know how wide a text is in SVG.
void lay_out(LegendStrip& strip, double width) {
    double down = 0.5 * legend_line + (strip.title.empty() ? 0.0 : legend_line);
    for (std::size_t first = 0; first < strip.items.size();) {
        double used = 0.0;
        std::size_t end = first;
        for (; end < strip.items.size(); ++end) {
            const double more = sample + text_width(strip.items[end].text, 8.0);
            if (end > first && used + more > width) break;
            used += more;
        }
        double left = std::max(0.0, (width - used) / 2.0);
        for (; first < end; ++first) {
            strip.items[first].left = left;
            strip.items[first].down = down;
            left += sample + text_width(strip.items[first].text, 8.0);
        }
        down += legend_line;
    }
    strip.height = down - 0.5 * legend_line + 0.8;
}

} // namespace

int rule_dash(std::size_t rule) {
    return rule % 2 == 0 ? 3 : 4;
}

std::vector<LegendStrip> legend_strips(const PrintView& view, double width) {
    LegendStrip rest;
    add_kinds(rest, view);
    for (std::size_t r = 0; r < view.chart.rules.size(); ++r)
        if (!view.chart.rules[r].text.empty())
            rest.items.push_back(
                {fmt::format("lines linecolor rgb \"#666666\" dashtype {}", rule_dash(r)),
                 view.chart.rules[r].text});
    add_tile_signs(rest, view);
    std::vector<LegendStrip> strips;
    for (LegendStrip& strip : std::array{colors_strip(view), rest})
        if (!strip.items.empty()) {
            lay_out(strip, width);
            strips.push_back(std::move(strip));
        }
    return strips;
}

} // namespace basin
