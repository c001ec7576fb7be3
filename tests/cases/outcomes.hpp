#pragma once
// What a small config with pattern files gives, computed in this process.

#include "harness/run/pattern_files.hpp"
#include "models/metrics/metrics.hpp"
#include "models/recall/recall.hpp"
#include "sweeps/config/config.hpp"
#include "sweeps/coordinates/binding.hpp"
#include "sweeps/plan/plan.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace basin::tests {

/// The outcomes of all points, in the order of their jobs and cells.
inline std::vector<Outcome> outcomes_of(const std::string& config_text) {
    const Plan plan(parse_config(config_text, "case", {}));
    const Banks banks = load_banks(plan.config());
    std::vector<Outcome> outcomes;
    for (std::uint64_t job = 0; job < plan.job_count(); ++job) {
        const Coordinates coordinates = plan.scene_of(job);
        const Scene scene =
            make_scene(bind_scene(coordinates, plan.config().seed, plan.replicate_of_job(job)),
                       bank_for(banks, coordinates));
        std::vector<Setting> settings;
        plan.visit_points(job, 0, [&](std::uint64_t cell) {
            settings.push_back(bind_setting(plan.coordinates_of(cell)));
            return true;
        });
        for (Outcome& outcome : recall(scene, settings))
            outcomes.push_back(std::move(outcome));
    }
    return outcomes;
}

inline double value_of(const Outcome& outcome, std::string_view metric) {
    return outcome.values.at(metric_index(metric));
}

/// What a config that is refused says of its files, or "accepted".
inline std::string refusal_of_config(const std::string& config_text) {
    try {
        load_banks(parse_config(config_text, "case", {}));
    } catch (const ConfigError& error) {
        return error.what();
    }
    return "accepted";
}

} // namespace basin::tests
