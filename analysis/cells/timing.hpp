#pragma once
// What a retrieval took: the times that stand beside the results.

#include "analysis/cells/cells.hpp"
#include "results/cube/result_cube.hpp"

namespace basin {

/// Name of the measure that add_timing adds.
inline constexpr const char* retrieval_time = "time_per_retrieval";

/// Adds, with its interval and replicates, the seconds that a done point took, per cue: its share
/// of the time that threads spent on its scene, evaluation in exact arithmetic included, over its
/// number of cues. Times are the machine's: they tell orders of magnitude apart. `timing`: the
/// timing.h5 of the store that the cells are of; nothing is added if its axes are not those of the
/// cells or if no point has a time. Throws StoreError as Hypercube and RowSettings do.
void add_timing(Cells& cells, const Hypercube& timing);

} // namespace basin
