#include "analysis/charts/chart_facets.hpp"

#include "analysis/cells/labels.hpp"

#include <algorithm>
#include <array>
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
    for (const std::size_t axis : axes)
        values.push_back(cells.coordinate[axis][row]);
    return at(values);
}

std::vector<std::uint32_t> ChartFacets::at(const std::vector<std::uint32_t>& values) const {
    std::vector<std::uint32_t> places;
    for (std::size_t f = 0; f < index.size(); ++f)
        places.push_back(index[f][values[f]]);
    return places;
}

std::size_t ChartFacets::add(const Cells& cells, std::size_t axis) {
    Selector all{.axis = axis, .initial = 0, .values = values_present(cells, axis), .texts = {}};
    for (const std::size_t value : all.values)
        all.texts.push_back(value_text(cells.axes[axis], value));
    all.initial = all.values.empty() ? 0 : all.values.front();
    return add(cells, all);
}

std::size_t ChartFacets::add(const Cells& cells, const Selector& selector) {
    const CubeAxis& of = cells.axes[selector.axis];
    ChartFacet facet{of.name, title_with_unit(of.name, of.unit), selector.texts, 0};
    std::vector<std::uint32_t> places(of.size(), 0);
    for (std::size_t i = 0; i < selector.values.size(); ++i) {
        places[selector.values[i]] = static_cast<std::uint32_t>(i);
        if (selector.values[i] == selector.initial) facet.initial = i;
    }
    facets.push_back(std::move(facet));
    axes.push_back(selector.axis);
    index.push_back(std::move(places));
    return facets.size() - 1;
}

ChartFacets chart_facets(const Cells& cells, const std::vector<std::size_t>& axes) {
    ChartFacets made;
    std::vector<std::size_t> others;
    for (const std::size_t axis : varying_axes(cells))
        if (std::ranges::find(axes, axis) == axes.end()) others.push_back(axis);
    const std::vector<Selector> usual = selectors(cells, others);
    for (const std::size_t axis : axes) {
        const std::size_t facet = made.add(cells, axis);
        for (const Selector& selector : usual)
            if (selector.axis == axis)
                made.facets[facet].initial = made.index[facet][selector.initial];
    }
    return made;
}

ChartAxis chart_axis(const Cells& cells, std::size_t axis) {
    const CubeAxis& of = cells.axes[axis];
    std::vector<std::uint32_t> places;
    if (!of.numeric) return category_axis(cells, axis, places);
    ChartAxis made;
    made.name = of.name;
    made.title = title_with_unit(of.name, of.unit);
    const std::vector<std::size_t> values = values_present(cells, axis);
    if (values.empty()) return made;
    const double low = of.numbers[values.front()];
    const double high = of.numbers[values.back()];
    if (low > 0.0)
        made.scales = high >= logarithmic_span * low
                          ? std::vector{Scale::logarithmic, Scale::linear}
                          : std::vector{Scale::linear, Scale::logarithmic};
    return made;
}

ChartAxis category_axis(const Cells& cells, std::size_t axis,
                        std::vector<std::uint32_t>& category) {
    const CubeAxis& of = cells.axes[axis];
    ChartAxis bands;
    bands.name = of.name;
    bands.title = title_with_unit(of.name, of.unit);
    category.assign(of.size(), 0);
    for (const std::size_t value : values_present(cells, axis)) {
        category[value] = static_cast<std::uint32_t>(bands.categories.size());
        bands.categories.push_back(value_text(of, value));
    }
    return bands;
}

TileState tile_state(CellState state) {
    constexpr std::array states{TileState::value, TileState::failed, TileState::not_run,
                                TileState::not_applicable};
    return states.at(static_cast<std::size_t>(state));
}

void set_facets(Chart& chart, const ChartFacets& facets,
                std::initializer_list<std::string_view> colors,
                std::initializer_list<std::string_view> panels) {
    chart.facets = facets.facets;
    if (chart.facets.size() == 1) {
        chart.color = 0;
        return;
    }
    chart.panel = first_of(chart, panels, std::nullopt);
    chart.color = first_of(chart, colors, chart.panel);
    if (!chart.color) chart.color = any_but(chart, chart.panel);
    if (!chart.panel) chart.panel = any_but(chart, chart.color);
}

} // namespace basin
