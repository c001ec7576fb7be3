#pragma once
// At which interaction vertex numbers begin to overflow.

#include "analysis/cells/cells.hpp"

#include <cstddef>
#include <optional>
#include <vector>

namespace basin {

/// Overflow among the done cells of a group, over the interaction vertex. Without a varying vertex
/// only the counts are given.
struct Frontier {
    std::vector<std::uint32_t> group; ///< value indices on the grouping axes
    std::size_t cells = 0;            ///< done
    std::size_t overflowing = 0;
    std::size_t undecided = 0;            ///< cells with a NaN sum
    std::optional<std::size_t> first;     ///< value index of the least vertex with overflow
    std::optional<std::size_t> first_nan; ///< ... with a NaN sum
    std::optional<std::size_t> every;     ///< ... from which on every cell overflows
    std::size_t every_cells = 0;          ///< cells from there on
};

/// One entry per group that has done cells.
std::vector<Frontier> overflow_frontiers(const Cells& cells, const std::vector<std::size_t>& axes);

} // namespace basin
