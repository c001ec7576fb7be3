#pragma once
// What the sentences of findings have in common: choosing cells and naming them.

#include "analysis/cells/cells.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace basin {

using Sentences = std::vector<std::string>;

/// "a", "a and b", "a, b and c".
std::string joined(const std::vector<std::string>& parts);

/// Some cells and the values they have in common, for a sentence about them.
struct Excerpt {
    Cells cells;
    std::vector<std::size_t> axes;
    std::vector<std::uint32_t> values; ///< value index on each of `axes`
};

/// Splits the cells by the values of `split`, after restricting every varying axis that is in
/// neither `split` nor `free` to its usual value (selectors.hpp).
std::vector<Excerpt> excerpts(const Cells& cells, const std::vector<std::size_t>& split,
                              const std::vector<std::size_t>& free);

/// "original formulation, dot similarity, float32" for values on axes.
std::string described(const Cells& cells, const std::vector<std::size_t>& axes,
                      const std::vector<std::uint32_t>& values);

/// The same as the beginning of a sentence; "All cells" if nothing is named.
std::string heading(const Excerpt& excerpt);

/// "n = 20" for a value index of the interaction vertex.
std::string at_vertex(const Cells& cells, std::size_t value);

/// The cells of some rows.
Cells only_rows(const Cells& cells, const std::vector<std::size_t>& rows);

std::vector<std::size_t> all_rows(const Cells& cells);

} // namespace basin
