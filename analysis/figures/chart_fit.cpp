#include "analysis/figures/chart_fit.hpp"

#include "analysis/cells/labels.hpp"
#include "analysis/figures/chart_vega.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace basin {
namespace {

constexpr std::size_t long_series = 64; // points that a line needs to look as it does

void round_points(Chart& chart, int digits) {
    for (ChartSeries& series : chart.series)
        for (ChartPoint& point : series.points)
            for (double* number : {&point.x, &point.y, &point.low, &point.high})
                *number = rounded(*number, digits);
}

std::size_t most_points(const Chart& chart) {
    std::size_t most = 0;
    for (const ChartSeries& series : chart.series)
        most = std::max(most, series.points.size());
    return most;
}

std::size_t points_in_all(const Chart& chart) {
    std::size_t sum = 0;
    for (const ChartSeries& series : chart.series)
        sum += series.points.size();
    return sum;
}

void thin_points(Chart& chart) {
    for (ChartSeries& series : chart.series) {
        if (series.points.size() <= long_series) continue;
        std::vector<ChartPoint> kept;
        for (std::size_t i = 0; i < series.points.size(); i += 2)
            kept.push_back(series.points[i]);
        if (series.points.size() % 2 == 0) kept.push_back(series.points.back());
        series.points = std::move(kept);
    }
}

/// Every second value of a facet, and what belongs to it.
void thin_values(Chart& chart, std::size_t f) {
    ChartFacet& facet = chart.facets[f];
    std::vector<std::string> values;
    for (std::size_t i = 0; i < facet.values.size(); i += 2)
        values.push_back(facet.values[i]);
    facet.values = std::move(values);
    facet.initial /= 2;
    const auto thin = [&](auto& all) {
        std::erase_if(all, [&](const auto& each) {
            return f < each.facets.size() && each.facets[f] % 2 != 0;
        });
        for (auto& each : all)
            if (f < each.facets.size()) each.facets[f] /= 2;
    };
    thin(chart.series);
    thin(chart.tiles);
}

void shrink(Chart& chart, std::size_t limit) {
    const auto fits = [&] { return chart_json(chart).size() <= limit; };
    std::string done;
    const auto note = [&](const std::string& what) { done += (done.empty() ? "" : ", ") + what; };
    if (fits()) return;
    int digits = 0;
    for (const int fewer : {6, 4})
        if (!fits()) round_points(chart, digits = fewer);
    note(fmt::format("numbers are rounded to {} digits", digits));

    const std::size_t all_points = points_in_all(chart);
    while (!fits() && most_points(chart) > long_series)
        thin_points(chart);
    if (points_in_all(chart) < all_points)
        note(fmt::format("{} of the {} points of its lines are shown",
                         count_text(points_in_all(chart)), count_text(all_points)));

    std::vector<std::size_t> all_values;
    for (const ChartFacet& facet : chart.facets)
        all_values.push_back(facet.values.size());
    while (!chart.facets.empty() && !fits()) {
        const auto longest = std::ranges::max_element(
            chart.facets, {}, [](const ChartFacet& facet) { return facet.values.size(); });
        if (longest->values.size() <= 2) break;
        thin_values(chart, static_cast<std::size_t>(longest - chart.facets.begin()));
    }
    for (std::size_t f = 0; f < chart.facets.size(); ++f)
        if (chart.facets[f].values.size() < all_values[f])
            note(fmt::format("{} of the {} values of {} are shown", chart.facets[f].values.size(),
                             all_values[f], chart.facets[f].title));
    chart.caption += fmt::format(" To keep this page small, {}, here and in the CSV.", done);
}

/// What each of the sizes may be so that they are within `limit` together: an even share, and what
/// smaller ones leave of theirs.
std::size_t share_of(std::vector<std::size_t> sizes, std::size_t limit) {
    std::ranges::sort(sizes);
    for (std::size_t i = 0; i < sizes.size(); ++i) {
        const std::size_t share = limit / (sizes.size() - i);
        if (sizes[i] > share) return share;
        limit -= sizes[i];
    }
    return sizes.empty() ? 0 : sizes.back();
}

} // namespace

std::vector<Chart> fitted(std::vector<Chart> charts, std::size_t limit, std::size_t least) {
    std::vector<std::size_t> sizes;
    for (const Chart& chart : charts)
        if (chart.left_out.empty()) sizes.push_back(chart_json(chart).size());
    const std::size_t share = std::max(share_of(sizes, limit), least);
    for (Chart& chart : charts)
        if (chart.left_out.empty()) shrink(chart, share);
    return charts;
}

} // namespace basin
