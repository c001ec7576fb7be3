#pragma once
// The stability report: where recall fails by arithmetic, and whether theory said so.

#include "analysis/cells/cells.hpp"
#include "analysis/page/page.hpp"

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace basin {

/// Metrics of which the arithmetic's part needs every replicate.
inline constexpr std::array<std::string_view, 6> stability_metrics{
    "exact_recall",      "numerical_failure", "num_nan",
    "overflow_fraction", "all_zero_fraction", "beta_underflow_fraction"};

/// The cells of the original and the normalized formulation: those that the report is about.
Cells comparable_cells(const Cells& cells);

/// The predicted frontiers (frontier_lines.hpp) for stability_maps of the same cells.
std::vector<Overlay> stability_overlays(const Cells& cells);

/// Exact recall and numerical failure over the interaction vertex and beta, formulations side by
/// side, one row of panels per precision; predicted frontiers drawn over them. Where beta does not
/// vary, the cue level takes its place.
std::vector<Figure> stability_maps(const Cells& cells, const std::vector<Overlay>& overlays);

/// Predicted, measured, agree: one row per kind of failure, formulation, precision, dimension, cue
/// level and outcome. Cells that differ otherwise stand in one row as long as their frontiers are
/// predicted and measured at the same vertex.
Table frontier_table(const Cells& cells);

/// What the cells say by fixed rules; a difference that cannot be told from zero is not mentioned:
///   1. points that failed or were not run
///   2. how many predicted frontiers were measured where they were predicted
///   3. per precision and interaction: exact recall of normalized against original, paired over
///      replicates
///   4. per formulation and rounding precision: queries lost to the arithmetic, which exact
///      arithmetic recalls
///   5. whether the formulations are one model in exact arithmetic
std::vector<std::string> stability_findings(const Cells& cells);

/// Metrics of which the page needs every replicate (read_cells): those and model_metrics.
std::vector<std::string_view> stability_report_metrics(const Criterion&);

/// What the page has. Of several stores the cells are joined (joined_cells.hpp).
PageContent stability_content(const ReportInput& input);

/// The page.
std::string stability_report(const Cells& cells, const std::vector<std::string>& sessions);

} // namespace basin
