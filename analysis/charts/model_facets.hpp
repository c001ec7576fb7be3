#pragma once
// What tells the models of a comparison apart.

#include "analysis/cells/cells.hpp"
#include "analysis/charts/chart_facets.hpp"

#include <array>
#include <cstddef>
#include <string_view>
#include <vector>

namespace basin {

/// Parameters that make a model, in the order of columns. Over all others a table of models sums.
inline constexpr std::array<std::string_view, 8> model_parameters{
    "store",       "source",     "dimension",  "formulation",
    "interaction", "similarity", "separation", "precision"};

/// The axes of model_parameters that vary, in that order.
std::vector<std::size_t> model_axes(const Cells& cells);

/// Puts the facets of models into a chart: the formulation as its colours and the precision, if it
/// varies, else the first other one, as its panels.
void set_model_facets(Chart& chart, const ChartFacets& facets);

} // namespace basin
