#pragma once
// One row a model: how well it recalls, what it recalls instead, where its arithmetic fails and
// with which beta it works.

#include "analysis/cells/cells.hpp"
#include "analysis/page/table.hpp"

#include <array>
#include <string_view>

namespace basin {

/// Metrics of which the table, the working regions and the error distribution need every replicate
/// (read_cells).
inline constexpr std::array<std::string_view, 11> model_metrics{"recall_error",
                                                                "exact_recall",
                                                                "metastable_count",
                                                                "spurious_count",
                                                                "capacity_failure",
                                                                "numerical_failure",
                                                                "iterations",
                                                                "num_nan",
                                                                "overflow_fraction",
                                                                "all_zero_fraction",
                                                                "beta_underflow_fraction"};

/// A row per combination of the varying model_parameters (model_facets.hpp), means over its done
/// cells; intervals are over replicates. Columns: cells by state; recall error and exact recall
/// with their intervals; the other metrics; of every flag that occurs the share of done cells that
/// have it; the first vertex at which arithmetic fails, predicted and measured; the working region
/// of beta (working_region.hpp); iterations; time, if the cells have it (timing.hpp). Every number
/// has a column of its own, as plain text; "–" where there is none. Columns that the sweep cannot
/// fill are left out. Throws StoreError as RowSettings does.
Table model_table(const Cells& cells);

} // namespace basin
