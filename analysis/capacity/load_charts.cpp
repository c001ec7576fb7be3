#include "analysis/capacity/capacity_charts.hpp"
#include "analysis/cells/labels.hpp"
#include "analysis/charts/chart_facets.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace basin {
namespace {

constexpr const char* measured = "mean of replicates";
constexpr const char* critical = "critical K with its interval";

ChartAxis metric_axis(const CapacityCurves& curves) {
    return {.name = curves.criterion.metric,
            .title = words(curves.criterion.metric),
            .scales = {Scale::linear},
            .low = 0.0,
            .high = 1.0,
            .categories = {}};
}

std::string threshold_text(const Criterion& criterion) {
    return fmt::format("{} {} {}", words(criterion.metric), criterion.at_least ? "≥" : "≤",
                       number_text(criterion.threshold));
}

/// The curve over K by `unit`: its means with intervals, and K_c.
void add_curve(Chart& chart, const CapacityOfCurve& curve, const std::vector<std::uint32_t>& facets,
               double unit, double threshold) {
    ChartSeries line{.facets = facets, .kind = measured, .mark = Mark::line, .points = {}};
    for (const LoadPoint& point : curve.points) {
        if (std::isnan(point.mean)) continue;
        ChartPoint drawn{.x = static_cast<double>(point.pattern_count) / unit,
                         .y = point.mean,
                         .low = point.low,
                         .high = point.high,
                         .sign = point.overflowed ? Sign::open : Sign::filled,
                         .note = fmt::format("{} scenes{}", point.done,
                                             point.overflowed ? ", some number overflowed" : "")};
        if (std::isnan(point.low)) drawn.low = drawn.high = no_number;
        line.points.push_back(std::move(drawn));
    }
    if (line.points.empty()) return;
    chart.series.push_back(std::move(line));
    const Crossing& found = curve.crossing;
    if (!std::isfinite(found.estimate) || !std::isfinite(found.upper)) return;
    ChartSeries bracket{.facets = facets,
                        .kind = critical,
                        .mark = Mark::line,
                        .wide = true,
                        .points = {{.x = found.lower / unit, .y = threshold, .note = "lower end"},
                                   {.x = found.upper / unit, .y = threshold, .note = "upper end"}}};
    chart.series.push_back(std::move(bracket));
}

/// A chart over the pattern count without its curves.
Chart frame(const CapacityCurves& curves, const ChartFacets& facets) {
    Chart chart;
    chart.y = metric_axis(curves);
    chart.rules = {{.vertical = false,
                    .at = curves.criterion.threshold,
                    .text = threshold_text(curves.criterion)}};
    set_facets(chart, facets, {"dimension", "interaction_vertex", "cue_level", "beta", "precision"},
               {"interaction", "interaction_vertex", "formulation", "similarity", "precision"});
    return chart;
}

/// Errors far below 1 would all lie on the floor of an axis up to 1.
void fit_top(Chart& chart, double threshold) {
    double top = threshold;
    for (const ChartSeries& series : chart.series)
        for (const ChartPoint& point : series.points)
            top = std::max(top, point.y);
    if (top < 0.5) chart.y.high = 1.2 * top;
}

} // namespace

Chart load_chart(const Cells& cells, const CapacityCurves& curves) {
    const ChartFacets facets = chart_facets(cells, curves.axes);
    Chart chart = frame(curves, facets);
    chart.id = "load";
    chart.title = words(curves.criterion.metric) + " against the pattern count";
    chart.title[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(chart.title[0])));
    chart.x = {.name = "pattern_count",
               .title = words("pattern_count"),
               .scales = {Scale::logarithmic, Scale::linear},
               .low = {},
               .high = {},
               .categories = {}};
    if (curves.loads_vary)
        for (const CapacityOfCurve& curve : curves.curves)
            add_curve(chart, curve, facets.of_row(cells, curve.row), 1.0,
                      curves.criterion.threshold);
    if (chart.series.empty()) {
        chart.left_out =
            curves.loads_vary
                ? fmt::format("No cell has a value of {}.", words(curves.criterion.metric))
                : "The pattern count does not vary in this store, so there is no "
                  "curve over it.";
        return chart;
    }
    fit_top(chart, curves.criterion.threshold);
    chart.caption = fmt::format(
        "Mean over replicates with its 95 % interval as a band; the horizontal "
        "line is the "
        "criterion, {}, and the broad bar on it is the interval of the critical pattern count K_c "
        "at {:.4g} % confidence. Open points: in some unit decision a number overflowed. Look for "
        "how steeply curves cross the line, and whether they come back.",
        threshold_text(curves.criterion), 100.0 * curves.rule.confidence);
    chart.alt = fmt::format("Curves of {} against the pattern count, with the threshold and the "
                            "interval of each critical pattern count.",
                            words(curves.criterion.metric));
    return chart;
}

Chart collapse_chart(const Cells& cells, const CapacityCurves& curves) {
    const ChartFacets facets = chart_facets(cells, curves.axes);
    Chart chart = frame(curves, facets);
    chart.id = "collapse";
    chart.title = "Finite-size collapse";
    chart.x = {.name = "relative_load",
               .title = "K by the K_c that theory expects",
               .scales = {Scale::logarithmic, Scale::linear},
               .low = {},
               .high = {},
               .categories = {}};
    std::size_t drawn = 0;
    std::string named; // of the curve drawn last: one criterion has one theory, mostly
    if (curves.loads_vary)
        for (const CapacityOfCurve& curve : curves.curves) {
            const TheoreticalCapacity* expected = curve.theory ? curve.theory->best() : nullptr;
            if (expected == nullptr) continue;
            const std::size_t before = chart.series.size();
            add_curve(chart, curve, facets.of_row(cells, curve.row), expected->pattern_count,
                      curves.criterion.threshold);
            if (chart.series.size() == before) continue;
            ++drawn;
            named = fmt::format("{} ({})", expected->long_name, expected->source);
        }
    if (drawn < 2) {
        chart.series.clear();
        chart.left_out = "There is no collapse to draw: theory speaks of fewer than two of the "
                         "curves that have a value. It knows random bipolar memories without bias, "
                         "dot products and their equals, polynomial and rectified polynomial "
                         "interactions and the classical network; and softmax networks that start "
                         "at orthonormal or random unit memories.";
        return chart;
    }
    fit_top(chart, curves.criterion.threshold);
    chart.rules.push_back({.vertical = true, .at = 1.0, .text = "as theory expects"});
    chart.caption = fmt::format("The same curves, K measured by the critical pattern count that "
                                "theory expects of each: {}. "
                                "If theory had the whole law, all curves would fall on one and "
                                "cross the threshold at 1. {} "
                                "of {} curves are drawn.",
                                named, count_text(drawn), count_text(curves.curves.size()));
    chart.alt = fmt::format("Curves of {} against the pattern count divided by what theory "
                            "expects; where they fall together, theory has the right law.",
                            words(curves.criterion.metric));
    return chart;
}

} // namespace basin
