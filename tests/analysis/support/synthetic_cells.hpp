#pragma once
// Cells made by a formula, shaped like a stability sweep: recall fails by capacity at small
// vertices and by overflow at large ones.

#include "analysis/cells/cells.hpp"

#include <string>
#include <vector>

namespace basin::tests {

CubeAxis number_axis(const std::string& name, const std::vector<double>& numbers);
CubeAxis text_axis(const std::string& name, const std::vector<std::string>& labels);

/// The full product of the axes, every cell done, 100 units. Understands the parameters
/// formulation, interaction_vertex, beta, pattern_count, cue_level and similarity, each if it is
/// among the axes:
///   capacity  recall works up to K = 100^(n-1) / (8 n) patterns
///   original  dot and euclidean_overlap overflow at n = 20 (harmlessly) and are NaN from n = 21 on
///   normalized  overflows where beta^n > 3.4e38, with NaN above twice that exponent
///   cosine    never overflows
/// Replicates differ by a fixed small amount.
Cells synthetic_cells(const std::vector<CubeAxis>& axes, std::size_t replicates);

/// A small stability sweep with all of these parameters.
Cells stability_cells();

} // namespace basin::tests
