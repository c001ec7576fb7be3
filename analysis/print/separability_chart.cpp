#include "analysis/print/separability_chart.hpp"

#include <fmt/format.h>

namespace basin {
namespace {

ChartSeries steps(const SimilarityHistogram& histogram, const std::vector<double>& edges,
                  std::uint32_t kind) {
    ChartSeries series;
    series.facets = {kind};
    series.kind = "share";
    series.mark = Mark::steps;
    const auto total = static_cast<double>(histogram.total());
    ChartPoint point;
    for (std::size_t bin = 0; total > 0 && bin < histogram.counts.size(); ++bin) {
        point.x = edges[bin];
        point.y = static_cast<double>(histogram.counts[bin]) / total;
        series.points.push_back(point);
    }
    point.x = edges.back(); // the last bin ends
    if (!series.points.empty()) series.points.push_back(point);
    return series;
}

} // namespace

std::vector<Chart> separability_charts(const SceneSeparability& separability, const Chart& common) {
    std::vector<Chart> charts;
    for (const auto& [name, found] : separability.similarities) {
        Chart& chart = charts.emplace_back(common);
        if (charts.size() > 1) chart.id = fmt::format("{}-{}", common.id, charts.size());
        chart.title = fmt::format("{}: {}", common.title, name);
        chart.x.name = "similarity";
        chart.x.title = name;
        chart.y.name = "share";
        chart.y.title = "share of pairs";
        chart.y.low = 0.0;
        chart.facets = {{"pairs", "pairs", {"self", "cross"}, 0}};
        chart.color = 0;
        chart.series = {steps(found.self, found.edges, 0), steps(found.cross, found.edges, 1)};
    }
    return charts;
}

} // namespace basin
