#include "models/recall/real_judge.hpp"

#include "models/continuous/real_metrics.hpp"
#include "models/metrics/metrics.hpp"

#include <limits>

namespace basin {

Outcome judge(const RealScene& scene, const Setting& setting, std::span<const RealPath> paths,
              std::span<const RealPath> reference) {
    const RealEvaluation sum = add_up(scene, setting, paths, reference);
    Outcome outcome;
    outcome.status = Status::done;
    outcome.flags = sum.counts.flags;
    outcome.values.assign(metrics().size(), std::numeric_limits<double>::quiet_NaN());
    for (const RealMetric& metric : real_metrics())
        outcome.values[metric_index(metric.name)] = metric.value(sum);
    for (std::size_t f = 0; f < all_flags.size(); ++f)
        outcome.values[metric_index(all_flags[f].fraction)] =
            sum.per_decision(sum.counts.flagged[f]);
    return outcome;
}

} // namespace basin
