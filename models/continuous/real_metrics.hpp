#pragma once
// What is measured on the probes of a continuous network. Metrics that bipolar networks have too
// keep their names, and their meaning as far as it goes.

#include "models/continuous/real_evaluation.hpp"
#include "models/metrics.hpp"

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

/// What a continuous setting did: one value per entry of metrics(), NaN where one is not defined.
/// `reference` and exceptions: as of add_up().
Outcome judge(const RealScene& scene, const Setting& setting, std::span<const RealPath> paths,
              std::span<const RealPath> reference = {});

} // namespace basin
