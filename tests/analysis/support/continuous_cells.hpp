#pragma once
// Cells of continuous networks, made by a formula, and a gallery of theirs.

#include "analysis/figures/gallery.hpp"
#include "analysis/figures/separability.hpp"

#include <vector>

namespace basin::tests {

/// The axes' full product, every cell done: 16 probes, of which as many end at a memory as beta's
/// place on its axis says and the others at a blend of several. Has no metric that bipolar networks
/// alone have. `axes` has beta.
Cells continuous_cells(const std::vector<CubeAxis>& axes, std::size_t replicates);

/// One probe of 2 x 3 grey pixels, which "dot, β = 1" recalls and "dot, β = 0.1" does not.
Gallery small_gallery();

/// Two similarities of four memories and eight cues; by the second one a pair is infinite.
SceneSeparability small_separability();

} // namespace basin::tests
