#pragma once
// Which parameters a figure leaves to the reader to choose, and where it starts.

#include "analysis/cells/cells.hpp"

#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace basin {

/// A parameter of which a figure shows one value at a time.
struct Selector {
    std::size_t axis = 0;
    std::size_t initial = 0;         ///< index of the value shown first
    std::vector<std::size_t> values; ///< indices of the values that occur, ascending
    std::vector<std::string> texts;  ///< one per value; also names what goes along with it
};

/// Axes with at least two values among the cells.
std::vector<std::size_t> varying_axes(const Cells& cells);

/// The axes among `names` that vary, in the order of `names`.
std::vector<std::size_t> varying_among(const Cells& cells,
                                       std::initializer_list<std::string_view> names);

/// Indices of an axis's values that occur among the cells, ascending.
std::vector<std::size_t> values_present(const Cells& cells, std::size_t axis);

/// One selector for every varying axis but those in `shown`. An axis whose value follows from
/// another's (the dimension of a file source) gets no selector of its own: its value is named with
/// the other's. Initial values are the usual ones (dot, float32, beta nearest 1, the smallest cue
/// level above 0, a pattern count above the middle) as far as cells are done there.
std::vector<Selector> selectors(const Cells& cells, const std::vector<std::size_t>& shown);

} // namespace basin
