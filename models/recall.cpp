#include "models/recall.hpp"

#include "models/decision_table.hpp"
#include "models/kernel.hpp"
#include "models/metrics.hpp"

namespace basin {

namespace {

Outcome recall_one(const Scene& scene, const Setting& setting) {
    Outcome outcome;
    if (auto reason = not_applicable(setting)) {
        outcome.status = Status::not_applicable;
        outcome.message = std::move(*reason);
        return outcome;
    }
    const DecisionTable table = make_decision_table(setting, scene.dimension());
    const Dynamics dynamics{setting.update, setting.tie, setting.max_sweeps};
    std::vector<Trajectory> paths;
    paths.reserve(scene.probe_count());
    for (std::uint32_t probe = 0; probe < scene.probe_count(); ++probe) {
        paths.push_back(run_probe(scene, probe, table, dynamics));
        outcome.flags = static_cast<Flags>(outcome.flags | paths.back().counts.flags);
    }
    outcome.values = evaluate(scene, paths);
    outcome.status = Status::done;
    return outcome;
}

} // namespace

std::vector<Outcome> recall(const Scene& scene, std::span<const Setting> settings) {
    std::vector<Outcome> outcomes;
    outcomes.reserve(settings.size());
    for (const Setting& setting : settings)
        outcomes.push_back(recall_one(scene, setting));
    return outcomes;
}

} // namespace basin
