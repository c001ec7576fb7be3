#include "analysis/print/cell_facets.hpp"

#include "analysis/cells/labels.hpp"

#include <algorithm>
#include <cmath>
#include <map>

namespace basin {
namespace {

/// The interval of a quantity without a known limit may reach below 0; the band does not.
double inside(const Measure& measure, double end) {
    if (std::isnan(end)) return end;
    return measure.name == "exact_recall" ? std::clamp(end, 0.0, 1.0) : std::max(end, 0.0);
}

ChartPoint point_of(const Cells& cells, const Measure& measure, std::size_t row, double x) {
    ChartPoint point;
    point.x = x;
    point.y = measure.mean[row];
    if (!measure.low.empty()) point.low = inside(measure, measure.low[row]);
    if (!measure.high.empty()) point.high = inside(measure, measure.high[row]);
    if (cells.overflowed(row)) {
        point.sign = Sign::open;
        point.note = "a number overflowed";
    }
    return point;
}

} // namespace

ChartFacets drawn_facets(Chart& chart, const Cells& cells, const Drawn& drawn, bool lines) {
    ChartFacets all;
    if (lines && drawn.y) chart.color = all.add(cells, *drawn.y);
    if (drawn.panel) chart.panel = all.add(cells, *drawn.panel);
    if (drawn.panel_row) all.add(cells, *drawn.panel_row);
    for (const Selector& selector : drawn.selectors)
        all.add(cells, selector);
    chart.facets = all.facets;
    return all;
}

void draw_lines(Chart& chart, const Cells& cells, const Drawn& drawn, const Measure& measure) {
    const ChartFacets facets = drawn_facets(chart, cells, drawn, true);
    chart.x = chart_axis(cells, *drawn.x);
    chart.x.scales.resize(1); // as the page shows it
    chart.y.name = measure.name;
    chart.y.title = title_with_unit(measure.name, measure.unit);
    std::map<std::vector<std::uint32_t>, std::vector<ChartPoint>> lines;
    for (std::size_t row = 0; row < cells.rows(); ++row)
        if (cells.state[row] == CellState::done)
            lines[facets.of_row(cells, row)].push_back(
                point_of(cells, measure, row,
                         cells.axes[*drawn.x].numbers[cells.coordinate[*drawn.x][row]]));
    for (auto& [values, points] : lines) {
        std::ranges::stable_sort(points, {}, &ChartPoint::x);
        ChartSeries series;
        series.facets = values;
        series.kind = "mean";
        series.points = std::move(points);
        chart.series.push_back(std::move(series));
    }
}

void draw_tiles(Chart& chart, const Cells& cells, const Drawn& drawn, const Measure& measure,
                double top, bool hatched) {
    const ChartFacets facets = drawn_facets(chart, cells, drawn, false);
    std::vector<std::uint32_t> x;
    std::vector<std::uint32_t> y;
    chart.x = category_axis(cells, *drawn.x, x);
    chart.y = category_axis(cells, *drawn.y, y);
    chart.tile_colors = {measure.name, title_with_unit(measure.name, measure.unit), 0.0, top,
                         false};
    chart.hatching = hatched;
    for (std::size_t row = 0; row < cells.rows(); ++row) {
        ChartTile tile;
        tile.facets = facets.of_row(cells, row);
        tile.x = x[cells.coordinate[*drawn.x][row]];
        tile.y = y[cells.coordinate[*drawn.y][row]];
        tile.state = tile_state(cells.state[row]);
        if (tile.state == TileState::value) tile.value = measure.mean[row];
        tile.hatched = cells.overflowed(row);
        chart.tiles.push_back(std::move(tile));
    }
}

} // namespace basin
