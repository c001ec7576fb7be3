#include "analysis/stability/frontier_lines.hpp"

#include "analysis/figures/figures.hpp"
#include "analysis/frontiers/frontier_checks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace basin {
namespace {

/// A side of a cell: from one point of it to another, in parts of the cell from its top left.
struct Edge {
    std::uint8_t mask;
    std::array<double, 4> from_to;
};

constexpr Edge left_edge{1, {0, 0, 0, 1}};
constexpr Edge upper_edge{2, {0, 0, 1, 0}}; // towards the next larger value of the other axis
constexpr Edge lower_edge{4, {0, 1, 1, 1}}; // towards the next smaller one

/// Where a cell stands: theory is silent, or the failure is still to come, or has come.
enum class Side : std::uint8_t { silent, before, beyond };

/// The row at a place, if it is among the cells.
std::optional<std::size_t> row_at(const std::vector<std::uint64_t>& places, std::uint64_t place) {
    const auto found = std::ranges::lower_bound(places, place);
    if (found == places.end() || *found != place) return std::nullopt;
    return static_cast<std::size_t>(found - places.begin());
}

Json edge_layer(const Json& x, const Json& y, const FrontierLine& line, const Edge& edge,
                bool casing) {
    const auto& [x1, y1, x2, y2] = edge.from_to;
    Json start_x = x;
    Json start_y = y;
    start_x["bandPosition"] = x1;
    start_y["bandPosition"] = y1;
    const bool dashed = !casing && !line.dash.empty();
    Json mark = {{"type", "rule"},
                 {"strokeCap", dashed ? "butt" : "square"},
                 {"strokeWidth", casing ? line_casing : line_width},
                 {"color", casing ? "white" : line.color}};
    if (dashed) mark["strokeDash"] = line.dash;
    if (edge.mask == left_edge.mask) mark["xOffset"] = mark["x2Offset"] = line.shift;
    return {
        {"transform",
         {{{"filter", fmt::format("floor(datum.{} / {}) % 2 === 1", line.overlay, edge.mask)}}}},
        {"mark", mark},
        {"encoding",
         {{"x", start_x},
          {"y", start_y},
          {"x2", {{"field", x["field"]}, {"bandPosition", x2}}},
          {"y2", {{"field", y["field"]}, {"bandPosition", y2}}}}}};
}

} // namespace

const std::vector<FrontierLine>& frontier_lines() {
    static const std::vector<FrontierLine> lines{
        {Failure::some_overflow,
         "overflow_frontier",
         "#111111",
         {4, 3},
         -6.0,
         "theory: some overflow from here on"},
        {Failure::every_decision_nan,
         "nan_frontier",
         "#111111",
         {},
         0.0,
         "theory: every decision NaN from here on"},
        {Failure::every_term_zero,
         "zero_frontier",
         "#c1121f",
         {},
         0.0,
         "theory: every term 0 from here on"},
        {Failure::beta_zero,
         "beta_frontier",
         "#c1121f",
         {4, 3},
         6.0,
         "theory: β outside the sum 0 from here on"},
    };
    return lines;
}

namespace {

/// On which side of the frontier each row stands; marks the left edges in `overlay`.
std::vector<Side> sides_of(const Cells& cells, const std::vector<VertexLine>& lines,
                           Failure failure, Overlay& overlay) {
    std::vector<Side> sides(cells.rows(), Side::silent);
    for (const VertexLine& line : lines) {
        const std::optional<Prediction>& prediction = line.of(failure);
        if (!prediction) continue;
        const std::optional<std::size_t> first = first_beyond(cells, line.rows, prediction);
        if (first) overlay.values[*first] = left_edge.mask;
        Side side = Side::before;
        for (const std::size_t row : line.rows)
            sides[row] = side = row == first ? Side::beyond : side;
    }
    return sides;
}

} // namespace

std::vector<Overlay> frontier_overlays(const Cells& cells, std::size_t across) {
    std::vector<std::uint64_t> places(cells.rows());
    for (std::size_t row = 0; row < cells.rows(); ++row)
        places[row] = cells.place(row);
    const std::vector<std::size_t> values = values_present(cells, across);
    const auto neighbour = [&](std::size_t row, std::ptrdiff_t step) -> std::optional<std::size_t> {
        const std::size_t value = cells.coordinate[across][row];
        const auto at = std::ranges::lower_bound(values, value) - values.begin() + step;
        if (at < 0 || at >= std::ssize(values)) return std::nullopt;
        const std::uint64_t stride = cells.stride(across);
        return row_at(places,
                      places[row] - value * stride + values[static_cast<std::size_t>(at)] * stride);
    };
    const std::vector<VertexLine> lines = vertex_lines(cells);
    std::vector<Overlay> overlays;
    for (const FrontierLine& drawn : frontier_lines()) {
        Overlay overlay{std::string(drawn.overlay), std::vector<std::uint8_t>(cells.rows())};
        const std::vector<Side> sides = sides_of(cells, lines, drawn.failure, overlay);
        const auto still_before = [&](const std::optional<std::size_t>& row) {
            return row && sides[*row] == Side::before;
        };
        for (std::size_t row = 0; row < cells.rows(); ++row) {
            if (sides[row] != Side::beyond) continue;
            if (still_before(neighbour(row, +1))) overlay.values[row] |= upper_edge.mask;
            if (still_before(neighbour(row, -1))) overlay.values[row] |= lower_edge.mask;
        }
        overlays.push_back(std::move(overlay));
    }
    return overlays;
}

Json frontier_layers(const Json& x, const Json& y) {
    Json layers = Json::array();
    for (const FrontierLine& line : frontier_lines())
        for (const bool casing : {true, false})
            for (const Edge& edge : {left_edge, upper_edge, lower_edge})
                layers.push_back(edge_layer(x, y, line, edge, casing));
    return layers;
}

} // namespace basin
