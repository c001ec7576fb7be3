#include "analysis/frontiers/frontier_checks.hpp"

#include "analysis/cells/row_settings.hpp"

#include <algorithm>
#include <cmath>

namespace basin {
namespace {

bool has_come(const FailureKind& kind, double share) {
    return kind.every ? share == 1.0 : share > 0.0;
}

/// Whether the failure has come in every replicate of a cell that is done.
bool has_come(const Cells& cells, std::size_t row, const FailureKind& kind,
              const std::vector<double>& each) {
    bool some = false;
    for (std::size_t r = 0; r < cells.replicates; ++r) {
        const double share = each[row * cells.replicates + r];
        if (std::isnan(share)) continue; // a replicate that is not done
        if (!has_come(kind, share)) return false;
        some = true;
    }
    return some;
}

} // namespace

std::vector<VertexLine> vertex_lines(const Cells& cells) {
    const std::optional<std::size_t> vertex = cells.axis("interaction_vertex");
    if (!vertex) return {};
    std::vector<std::size_t> others;
    for (std::size_t axis = 0; axis < cells.axes.size(); ++axis)
        if (axis != *vertex) others.push_back(axis);
    const std::vector<double>& vertices = cells.axes[*vertex].numbers;
    const RowSettings settings(cells);
    std::vector<VertexLine> lines;
    for (const auto& [values, rows] : grouped(cells, others)) {
        VertexLine line{rows, {}};
        std::ranges::stable_sort(line.rows, {}, [&](std::size_t row) {
            return vertices[cells.coordinate[*vertex][row]];
        });
        const Setting setting = settings.setting(rows.front());
        const SceneSpec scene = settings.scene(rows.front());
        for (const FailureKind& kind : failure_kinds)
            line.predictions[static_cast<std::size_t>(kind.failure)] =
                predicted(kind.failure, setting, scene);
        lines.push_back(std::move(line));
    }
    return lines;
}

std::optional<std::size_t> first_beyond(const Cells& cells, const std::vector<std::size_t>& rows,
                                        const std::optional<Prediction>& prediction) {
    if (!prediction || !prediction->vertex) return std::nullopt;
    const std::size_t axis = *cells.axis("interaction_vertex");
    for (const std::size_t row : rows)
        if (cells.axes[axis].numbers[cells.coordinate[axis][row]] >= *prediction->vertex)
            return row;
    return std::nullopt;
}

std::vector<FrontierCheck> frontier_checks(const Cells& cells) {
    std::vector<FrontierCheck> checks;
    const std::vector<VertexLine> lines = vertex_lines(cells);
    for (const FailureKind& kind : failure_kinds) {
        const Measure* measure = cells.measure(kind.metric);
        if (measure == nullptr || measure->each.empty()) continue;
        for (const VertexLine& line : lines) {
            const std::optional<Prediction>& prediction = line.of(kind.failure);
            FrontierCheck check{kind.failure, line.rows, {}, {}, {}};
            std::erase_if(check.rows,
                          [&](std::size_t row) { return cells.state[row] != CellState::done; });
            if (!prediction || check.rows.empty()) continue;
            check.closed_form = prediction->vertex;
            const std::vector<std::uint32_t>& vertex =
                cells.coordinate[*cells.axis("interaction_vertex")];
            if (const auto row = first_beyond(cells, check.rows, prediction))
                check.predicted = vertex[*row];
            const auto come = std::ranges::find_if(check.rows, [&](std::size_t row) {
                return has_come(cells, row, kind, measure->each);
            });
            if (come != check.rows.end()) check.measured = vertex[*come];
            checks.push_back(std::move(check));
        }
    }
    return checks;
}

} // namespace basin
