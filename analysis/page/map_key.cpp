#include "analysis/page/map_key.hpp"

#include "analysis/page/html.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

namespace basin {

MapKey map_key(const Figure& figure, const Cells& cells) {
    MapKey key;
    key.lines = figure.lines;
    for (std::size_t row = 0; row < cells.rows(); ++row) {
        const CellState state = cells.state[row];
        key.overflow = key.overflow || (figure.hatched && cells.overflowed(row));
        key.failed = key.failed || state == CellState::failed;
        key.not_run = key.not_run || state == CellState::not_run;
        key.not_applicable = key.not_applicable || state == CellState::not_applicable;
    }
    return key;
}

MapKey map_key(const Chart& chart) {
    const auto some = [&](TileState state) {
        return std::ranges::any_of(chart.tiles,
                                   [&](const ChartTile& tile) { return tile.state == state; });
    };
    return {.lines = {}, // the chart's legend has them
            .overflow = std::ranges::any_of(chart.tiles,
                                            [](const ChartTile& tile) { return tile.hatched; }),
            .failed = some(TileState::failed),
            .not_run = some(TileState::not_run),
            .not_applicable = some(TileState::not_applicable)};
}

std::string key_html(const MapKey& key) {
    const auto item = [](std::string_view drawing, std::string_view text) {
        return fmt::format("<li><svg viewBox=\"0 0 22 22\" aria-hidden=\"true\">{}</svg>{}</li>",
                           drawing, text);
    };
    std::string html;
    for (const LineKey& line : key.lines)
        html += item(fmt::format("<rect width=\"22\" height=\"22\" fill=\"#21918c\"/><path d=\"M11 "
                                 "0V22\" stroke=\"#fff\" stroke-width=\"{}\"/><path d=\"M11 0V22\" "
                                 "stroke=\"{}\" stroke-width=\"{}\" stroke-dasharray=\"{}\"/>",
                                 line_casing, line.color, line_width, line.dash),
                     escaped(line.text));
    if (key.overflow)
        html += item("<rect width=\"22\" height=\"22\" fill=\"#31688e\"/><path d=\"M0 22L22 0M0 "
                     "11L11 0M11 22L22 11\" stroke=\"#fff\" stroke-width=\"1.6\"/>",
                     "some number overflowed");
    if (key.failed)
        html += item("<rect x=\".5\" y=\".5\" width=\"21\" height=\"21\" fill=\"#fff\" "
                     "stroke=\"#c1121f\"/><path d=\"M6 6L16 16M16 6L6 16\" stroke=\"#c1121f\" "
                     "stroke-width=\"2.5\"/>",
                     "failed");
    if (key.not_run)
        html += item("<rect x=\".5\" y=\".5\" width=\"21\" height=\"21\" fill=\"#fff\" "
                     "stroke=\"#9aa5b1\"/>",
                     "not run yet");
    if (key.not_applicable)
        html += item("<rect width=\"22\" height=\"22\" fill=\"#f5f7fa\"/><circle cx=\"11\" "
                     "cy=\"11\" r=\"2.2\" fill=\"#7b8794\"/>",
                     "not applicable");
    return html.empty() ? "" : fmt::format("<ul class=\"key\">{}</ul>\n", html);
}

} // namespace basin
