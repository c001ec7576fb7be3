#include "analysis/print/cell_facets.hpp"

#include "analysis/cells/labels.hpp"

#include <algorithm>
#include <cmath>
#include <map>

namespace basin {
namespace {

void add_facet(CellFacets& all, const Cells& cells, std::size_t axis,
               const std::vector<std::size_t>& values, std::vector<std::string> texts,
               std::size_t initial) {
    const CubeAxis& parameter = cells.axes[axis];
    std::vector<std::uint32_t> places(parameter.size(), 0);
    ChartFacet facet{parameter.name, title_with_unit(parameter.name, parameter.unit), {}, 0};
    for (std::size_t i = 0; i < values.size(); ++i) {
        places[values[i]] = static_cast<std::uint32_t>(i);
        if (values[i] == initial) facet.initial = i;
        facet.values.push_back(texts.empty() ? value_text(parameter, values[i])
                                             : std::move(texts[i]));
    }
    all.facets.push_back(std::move(facet));
    all.value.push_back(std::move(places));
    all.axes.push_back(axis);
}

/// A t interval may reach beyond what the metric can be; the band does not.
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

TileState tile_state(CellState state) {
    constexpr std::array states{TileState::value, TileState::failed, TileState::not_run,
                                TileState::not_applicable};
    return states[static_cast<std::size_t>(state)];
}

void use(Chart& chart, const CellFacets& facets) {
    chart.facets = facets.facets;
    chart.color = facets.color;
    chart.panel = facets.panel;
}

} // namespace

std::vector<std::uint32_t> CellFacets::of(const Cells& cells, std::size_t row) const {
    std::vector<std::uint32_t> values;
    for (std::size_t f = 0; f < axes.size(); ++f)
        values.push_back(value[f][cells.coordinate[axes[f]][row]]);
    return values;
}

CellFacets cell_facets(const Cells& cells, const Drawn& drawn, bool lines) {
    CellFacets all;
    const auto add = [&](std::size_t axis) {
        const std::vector<std::size_t> values = values_present(cells, axis);
        add_facet(all, cells, axis, values, {}, values.front());
        return all.facets.size() - 1;
    };
    if (lines && drawn.y) all.color = add(*drawn.y);
    if (drawn.panel) all.panel = add(*drawn.panel);
    if (drawn.panel_row) add(*drawn.panel_row);
    for (const Selector& selector : drawn.selectors)
        add_facet(all, cells, selector.axis, selector.values, selector.texts, selector.initial);
    return all;
}

ChartAxis scale_axis(const Cells& cells, std::size_t axis) {
    const CubeAxis& parameter = cells.axes[axis];
    ChartAxis scale;
    scale.name = parameter.name;
    scale.title = title_with_unit(parameter.name, parameter.unit);
    const std::vector<std::size_t> values = values_present(cells, axis);
    const double smallest = parameter.numbers[values.front()];
    const double largest = parameter.numbers[values.back()];
    if (smallest > 0.0 && largest >= 8.0 * smallest) scale.scales = {Scale::logarithmic};
    return scale;
}

ChartAxis category_axis(const Cells& cells, std::size_t axis,
                        std::vector<std::uint32_t>& category) {
    const CubeAxis& parameter = cells.axes[axis];
    ChartAxis bands;
    bands.name = parameter.name;
    bands.title = title_with_unit(parameter.name, parameter.unit);
    category.assign(parameter.size(), 0);
    for (const std::size_t value : values_present(cells, axis)) {
        category[value] = static_cast<std::uint32_t>(bands.categories.size());
        bands.categories.push_back(value_text(parameter, value));
    }
    return bands;
}

void draw_lines(Chart& chart, const Cells& cells, const Drawn& drawn, const Measure& measure) {
    const CellFacets facets = cell_facets(cells, drawn, true);
    use(chart, facets);
    chart.x = scale_axis(cells, *drawn.x);
    chart.y.name = measure.name;
    chart.y.title = title_with_unit(measure.name, measure.unit);
    std::map<std::vector<std::uint32_t>, std::vector<ChartPoint>> lines;
    for (std::size_t row = 0; row < cells.rows(); ++row)
        if (cells.state[row] == CellState::done)
            lines[facets.of(cells, row)].push_back(
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
    const CellFacets facets = cell_facets(cells, drawn, false);
    use(chart, facets);
    std::vector<std::uint32_t> x;
    std::vector<std::uint32_t> y;
    chart.x = category_axis(cells, *drawn.x, x);
    chart.y = category_axis(cells, *drawn.y, y);
    chart.tile_colors = {measure.name, title_with_unit(measure.name, measure.unit), 0.0, top,
                         false};
    for (std::size_t row = 0; row < cells.rows(); ++row) {
        ChartTile tile;
        tile.facets = facets.of(cells, row);
        tile.x = x[cells.coordinate[*drawn.x][row]];
        tile.y = y[cells.coordinate[*drawn.y][row]];
        tile.state = tile_state(cells.state[row]);
        if (tile.state == TileState::value) tile.value = measure.mean[row];
        tile.hatched = hatched && cells.overflowed(row);
        chart.tiles.push_back(std::move(tile));
    }
}

} // namespace basin
