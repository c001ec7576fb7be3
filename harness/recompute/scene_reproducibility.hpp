#pragma once
// Scenes of a result file made once more: whether they are still what they were.

#include "analysis/cells/cells.hpp"
#include "models/continuous/real_network.hpp"
#include "sweeps/plan/plan.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace basin {

/// The cell of the plan that a row's replicate 0 is. Throws StoreError (damaged) if the plan is of
/// another cube.
std::uint64_t cell_of(const Plan& plan, const Cells& cells, std::size_t row);

/// [probe] the paths of the first so many probes.
std::vector<RealPath> paths_of(const RealScene& scene, const Setting& setting, std::size_t probes,
                               const Patience& patience);

/// Whether the scene is the one that replicate 0 of a row was computed on, as far as its recall
/// error tells. Throws OutOfPatience.
bool comes_out_same(const RealScene& scene, const Setting& setting, const Cells& cells,
                    std::size_t row, const Patience& patience);

} // namespace basin
