#include "analysis/print/print_view.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

namespace basin {
namespace {

/// Facet values of something drawn may be fewer than the facets: then it belongs to every value.
bool agrees(const std::vector<std::uint32_t>& facets, std::size_t facet, std::uint32_t value) {
    return facet >= facets.size() || facets[facet] == value;
}

bool chosen(const Chart& chart, const PrintedFile& file, const std::vector<std::uint32_t>& facets) {
    for (std::size_t f = 0; f < chart.facets.size(); ++f)
        if (f != chart.panel && f != chart.color && !agrees(facets, f, file.chosen[f]))
            return false;
    return true;
}

std::vector<std::uint32_t> values_shown(const Chart& chart, const PrintedFile& file,
                                        std::optional<std::size_t> facet) {
    std::set<std::uint32_t> values;
    const auto note = [&](const std::vector<std::uint32_t>& facets) {
        if (!facet || !chosen(chart, file, facets)) return;
        if (*facet < facets.size())
            values.insert(facets[*facet]);
        else
            for (std::uint32_t v = 0; v < chart.facets[*facet].values.size(); ++v)
                values.insert(v);
    };
    for (const ChartSeries& series : chart.series)
        if (!series.points.empty()) note(series.facets);
    for (const ChartTile& tile : chart.tiles)
        note(tile.facets);
    return {values.begin(), values.end()};
}

/// Grows to the finite numbers that the scale can show.
struct Extent {
    double low = std::numeric_limits<double>::infinity();
    double high = -std::numeric_limits<double>::infinity();
    Scale scale = Scale::linear;
    bool arrows = false; ///< need room beyond

    void add(double value) {
        if (!std::isfinite(value) || (scale == Scale::logarithmic && value <= 0.0)) return;
        low = std::min(low, value);
        high = std::max(high, value);
    }
};

PrintRange logarithmic_range(const ChartAxis& axis, const Extent& extent) {
    const auto usable = [](const std::optional<double>& end) {
        return end && std::isfinite(*end) && *end > 0.0;
    };
    double low = std::isfinite(extent.low) ? extent.low : 1.0;
    double high = std::isfinite(extent.low) ? extent.high : 10.0;
    if (usable(axis.low)) low = *axis.low;
    if (usable(axis.high)) high = *axis.high;
    if (!(low < high)) low = high / 2.0, high = high * 2.0;
    const double room = std::pow(high / low, extent.arrows ? 0.1 : 0.04);
    return {usable(axis.low) ? low : low / room, usable(axis.high) ? high : high * room,
            Scale::logarithmic};
}

PrintRange range_of(const ChartAxis& axis, const Extent& extent) {
    if (!axis.categories.empty())
        return {-0.5, static_cast<double>(axis.categories.size()) - 0.5, Scale::linear};
    if (extent.scale == Scale::logarithmic) return logarithmic_range(axis, extent);
    double low = std::isfinite(extent.low) ? extent.low : 0.0;
    double high = std::isfinite(extent.low) ? extent.high : 1.0;
    if (axis.low && std::isfinite(*axis.low)) low = *axis.low;
    if (axis.high && std::isfinite(*axis.high)) high = *axis.high;
    if (!(low < high)) {
        const double half = high == 0.0 ? 1.0 : std::abs(high) / 2.0;
        low = high - half, high = high + half;
    }
    const double room = (extent.arrows ? 0.1 : 0.03) * (high - low);
    return {axis.low && std::isfinite(*axis.low) ? low : low - room,
            axis.high && std::isfinite(*axis.high) ? high : high + room, Scale::linear};
}

void find_kinds(PrintView& view) {
    for (const ChartSeries& series : view.chart.series) {
        if (!chosen(view.chart, view.file, series.facets) || series.points.empty()) continue;
        const auto same = [&](const PrintKind& kind) { return kind.name == series.kind; };
        if (std::ranges::any_of(view.kinds, same)) continue;
        PrintKind kind{series.kind, series.mark, series.dash, series.wide, 0};
        kind.rank =
            static_cast<std::size_t>(std::ranges::count_if(view.kinds, [&](const PrintKind& other) {
                return other.mark == kind.mark && other.dash == kind.dash &&
                       other.wide == kind.wide;
            }));
        view.kinds.push_back(std::move(kind));
    }
}

} // namespace

bool PrintView::shows(const std::vector<std::uint32_t>& facets, std::uint32_t panel) const {
    return chosen(chart, file, facets) && (!chart.panel || agrees(facets, *chart.panel, panel));
}

const PrintKind& PrintView::kind_of(const ChartSeries& series) const {
    return *std::ranges::find(kinds, series.kind, &PrintKind::name);
}

std::size_t PrintView::style_of(const ChartSeries& series) const {
    if (!chart.color || *chart.color >= series.facets.size()) return kind_of(series).rank + 1;
    const auto at = std::ranges::find(colors, series.facets[*chart.color]);
    return static_cast<std::size_t>(at - colors.begin()) + 1;
}

std::size_t PrintView::styles() const {
    std::size_t count = std::max<std::size_t>(colors.size(), 1);
    for (const PrintKind& kind : kinds)
        count = std::max(count, kind.rank + 1);
    return count;
}

PrintView print_view(const Chart& chart, const PrintedFile& file) {
    PrintView view{chart, file, {}, {}, {}, {}, {}};
    view.panels = values_shown(chart, file, chart.panel);
    if (view.panels.empty()) view.panels = {0};
    view.colors = values_shown(chart, file, chart.color);
    find_kinds(view);
    Extent x{.scale = file.x};
    Extent y{.scale = file.y};
    for (const ChartSeries& series : chart.series) {
        if (!chosen(chart, file, series.facets)) continue;
        for (const ChartPoint& point : series.points) {
            x.add(point.x);
            y.add(point.y);
            const bool arrow = point.sign == Sign::arrow_up || point.sign == Sign::arrow_down;
            if (arrow) (chart.intervals_along_x ? x : y).arrows = true;
            for (const double end : {point.low, point.high})
                (chart.intervals_along_x ? x : y).add(end);
        }
    }
    view.x = range_of(chart.x, x);
    view.y = range_of(chart.y, y);
    return view;
}

bool drawable(const PrintView& view, const ChartPoint& point) {
    return std::isfinite(point.x) && std::isfinite(point.y) && view.x.holds(point.x) &&
           view.y.holds(point.y);
}

std::string facet_text(const ChartFacet& facet, std::uint32_t value) {
    const std::string& text = facet.values[value];
    const bool number =
        !text.empty() && text.find_first_of("0123456789") <= 1 && !facet.title.empty();
    return number ? fmt::format("{} = {}", facet.title, text) : text;
}

} // namespace basin
