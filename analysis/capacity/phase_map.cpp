#include "analysis/capacity/capacity_charts.hpp"
#include "analysis/cells/labels.hpp"
#include "analysis/cells/selectors.hpp"
#include "analysis/charts/chart_facets.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

namespace basin {
namespace {

/// More rows than this are thinner than a line of text.
constexpr std::size_t most_rows = 48;

/// Pattern counts at which some cell is done; of many, those at equal steps.
std::vector<std::uint64_t> drawn_loads(const CapacityCurves& curves) {
    std::vector<std::uint64_t> loads;
    for (const CapacityOfCurve& curve : curves.curves)
        for (const LoadPoint& point : curve.points)
            if (!std::isnan(point.mean) || point.state == CellState::failed)
                loads.push_back(point.pattern_count);
    std::ranges::sort(loads);
    loads.erase(std::unique(loads.begin(), loads.end()), loads.end());
    const std::size_t step = (loads.size() + most_rows - 1) / most_rows;
    if (step < 2) return loads;
    std::vector<std::uint64_t> some;
    for (std::size_t i = 0; i < loads.size(); i += step)
        some.push_back(loads[i]);
    return some;
}

void add_tiles(Chart& chart, const CapacityOfCurve& curve, const std::vector<std::uint32_t>& facets,
               std::uint32_t x, const std::vector<std::uint64_t>& loads) {
    // Pattern counts that are planned for others but not for this curve have no tile.
    for (const LoadPoint& point : curve.points) {
        const auto row = std::ranges::lower_bound(loads, point.pattern_count);
        if (row == loads.end() || *row != point.pattern_count) continue;
        chart.tiles.push_back({.facets = facets,
                               .x = x,
                               .y = static_cast<std::uint32_t>(row - loads.begin()),
                               .value = point.mean,
                               .state = std::isnan(point.mean) && point.state == CellState::done
                                            ? TileState::not_run
                                            : tile_state(point.state),
                               .hatched = point.overflowed,
                               .note = fmt::format("{} scenes", point.done)});
    }
}

/// Where a pattern count stands among the rows: between two, by the logarithm.
double row_of(double count, const std::vector<std::uint64_t>& loads) {
    const auto above = std::ranges::lower_bound(
        loads, count, {}, [](std::uint64_t load) { return static_cast<double>(load); });
    if (above == loads.begin()) return 0.0;
    if (above == loads.end()) return static_cast<double>(loads.size()) - 1.0;
    const double low = std::log(static_cast<double>(above[-1]));
    const double high = std::log(static_cast<double>(above[0]));
    return static_cast<double>(above - loads.begin()) - (high - std::log(count)) / (high - low);
}

/// The parameter across the map: what capacity depends on, the temperature first.
std::optional<std::size_t> axis_across(const Cells& cells) {
    const std::vector<std::size_t> axes =
        varying_among(cells, {"beta", "interaction_vertex", "cue_level", "dimension", "cue_noise"});
    for (const std::size_t axis : axes)
        if (cells.axes[axis].numeric) return axis;
    return std::nullopt;
}

} // namespace

Chart phase_map(const Cells& cells, const CapacityCurves& curves) {
    Chart chart;
    chart.id = "phase-map";
    chart.title = "Phase map";
    const std::optional<std::size_t> across = axis_across(cells);
    const std::vector<std::uint64_t> loads = drawn_loads(curves);
    if (!across || loads.size() < 2) {
        chart.left_out = across ? "Fewer than two pattern counts have a value: there is no map."
                                : "Neither β, interaction vertex, cue level nor dimension varies "
                                  "beside the pattern count: there is no map.";
        return chart;
    }
    std::vector<std::size_t> others = curves.axes;
    std::erase(others, *across);
    const ChartFacets facets = chart_facets(cells, others);
    const ChartFacets columns = chart_facets(cells, {*across});
    const std::string& name = cells.axes[*across].name;
    chart.title = fmt::format("Phase map: {} over {} and pattern count",
                              words(curves.criterion.metric), words(name));
    chart.x = {.name = name, .title = words(name), .low = {}, .high = {}, .categories = {}};
    chart.x.categories = columns.facets.front().values;
    chart.y = {.name = "pattern_count",
               .title = words("pattern_count"),
               .low = {},
               .high = {},
               .categories = {}};
    for (const std::uint64_t load : loads)
        chart.y.categories.push_back(fmt::format("{}", load));
    chart.tile_colors = {.name = curves.criterion.metric,
                         .title = words(curves.criterion.metric),
                         .low = 0.0,
                         .high = 1.0,
                         .diverging = false};
    set_facets(chart, facets, {},
               {"interaction", "formulation", "similarity", "precision", "interaction_vertex"});
    chart.color = std::nullopt; // colours are the metric's
    std::map<std::vector<std::uint32_t>, ChartSeries> contours;
    for (const CapacityOfCurve& curve : curves.curves) {
        const std::vector<std::uint32_t> where = facets.of_row(cells, curve.row);
        const std::uint32_t x = columns.of_row(cells, curve.row).front();
        add_tiles(chart, curve, where, x, loads);
        if (!std::isfinite(curve.crossing.estimate)) continue;
        ChartSeries& contour = contours[where];
        contour.facets = where;
        contour.kind = "K_c";
        contour.points.push_back({.x = static_cast<double>(x),
                                  .y = row_of(curve.crossing.estimate, loads),
                                  .note = "K_c = " + number_text(curve.crossing.estimate, 4)});
    }
    for (auto& [where, contour] : contours) {
        std::ranges::sort(contour.points, {}, &ChartPoint::x);
        chart.series.push_back(std::move(contour));
    }
    chart.caption = fmt::format(
        "Each tile is the mean of {} over replicates; the line is K_c, where the criterion ceases "
        "to hold. Hatched: some number overflowed. White with a frame: planned, but not run (a "
        "search computes only what it needs).{}",
        words(curves.criterion.metric),
        loads.size() >= most_rows ? " Of many pattern counts, some at equal steps are drawn." : "");
    chart.alt = fmt::format("Heat map of {} over {} and the pattern count, with the line of the "
                            "critical pattern count.",
                            words(curves.criterion.metric), words(name));
    return chart;
}

} // namespace basin
