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

/// Curves that differ in one axis alone, by its value.
struct Line {
    std::vector<std::uint32_t> facets;
    std::vector<std::pair<double, const CapacityOfCurve*>> curves; ///< (x, curve) by x
};

std::vector<Line> lines_over(const Cells& cells, const CapacityCurves& curves,
                             const ChartFacets& facets, std::size_t axis) {
    std::map<std::vector<std::uint32_t>, Line> found;
    for (const CapacityOfCurve& curve : curves.curves) {
        const std::vector<std::uint32_t> values = facets.of_row(cells, curve.row);
        Line& line = found[values];
        line.facets = values;
        line.curves.emplace_back(cells.axes[axis].numbers[cells.coordinate[axis][curve.row]],
                                 &curve);
    }
    std::vector<Line> lines;
    for (auto& [values, line] : found) {
        std::ranges::sort(line.curves);
        lines.push_back(std::move(line));
    }
    return lines;
}

std::string note_of(const CapacityOfCurve& curve) {
    return fmt::format("{} scenes", count_text(curve.crossing.observations));
}

/// K_c with its interval, or an arrow where only a bound is known. Nothing where nothing is.
std::optional<ChartPoint> point_of(double x, const CapacityOfCurve& curve) {
    const Crossing& found = curve.crossing;
    ChartPoint point{.x = x, .note = note_of(curve)};
    if (std::isfinite(found.estimate)) {
        point.y = found.estimate;
        if (found.state != CrossingState::no_interval && std::isfinite(found.upper)) {
            point.low = found.lower;
            point.high = found.upper;
        } else {
            point.sign = Sign::open;
            point.note += ", no interval";
        }
        return point;
    }
    if (found.state == CrossingState::not_monotone) return std::nullopt;
    if (found.lower > 0.0) {
        point.y = found.lower;
        point.sign = Sign::arrow_up;
        point.note += ", K_c is above";
        return point;
    }
    if (std::isfinite(found.upper)) {
        point.y = found.upper;
        point.sign = Sign::arrow_down;
        point.note += ", K_c is below";
        return point;
    }
    return std::nullopt;
}

constexpr const char* measured_points = "measured";

void add_measured(Chart& chart, const Line& line) {
    ChartSeries series{
        .facets = line.facets, .kind = measured_points, .mark = Mark::points, .points = {}};
    for (const auto& [x, curve] : line.curves)
        if (const auto point = point_of(x, *curve)) series.points.push_back(*point);
    if (!series.points.empty()) chart.series.push_back(std::move(series));
}

struct TheoryLine {
    std::string_view name;
    const char* kind;
    Dash dash;
};

constexpr std::array<TheoryLine, 3> theory_lines{{
    {"theory", "theory at this N", Dash::dashed},
    {"theory_asymptotic", "theory at large N", Dash::dotted},
    {"retrieval_limit", "0.138 N", Dash::dotted},
}};

void add_theory(Chart& chart, const Line& line) {
    for (const TheoryLine& each : theory_lines) {
        ChartSeries series{.facets = line.facets,
                           .kind = each.kind,
                           .mark = Mark::line,
                           .dash = each.dash,
                           .points = {}};
        for (const auto& [x, curve] : line.curves)
            if (const auto* value = curve->theory ? curve->theory->find(each.name) : nullptr)
                series.points.push_back(
                    {.x = x,
                     .y = value->pattern_count,
                     .note = fmt::format("{} ({})", value->long_name, value->source)});
        if (series.points.size() > 1) chart.series.push_back(std::move(series));
    }
}

/// Theory further above all that was measured is not drawn: it would leave the points no room, and
/// where n nears N it is void.
constexpr double theory_headroom = 30.0;

/// Takes such points out of the lines of theory. Whether there were some.
bool cut_theory(Chart& chart) {
    double most = 0.0;
    for (const ChartSeries& series : chart.series)
        if (series.kind == measured_points)
            for (const ChartPoint& point : series.points)
                most = std::max(most, point.y);
    std::size_t cut = 0;
    for (ChartSeries& series : chart.series)
        if (series.kind != measured_points)
            cut += std::erase_if(series.points, [&](const ChartPoint& point) {
                return point.y > theory_headroom * most;
            });
    std::erase_if(chart.series, [](const ChartSeries& series) { return series.points.empty(); });
    return cut > 0;
}

/// A power law is a curve on axes that are not both logarithmic.
constexpr int law_steps = 32;

/// The fitted laws as lines through the dimensions of their curves.
void add_laws(Chart& chart, const Cells& cells, const CapacityCurves& curves,
              const ChartFacets& facets) {
    for (const CapacityLaw& each : curves.laws) {
        const PowerLaw& law = each.law;
        if (!std::isfinite(law.exponent) || !std::isfinite(law.factor)) continue;
        ChartSeries series{.facets = facets.of_row(cells, curves.curves[each.curves[0]].row),
                           .kind = "fitted law",
                           .mark = Mark::line,
                           .points = {}};
        const auto [least, most] = std::ranges::minmax(
            each.curves, {}, [&](std::size_t c) { return curves.curves[c].dimension; });
        const double first = curves.curves[least].dimension;
        const double ratio = curves.curves[most].dimension / first;
        for (int i = 0; i <= law_steps; ++i) {
            const double dimension = first * std::pow(ratio, static_cast<double>(i) / law_steps);
            series.points.push_back({.x = dimension,
                                     .y = law.factor * std::pow(dimension, law.exponent),
                                     .note = "N^" + number_text(law.exponent, 4)});
        }
        chart.series.push_back(std::move(series));
    }
}

std::string what_to_look_for(std::string_view axis, bool expected) {
    const char* lines = expected ? ", and for where points leave the lines" : "";
    if (axis == "dimension") return fmt::format("the slope on two logarithmic axes{}", lines);
    return fmt::format("how K_c changes with {}{}", words(axis), lines);
}

Chart chart_over(const Cells& cells, const CapacityCurves& curves, std::size_t axis) {
    std::vector<std::size_t> others = curves.axes;
    std::erase(others, axis);
    const ChartFacets facets = chart_facets(cells, others);
    Chart chart;
    const std::string& name = cells.axes[axis].name;
    chart.id = "critical-over-" + name;
    std::ranges::replace(chart.id, '_', '-');
    chart.title = "Critical pattern count against " + words(name);
    chart.x = chart_axis(cells, axis);
    // Powers of N are straight on two logarithmic axes; N^(n-1) is so over n as it is.
    if (name == "dimension" && chart.x.scales.size() > 1)
        chart.x.scales = {Scale::logarithmic, Scale::linear};
    chart.y = {.name = "critical_pattern_count",
               .title = "critical pattern count K_c",
               .scales = {Scale::logarithmic, Scale::linear},
               .low = {},
               .high = {},
               .categories = {}};
    set_facets(chart, facets,
               {"interaction", "formulation", "similarity", "precision", "interaction_vertex"},
               {"interaction_vertex", "dimension", "formulation", "cue_level"});
    bool expected = false;
    for (const Line& line : lines_over(cells, curves, facets, axis)) {
        add_measured(chart, line);
        const std::size_t before = chart.series.size();
        add_theory(chart, line);
        expected = expected || chart.series.size() > before;
    }
    if (name == "dimension") add_laws(chart, cells, curves, facets);
    const bool cut = cut_theory(chart);
    if (std::ranges::none_of(chart.series,
                             [](const ChartSeries& s) { return s.kind == measured_points; })) {
        chart.series.clear();
        chart.left_out = "No curve crosses the criterion, and none is known to be on one side.";
        return chart;
    }
    chart.caption = fmt::format(
        "Points: K_c with its interval at {:.4g} % confidence. Arrows: only a bound is known, "
        "because the criterion is not crossed between the pattern counts computed.{}{}{} Look "
        "for {}.",
        100.0 * curves.rule.confidence,
        expected
            ? " Lines: what theory expects; dashed at this N, dotted to leading order in N (each "
              "point's note tells which theory, and whose)."
            : "",
        cut ? fmt::format(" Theory above {} times the largest K measured is left out.",
                          theory_headroom)
            : "",
        name == "dimension" && !curves.laws.empty() ? " Solid: the power law that fits." : "",
        what_to_look_for(name, expected));
    chart.alt = fmt::format("Critical pattern counts against {}{}. The numbers are in the table "
                            "of critical pattern counts.",
                            words(name), expected ? ", with the lines of theory" : "");
    return chart;
}

} // namespace

std::vector<Chart> critical_count_charts(const Cells& cells, const CapacityCurves& curves) {
    std::vector<Chart> charts;
    if (!curves.loads_vary) return charts;
    for (const std::size_t axis : curves.axes)
        if (cells.axes[axis].numeric) charts.push_back(chart_over(cells, curves, axis));
    return charts;
}

} // namespace basin
