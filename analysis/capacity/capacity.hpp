#pragma once
// The capacity report: how many patterns each network holds, and what theory expects.

#include "analysis/capacity/capacity_curves.hpp"
#include "analysis/page/page.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace basin {

/// Metrics of which the report needs every replicate (read_cells): the criterion's and the final
/// overlap, whose distribution it shows where scenes have one probe each.
std::vector<std::string_view> capacity_report_metrics(const Criterion& criterion);

/// A row a curve: its parameters, K_c with its interval, what became of the search, and theory.
Table critical_count_table(const Cells& cells, const CapacityCurves& curves);

/// A row a fitted law K_c = a N^b: the parameters of its curves but the dimension, exponent with
/// interval, theory's, factor, scatter and residuals.
Table capacity_law_table(const Cells& cells, const CapacityCurves& curves);

/// What the curves say by fixed rules:
///   1. the criterion, and how many curves cross it
///   2. per kind of network: its K_c, or how far it varies, against theory
///   3. the laws K_c ~ N^b, and whether theory's exponent is within their intervals
///   4. where numbers overflow at or below K_c: the arithmetic may have failed, not the memory
///   5. what is missing: failed points, curves without an interval
std::vector<std::string> capacity_findings(const Cells& cells, const CapacityCurves& curves);

/// What the page has, by the criterion of the input, or that of the config, or exact_recall >= 0.5.
PageContent capacity_content(const ReportInput& input);

} // namespace basin
