#pragma once
// Predicted frontiers beside measured ones.

#include "analysis/cells/cells.hpp"
#include "analysis/frontiers/predictions.hpp"

#include <cstddef>
#include <optional>
#include <vector>

namespace basin {

/// Cells that differ in nothing but the interaction vertex, by ascending vertex.
struct VertexLine {
    std::vector<std::size_t> rows;
    std::array<std::optional<Prediction>, failure_kinds.size()> predictions;

    const std::optional<Prediction>& of(Failure failure) const {
        return predictions[static_cast<std::size_t>(failure)];
    }
};

/// All lines with what theory says of them; none if the vertex is no axis of the cells.
std::vector<VertexLine> vertex_lines(const Cells& cells);

/// The first of `rows` whose vertex is not below the predicted one; nothing if none is, or if
/// nothing is predicted.
std::optional<std::size_t> first_beyond(const Cells& cells, const std::vector<std::size_t>& rows,
                                        const std::optional<Prediction>& prediction);

/// One line's frontier of one kind, among its cells that are done.
struct FrontierCheck {
    Failure failure;
    std::vector<std::size_t> rows;        ///< the done cells, by ascending vertex; at least one
    Vertex closed_form;                   ///< nothing: at no vertex
    std::optional<std::size_t> predicted; ///< value index of the first vertex not below it
    std::optional<std::size_t> measured;  ///< ... at which the failure has come in every replicate

    bool agrees() const { return predicted == measured; }
};

/// A check of every kind for every line that theory speaks of and that has a done cell. The cells
/// need the replicates (Measure::each) of the metrics in failure_kinds; a kind without is left out.
std::vector<FrontierCheck> frontier_checks(const Cells& cells);

} // namespace basin
