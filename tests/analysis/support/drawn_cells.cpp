#include "support/drawn_cells.hpp"

#include "results/replicates/summary.hpp"

#include <random>
#include <span>

namespace basin::tests {

Cells drawn_cells(const std::vector<CubeAxis>& axes, std::size_t replicates, std::uint32_t seed,
                  const Draw& draw) {
    Cells cells;
    cells.axes = axes;
    cells.replicates = replicates;
    std::size_t rows = 1;
    for (const CubeAxis& axis : axes)
        rows *= axis.size();
    cells.state.assign(rows, CellState::done);
    cells.done.assign(rows, static_cast<std::uint32_t>(replicates));
    cells.flags.assign(rows, 0);
    for (std::size_t a = 0; a < axes.size(); ++a) {
        std::vector<std::uint32_t>& column = cells.coordinate.emplace_back(rows);
        for (std::size_t row = 0; row < rows; ++row)
            column[row] = static_cast<std::uint32_t>(row / cells.stride(a) % axes[a].size());
    }
    cells.measures = {{"recall_error", "1", "", {}, {}, {}, {}},
                      {"exact_recall", "1", "", {}, {}, {}, {}}};
    // The distribution differs from one standard library to another; what is asked of the draws
    // holds of any.
    std::mt19937 engine(seed);
    std::normal_distribution<double> normal;
    for (Measure& measure : cells.measures)
        measure.each.resize(rows * replicates);
    for (std::size_t row = 0; row < rows; ++row)
        for (std::size_t r = 0; r < replicates; ++r)
            set_value(cells, row, r, draw(cells, row, normal(engine)));
    for (Measure& measure : cells.measures)
        for (std::size_t row = 0; row < rows; ++row)
            measure.mean.push_back(
                mean_interval(std::span(measure.each).subspan(row * replicates, replicates)).mean);
    return cells;
}

void set_value(Cells& cells, std::size_t row, std::size_t replicate, double recall_error) {
    cells.measures[0].each[row * cells.replicates + replicate] = recall_error;
    cells.measures[1].each[row * cells.replicates + replicate] = 1.0 - recall_error;
}

} // namespace basin::tests
