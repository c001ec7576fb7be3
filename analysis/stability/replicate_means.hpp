#pragma once
// Means over many cells whose scenes they share: the interval is over replicates, the only
// independent repetitions.

#include "analysis/cells/cells.hpp"
#include "results/replicates/summary.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace basin {

struct ReplicateMean {
    MeanInterval interval{};    ///< mean over units, 95 % interval; NaN where there is none
    std::size_t replicates = 0; ///< with a value
};

/// Mean of the units' means. `units`: what shares the replicates, [unit][replicate], NaN where
/// there is no value. Where all units have the same replicates the interval is that of the
/// replicates' means (mean_interval). Else, as with sequential replicates, those means would be of
/// different units, and the interval comes from the sums over units of what a replicate differs
/// from its unit's mean (a ratio estimate for clusters, Cochran 1977, ch. 9A), with as many
/// replicates as equal weights would have (Kish). Units without a value are left out.
ReplicateMean mean_over_replicates(const std::vector<std::span<const double>>& units);

/// The same over the done cells among `rows`. Without Measure::each there is no interval.
ReplicateMean mean_over_replicates(const Cells& cells, const std::vector<std::size_t>& rows,
                                   const Measure& measure);

} // namespace basin
