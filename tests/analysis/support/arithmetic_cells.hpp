#pragma once
// Cells made by a formula, shaped like a sweep over number formats: recall fails by arithmetic
// only.

#include "analysis/cells/cells.hpp"

#include <vector>

namespace basin::tests {

/// 100 units, rectified polynomial, dot product, formulations original and normalized, precisions
/// float32 and exact, cue levels 0 and 0.1, beta 0.1, 1, 10, vertices 2, 19, 20, 21, 22, 400, 1000,
/// four replicates. In float32, to a few digits of the logarithms:
///   original    every decision NaN from n = 20 (cue level 0) and 21 (0.1), some overflow from 20
///   normalized  at beta 10 NaN and overflow at 400; at 0.1 and 1 every term zero at 400 or 1000
/// A probe is lost wherever all decisions are; replicate r loses 0.01 r more of them.
Cells arithmetic_cells();

/// The row of arithmetic_cells() with these value indices, in the order above.
std::size_t arithmetic_row(std::size_t cue, std::size_t formulation, std::size_t vertex,
                           std::size_t beta, std::size_t precision);

} // namespace basin::tests
