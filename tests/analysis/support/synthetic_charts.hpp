#pragma once
// Charts made by formulas, one of each kind that reports draw.

#include "analysis/charts/chart.hpp"

#include <vector>

namespace basin::tests {

/// Points with intervals over 5 vertices, of 3 similarities (colours), 2 formulations (panels) and
/// 4 dimensions, with lines of theory: kinds measured, theory, bound. y is logarithmic or linear.
/// The last vertex of each measured series is censored (arrow up), the first is open, the third of
/// the first similarity is from 0 to infinity; one rule.
Chart capacity_chart();

/// Lines with bands over a logarithmic or linear x, of 4 dimensions (colours), with steps and a
/// wide bracket, and a rule along either axis; no panels.
Chart recall_chart();

/// 6 x 5 tiles of 2 precisions (panels) and 2 formulations: of each, one failed, one not run, one
/// not applicable, four hatched; a line of theory over them.
Chart share_map();

/// Differences of shares, 4 x 3 tiles, without facets.
Chart difference_map();

/// Points with intervals along x over categories of y, with notes that CSV must quote.
Chart ranking_chart();

/// One line without a facet.
Chart plain_chart();

/// A chart that is left out.
Chart absent_chart();

/// All of them.
std::vector<Chart> synthetic_charts();

} // namespace basin::tests
