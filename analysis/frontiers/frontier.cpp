#include "analysis/frontiers/frontier.hpp"

namespace basin {
namespace {

struct Counts {
    std::size_t cells = 0;
    std::size_t overflowing = 0;
};

Frontier frontier_of(const Cells& cells, const std::vector<std::size_t>& rows) {
    Frontier frontier;
    const std::optional<std::size_t> vertex = cells.axis("interaction_vertex");
    std::map<std::size_t, Counts> by_vertex;
    for (const std::size_t row : rows) {
        if (cells.state[row] != CellState::done) continue;
        const std::size_t n = vertex ? cells.coordinate[*vertex][row] : 0;
        const bool undecided = (cells.flags[row] & flag::nan_inf_minus_inf) != 0;
        ++frontier.cells;
        ++by_vertex[n].cells;
        if (cells.overflowed(row)) {
            ++frontier.overflowing;
            ++by_vertex[n].overflowing;
        }
        if (undecided) {
            ++frontier.undecided;
            if (!frontier.first_nan || n < *frontier.first_nan) frontier.first_nan = n;
        }
    }
    for (const auto& [n, counts] : by_vertex) {
        if (counts.overflowing > 0 && !frontier.first) frontier.first = n;
        if (counts.overflowing < counts.cells) {
            frontier.every.reset();
            frontier.every_cells = 0;
        } else {
            if (!frontier.every) frontier.every = n;
            frontier.every_cells += counts.cells;
        }
    }
    if (!vertex) frontier.first = frontier.first_nan = frontier.every = std::nullopt;
    return frontier;
}

} // namespace

std::vector<Frontier> overflow_frontiers(const Cells& cells, const std::vector<std::size_t>& axes) {
    std::vector<Frontier> frontiers;
    for (const auto& [group, rows] : grouped(cells, axes)) {
        Frontier frontier = frontier_of(cells, rows);
        if (frontier.cells == 0) continue;
        frontier.group = group;
        frontiers.push_back(std::move(frontier));
    }
    return frontiers;
}

} // namespace basin
