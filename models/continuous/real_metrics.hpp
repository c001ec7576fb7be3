#pragma once
// What is measured on the probes of a continuous network. Metrics that bipolar networks have too
// keep their names, and their meaning as far as it goes.

#include "models/continuous/real_evaluation.hpp"
#include "models/scene/metric_range.hpp"

#include <span>
#include <string_view>
#include <vector>

namespace basin {

struct RealMetric {
    std::string_view name;
    double (*value)(const RealEvaluation&);
    std::string_view unit = "";
    std::string_view help = ""; ///< "": it is one of bipolar networks, with its own help
    Better better = Better::neither;
    MetricRange range =
        MetricRange::open; ///< as help: of those that both have, bipolar networks say it

    constexpr bool is_shared() const { return help.empty(); }
};

std::span<const RealMetric> real_metrics();

} // namespace basin
