#pragma once
// The figures that a page draws from cells, and its histograms, as charts for print.

#include "analysis/charts/chart.hpp"
#include "analysis/page/page.hpp"

#include <vector>

namespace basin {

/// A chart for each figure of the page, in its order, with the figure's id and title; figures of
/// several quantities become a chart each: "recall", "recall-exact_recall". A figure that is left
/// out, or that print cannot draw, is a chart that says why (Chart::left_out). Parameters that the
/// page leaves to its reader are facets.
std::vector<Chart> printed_figures(const PageContent& content, const ReportInput& input);

} // namespace basin
