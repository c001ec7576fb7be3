#include "analysis/charts/error_distribution.hpp"

#include "analysis/cells/labels.hpp"
#include "analysis/cells/selectors.hpp"
#include "analysis/charts/model_facets.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace basin {
namespace {

std::vector<DistributionStep> all_steps(const std::vector<double>& sorted) {
    std::vector<DistributionStep> steps;
    const auto count = static_cast<double>(sorted.size());
    for (std::size_t i = 0; i < sorted.size(); ++i)
        if (i + 1 == sorted.size() || sorted[i + 1] != sorted[i])
            steps.push_back({sorted[i], static_cast<double>(i + 1) / count});
    return steps;
}

struct Curve {
    std::vector<std::uint32_t> model; ///< value indices
    std::vector<DistributionStep> steps;
    std::size_t values = 0;
};

std::vector<Curve> curves_of(const Cells& cells, const Measure& measure,
                             const std::vector<std::size_t>& axes) {
    std::vector<Curve> curves;
    for (const auto& [model, rows] : grouped(cells, axes)) {
        std::vector<double> values;
        for (const std::size_t row : rows)
            for (std::size_t r = 0; r < cells.replicates; ++r)
                if (const double value = measure.each[row * cells.replicates + r];
                    std::isfinite(value))
                    values.push_back(value);
        const std::size_t count = values.size();
        if (count > 0) curves.push_back({model, empirical_distribution(std::move(values)), count});
    }
    return curves;
}

} // namespace

std::vector<DistributionStep> empirical_distribution(std::vector<double> values,
                                                     std::size_t most_steps) {
    std::erase_if(values, [](double value) { return std::isnan(value); });
    std::ranges::sort(values);
    std::vector<DistributionStep> steps = all_steps(values);
    if (steps.size() <= most_steps) return steps;
    std::vector<DistributionStep> kept{steps.front()};
    for (std::size_t q = 1; q < most_steps; ++q) {
        const double share = q + 1 == most_steps
                                 ? 1.0
                                 : static_cast<double>(q) / static_cast<double>(most_steps - 1);
        const auto step = std::ranges::lower_bound(steps, share, {}, &DistributionStep::share);
        if (step->share > kept.back().share) kept.push_back(*step);
    }
    return kept;
}

Chart distribution_chart(const Cells& cells, std::string_view metric) {
    Chart chart;
    chart.id = fmt::format("distribution-{}", metric);
    std::ranges::replace(chart.id, '_', '-');
    chart.title = fmt::format("How {} is distributed", words(metric));
    std::vector<std::size_t> axes = model_axes(cells);
    std::erase_if(axes, [&](std::size_t axis) {
        return cells.axes[axis].name == "source" || cells.axes[axis].name == "dimension";
    });
    for (const std::size_t axis : varying_among(cells, {"interaction_vertex"}))
        axes.push_back(axis);
    const Measure* measure = cells.measure(metric);
    std::vector<Curve> curves;
    if (measure != nullptr && !measure->each.empty()) curves = curves_of(cells, *measure, axes);
    if (curves.empty()) {
        chart.left_out = fmt::format("No replicate that is done has a value of {}.", words(metric));
        return chart;
    }
    chart.caption = fmt::format(
        "Share of the points (cells and replicates) whose {} is at most what stands below. A curve "
        "that climbs in two places tells of points of two kinds, which a mean would hide.",
        words(metric));
    chart.alt = fmt::format("Curves of the empirical distribution of {}, one for each model and "
                            "interaction vertex. The numbers are in the download.",
                            words(metric));
    chart.x.name = metric;
    chart.x.title = title_with_unit(metric, measure->unit);
    chart.y.name = "share";
    chart.y.title = "share of points";
    chart.y.low = 0.0;
    chart.y.high = 1.0;
    const ChartFacets facets = chart_facets(cells, axes);
    set_model_facets(chart, facets);
    double least = std::numeric_limits<double>::infinity();
    double largest = -least;
    for (const Curve& curve : curves) {
        least = std::min(least, curve.steps.front().value);
        largest = std::max(largest, curve.steps.back().value);
    }
    for (const Curve& curve : curves) {
        ChartSeries series;
        series.facets = facets.at(curve.model);
        series.kind = "distribution";
        series.mark = Mark::steps;
        const auto add = [&](double value, double share) {
            ChartPoint point;
            point.x = value;
            point.y = share;
            series.points.push_back(std::move(point));
        };
        // All curves reach from the least value of any to the largest.
        if (least < curve.steps.front().value) add(least, 0.0);
        for (const DistributionStep& step : curve.steps)
            add(step.value, step.share);
        if (curve.steps.back().value < largest) add(largest, 1.0);
        series.points.back().note = fmt::format("{} points", curve.values);
        chart.series.push_back(std::move(series));
    }
    return chart;
}

Chart error_distribution(const Cells& cells) {
    return distribution_chart(cells, "recall_error");
}

} // namespace basin
