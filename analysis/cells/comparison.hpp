#pragma once
// Paired comparisons: what changes when one parameter changes and the scenes stay the same.

#include "analysis/cells/cells.hpp"
#include "analysis/cells/statistics.hpp"

#include <cstddef>
#include <string_view>
#include <vector>

namespace basin {

/// A metric at one value of an axis less the same at another, all else equal.
struct Comparison {
    std::size_t axis = 0;
    std::size_t baseline = 0; ///< value index
    std::size_t other = 0;    ///< value index
    std::size_t cells = 0;    ///< pairs of cells that both values have done
    /// Mean difference over those pairs. The interval is over replicates, the only independent
    /// repetitions: settings of one replicate share their scenes.
    MeanInterval difference{};
    std::size_t replicates = 0; ///< that the interval rests on
};

/// Compares every other value of `axis` among `rows` with `baseline`, in order of value. Values
/// without common cells are left out. rows ascend. None if the cells have not the replicates of
/// `metric`.
std::vector<Comparison> compared_with(const Cells& cells, const std::vector<std::size_t>& rows,
                                      std::size_t axis, std::size_t baseline,
                                      std::string_view metric);

} // namespace basin
