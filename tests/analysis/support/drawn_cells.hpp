#pragma once
// Cells whose replicates are drawn.

#include "analysis/cells/cells.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

namespace basin::tests {

/// recall_error of a replicate from its row and a draw of the normal distribution.
using Draw = std::function<double(const Cells& cells, std::size_t row, double normal)>;

/// The full product of the axes, every cell done: recall_error as drawn, exact_recall one less it.
Cells drawn_cells(const std::vector<CubeAxis>& axes, std::size_t replicates, std::uint32_t seed,
                  const Draw& draw);

/// Changes recall_error of one replicate, and exact_recall with it. Means stay.
void set_value(Cells& cells, std::size_t row, std::size_t replicate, double recall_error);

} // namespace basin::tests
