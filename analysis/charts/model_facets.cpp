#include "analysis/charts/model_facets.hpp"

#include "analysis/cells/selectors.hpp"

namespace basin {

std::vector<std::size_t> model_axes(const Cells& cells) {
    std::vector<std::size_t> axes;
    for (const std::string_view name : model_parameters)
        for (const std::size_t axis : varying_among(cells, {name}))
            axes.push_back(axis);
    return axes;
}

void set_model_facets(Chart& chart, const ChartFacets& facets) {
    set_facets(chart, facets, {"formulation"}, {"precision"});
}

} // namespace basin
