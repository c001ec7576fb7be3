#include "analysis/capacity/crossing_rule.hpp"

#include <algorithm>

namespace basin {

double unseen_dispersion(std::string_view metric, std::uint32_t probes) {
    return metric == "all_recalled" ? 1.0 : 1.0 / std::max(1U, probes);
}

std::uint32_t fewest_probes(const CueSpec& cues) {
    return are_from_file(cues) ? 1 : cues.probe_count;
}

CrossingRule crossing_rule(const CapacityRule& asked, std::uint32_t probes) {
    constexpr std::uint32_t pilot = 4;
    CrossingRule rule;
    rule.threshold = asked.criterion.threshold;
    rule.direction = asked.criterion.at_least ? Direction::falling : Direction::rising;
    rule.confidence = asked.confidence;
    rule.relative_width = asked.relative_width;
    rule.least = asked.minimum;
    rule.most = asked.maximum;
    rule.ladder_ratio = ladder_ratio_for(asked.relative_width);
    rule.pilot_replicates = std::min(pilot, asked.min_replicates);
    rule.min_replicates = asked.min_replicates;
    rule.max_replicates = asked.max_replicates;
    rule.unseen_dispersion = unseen_dispersion(asked.criterion.metric, probes);
    return rule;
}

} // namespace basin
