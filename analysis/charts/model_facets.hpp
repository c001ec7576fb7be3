#pragma once
// What tells the models of a comparison apart.

#include "analysis/cells/cells.hpp"
#include "analysis/charts/chart.hpp"

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

namespace basin {

/// Parameters that make a model, in the order of columns. Over all others a table of models sums.
inline constexpr std::array<std::string_view, 8> model_parameters{
    "store",       "source",     "dimension",  "formulation",
    "interaction", "similarity", "separation", "precision"};

/// The axes of model_parameters that vary, in that order.
std::vector<std::size_t> model_axes(const Cells& cells);

/// The facets of a chart by the values of some axes that occur.
class ModelFacets {
public:
    ModelFacets(const Cells& cells, const std::vector<std::size_t>& axes);

    /// Puts the facets into a chart, the formulation as its colours and the precision, if it
    /// varies, else the first other one, as its panels.
    void put_into(Chart& chart) const;

    /// ChartSeries::facets of values (indices on the axes).
    std::vector<std::uint32_t> at(const std::vector<std::uint32_t>& values) const;

private:
    std::vector<ChartFacet> facets_;
    std::vector<std::vector<std::uint32_t>> place_; ///< [axis][value index]
};

} // namespace basin
