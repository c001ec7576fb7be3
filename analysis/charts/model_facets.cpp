#include "analysis/charts/model_facets.hpp"

#include "analysis/cells/labels.hpp"
#include "analysis/cells/selectors.hpp"

#include <algorithm>

namespace basin {

std::vector<std::size_t> model_axes(const Cells& cells) {
    std::vector<std::size_t> axes;
    for (const std::string_view name : model_parameters)
        for (const std::size_t axis : varying_among(cells, {name}))
            axes.push_back(axis);
    return axes;
}

ModelFacets::ModelFacets(const Cells& cells, const std::vector<std::size_t>& axes) {
    for (const std::size_t axis : axes) {
        ChartFacet facet{cells.axes[axis].name, words(cells.axes[axis].name), {}, 0};
        std::vector<std::uint32_t> place(cells.axes[axis].size());
        for (const std::size_t value : values_present(cells, axis)) {
            place[value] = static_cast<std::uint32_t>(facet.values.size());
            facet.values.push_back(value_text(cells.axes[axis], value));
        }
        facets_.push_back(std::move(facet));
        place_.push_back(std::move(place));
    }
}

void ModelFacets::put_into(Chart& chart) const {
    chart.facets = facets_;
    if (facets_.empty()) return;
    const auto index_of = [&](std::string_view name) -> std::optional<std::size_t> {
        const auto found = std::ranges::find(facets_, name, &ChartFacet::name);
        if (found == facets_.end()) return std::nullopt;
        return static_cast<std::size_t>(found - facets_.begin());
    };
    chart.color = index_of("formulation").value_or(0);
    chart.panel = index_of("precision");
    if (chart.panel == chart.color) chart.panel = std::nullopt;
    if (!chart.panel && facets_.size() > 1) chart.panel = *chart.color == 0 ? 1 : 0;
}

std::vector<std::uint32_t> ModelFacets::at(const std::vector<std::uint32_t>& values) const {
    std::vector<std::uint32_t> facets;
    for (std::size_t i = 0; i < place_.size(); ++i)
        facets.push_back(place_[i][values[i]]);
    return facets;
}

} // namespace basin
