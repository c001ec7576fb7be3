#pragma once
// The lines of predicted frontiers over a map of cells.

#include "analysis/figures/vega.hpp"
#include "analysis/frontiers/predictions.hpp"
#include "analysis/page/page_data.hpp"

#include <cstddef>
#include <string_view>
#include <vector>

namespace basin {

/// How the frontier of a kind of failure is drawn.
struct FrontierLine {
    Failure failure;
    std::string_view overlay; ///< what its edges are called in the page's data
    std::string_view color;
    std::vector<double> dash; ///< empty: solid
    double shift;             ///< pixels to the right, so that two that coincide are both seen
    std::string_view text;
};

/// One per kind of failure, in the order of drawing.
const std::vector<FrontierLine>& frontier_lines();

/// For every line the edges of the cells at which it runs, `across` being the map's other axis
/// beside the interaction vertex. A frontier stands at the left edge of the first vertex not below
/// the predicted one, and steps where the prediction depends on `across`.
std::vector<Overlay> frontier_overlays(const Cells& cells, std::size_t across);

/// The layers that draw these edges over bands of the vertex (x) and of `across` (y, descending).
Json frontier_layers(const Json& x, const Json& y);

} // namespace basin
