#pragma once
// How a metric is distributed: what a mean does not tell.

#include "analysis/cells/cells.hpp"
#include "analysis/charts/chart.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace basin {

/// A value and the share of all values up to it, itself included.
struct DistributionStep {
    double value = 0.0;
    double share = 0.0;
};

/// The steps of the empirical distribution of the values that are not NaN, by value. Of more than
/// `most_steps` >= 2 distinct values those next to evenly spaced shares are kept, the least and the
/// largest among them; the shares of the kept ones are exact.
std::vector<DistributionStep> empirical_distribution(std::vector<double> values,
                                                     std::size_t most_steps = 400);

/// The distribution of a metric over cells and replicates that are done, a curve for each model and
/// interaction vertex. Of final overlaps over random starts, one a replicate, it shows what Krotov
/// & Hopfield 2016, fig. 4, do. The cells need every replicate of the metric (Measure::each).
Chart distribution_chart(const Cells& cells, std::string_view metric);

/// The same for recall_error.
Chart error_distribution(const Cells& cells);

} // namespace basin
