#pragma once
// Whose fault the failures of a continuous setting are.

#include "models/metrics/metrics.hpp"
#include "models/recall/setting_batch.hpp"

#include <array>
#include <string_view>

namespace basin::tests {

inline constexpr std::array verdict_names{"ok", "capacity_failure", "numerical_failure", "lucky",
                                          "mixed"};

inline double value(const Outcome& outcome, std::string_view metric) {
    return outcome.values[metric_index(metric)];
}

/// What a setting did on a scene made by hand.
inline Outcome outcome_of(const RealScene& scene, const Setting& setting) {
    const RealFamily family = real_families({&setting, 1}).at(0);
    const auto probes = static_cast<std::uint32_t>(scene.cues.rows);
    CoursePaths paths = room_for(family, probes);
    for (std::size_t group = 0; group < family.groups.size(); ++group)
        walk(scene, family, group, 0, probes, paths);
    return judge(scene, family.members.at(0), paths);
}

} // namespace basin::tests
