#pragma once
// Differences of paired observations, with 95 % intervals.
//
// A difference of two metrics, or a mean over many cells, has Student's interval over replicates:
// no limit of a single metric bounds it, and cells that share their scenes are not independent
// probes. Where every replicate says the same there is no interval to tell, and texts say just
// that.

#include "results/replicates/summary.hpp"

#include <span>
#include <string>

namespace basin {

/// Mean of second - first with its t interval (results/replicates/summary.hpp), over the pairs in
/// which both are defined. first and second have equal size; pairs are independent of each other.
MeanInterval paired_difference(std::span<const double> first, std::span<const double> second);

/// "95 % interval 0.1 to 0.2" of the size of a difference; "the same in every replicate" where its
/// width is rounding.
std::string interval_text(const MeanInterval& interval);

/// The interval exists and lies on one side of zero.
bool excludes_zero(const MeanInterval& interval);

} // namespace basin
