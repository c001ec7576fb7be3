#include "analysis/print/frontier_series.hpp"

#include "analysis/stability/frontier_lines.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace basin {
namespace {

constexpr double pixels_per_tile = 40.0; // of the page, by which its lines are shifted

using Point = std::pair<double, double>;
using Segment = std::pair<Point, Point>;

/// The sides of the tile at x and y that its edges name, y upwards.
void add_sides(std::vector<Segment>& sides, unsigned edges, double x, double y) {
    const Point lower_left{x - 0.5, y - 0.5};
    const Point upper_left{x - 0.5, y + 0.5};
    if ((edges & 1U) != 0) sides.emplace_back(lower_left, upper_left);
    if ((edges & 2U) != 0) sides.emplace_back(upper_left, Point{x + 0.5, y + 0.5});
    if ((edges & 4U) != 0) sides.emplace_back(lower_left, Point{x + 0.5, y - 0.5});
}

/// The side that goes on at a point, if there is one: taken out, beginning there.
bool take_next(std::vector<Segment>& sides, const Point& from, Point& to) {
    const auto next = std::ranges::find_if(
        sides, [&](const Segment& side) { return side.first == from || side.second == from; });
    if (next == sides.end()) return false;
    to = next->first == from ? next->second : next->first;
    sides.erase(next);
    return true;
}

/// One line after the other, with a gap between: dashes run on from side to side.
std::vector<ChartPoint> joined(std::vector<Segment> sides, double shift) {
    std::vector<ChartPoint> points;
    const auto add = [&](double x, double y) {
        ChartPoint point;
        point.x = x;
        point.y = y;
        points.push_back(point);
    };
    while (!sides.empty()) {
        std::vector<Point> line{sides.front().first, sides.front().second};
        sides.erase(sides.begin());
        for (Point next; take_next(sides, line.back(), next);)
            line.push_back(next);
        std::ranges::reverse(line);
        for (Point next; take_next(sides, line.back(), next);)
            line.push_back(next);
        if (!points.empty()) add(no_number, no_number);
        for (const auto& [x, y] : line)
            add(x + shift, y);
    }
    return points;
}

} // namespace

void draw_frontiers(Chart& chart, const Cells& cells, const Drawn& drawn,
                    const std::vector<Overlay>& overlays) {
    Chart unused;
    const ChartFacets facets = drawn_facets(unused, cells, drawn, false);
    std::vector<std::uint32_t> x;
    std::vector<std::uint32_t> y;
    category_axis(cells, *drawn.x, x);
    category_axis(cells, *drawn.y, y);
    for (const FrontierLine& line : frontier_lines()) {
        const auto overlay = std::ranges::find(overlays, line.overlay, &Overlay::name);
        if (overlay == overlays.end() || overlay->values.size() != cells.rows()) continue;
        std::map<std::vector<std::uint32_t>, std::vector<Segment>> maps;
        for (std::size_t row = 0; row < cells.rows(); ++row)
            if (overlay->values[row] != 0)
                add_sides(maps[facets.of_row(cells, row)], overlay->values[row],
                          x[cells.coordinate[*drawn.x][row]], y[cells.coordinate[*drawn.y][row]]);
        for (auto& [values, sides] : maps) {
            ChartSeries series;
            series.facets = values;
            series.kind = line.text;
            series.dash = line.dash.empty() ? Dash::solid : Dash::dashed;
            series.points = joined(std::move(sides), line.shift / pixels_per_tile);
            chart.series.push_back(std::move(series));
        }
    }
}

} // namespace basin
