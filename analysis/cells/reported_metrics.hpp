#pragma once
// The metrics that reports show.

#include "analysis/cells/cells.hpp"

#include <span>
#include <string_view>
#include <vector>

namespace basin {

struct ReportedMetric {
    std::string_view name;
    bool with_interval = false;
    bool continuous = false; ///< of continuous networks alone
};

/// In the order of their columns.
std::span<const ReportedMetric> reported_metrics();

/// What the probes of a continuous network become (models/continuous/real_evaluation.hpp): metrics
/// that count them, from the best to none.
struct Regime {
    std::string_view count; ///< the metric's name
    std::string_view words;
    std::string_view color;
};
std::span<const Regime> regimes();

/// Whether the metric has a finite mean in some cell.
bool is_defined(const Measure& measure);

/// Metrics of continuous networks go where none of them is defined; where one is, so does every
/// metric without a value.
void leave_out_undefined(std::vector<Measure>& measures);

} // namespace basin
