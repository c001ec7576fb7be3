#include "analysis/charts/chart_facets.hpp"

#include "analysis/cells/labels.hpp"
#include "analysis/cells/selectors.hpp"

#include <algorithm>
#include <cmath>

namespace basin {
namespace {

/// Values that span this factor are better told apart on a logarithmic axis.
constexpr double logarithmic_span = 8.0;

std::optional<std::size_t> first_of(const Chart& chart,
                                    std::initializer_list<std::string_view> names,
                                    std::optional<std::size_t> taken) {
    for (const std::string_view name : names)
        for (std::size_t f = 0; f < chart.facets.size(); ++f)
            if (chart.facets[f].name == name && f != taken) return f;
    return std::nullopt;
}

std::optional<std::size_t> any_but(const Chart& chart, std::optional<std::size_t> taken) {
    for (std::size_t f = 0; f < chart.facets.size(); ++f)
        if (f != taken) return f;
    return std::nullopt;
}

} // namespace

std::vector<std::uint32_t> ChartFacets::of_row(const Cells& cells, std::size_t row) const {
    std::vector<std::uint32_t> values;
    for (std::size_t f = 0; f < axes.size(); ++f)
        values.push_back(index[f][cells.coordinate[axes[f]][row]]);
    return values;
}

ChartFacets chart_facets(const Cells& cells, const std::vector<std::size_t>& axes) {
    ChartFacets made;
    std::vector<std::size_t> others;
    for (const std::size_t axis : varying_axes(cells))
        if (std::ranges::find(axes, axis) == axes.end()) others.push_back(axis);
    const std::vector<Selector> usual = selectors(cells, others);
    for (const std::size_t axis : axes) {
        const CubeAxis& of = cells.axes[axis];
        const std::vector<std::size_t> present = values_present(cells, axis);
        ChartFacet facet{of.name, title_with_unit(of.name, of.unit), {}, 0};
        std::vector<std::uint32_t> index(of.size(), 0);
        for (const std::size_t value : present) {
            index[value] = static_cast<std::uint32_t>(facet.values.size());
            facet.values.push_back(value_text(of, value));
        }
        for (const Selector& selector : usual)
            if (selector.axis == axis) facet.initial = index[selector.initial];
        made.facets.push_back(std::move(facet));
        made.axes.push_back(axis);
        made.index.push_back(std::move(index));
    }
    return made;
}

ChartAxis chart_axis(const Cells& cells, std::size_t axis) {
    const CubeAxis& of = cells.axes[axis];
    ChartAxis made;
    made.name = of.name;
    made.title = title_with_unit(of.name, of.unit);
    if (!of.numeric) {
        for (const std::size_t value : values_present(cells, axis))
            made.categories.push_back(value_text(of, value));
        return made;
    }
    const auto [low, high] = std::ranges::minmax(of.numbers);
    if (low > 0.0)
        made.scales = high >= logarithmic_span * low
                          ? std::vector{Scale::logarithmic, Scale::linear}
                          : std::vector{Scale::linear, Scale::logarithmic};
    return made;
}

void set_facets(Chart& chart, const ChartFacets& facets,
                std::initializer_list<std::string_view> colors,
                std::initializer_list<std::string_view> panels) {
    chart.facets = facets.facets;
    chart.panel = first_of(chart, panels, std::nullopt);
    chart.color = first_of(chart, colors, chart.panel);
    if (!chart.color) chart.color = any_but(chart, chart.panel);
    if (!chart.panel) chart.panel = any_but(chart, chart.color);
}

} // namespace basin
