#include "harness/recompute/recomputed_point.hpp"

#include "harness/process/usage_error.hpp"
#include "harness/run/pattern_files.hpp"
#include "models/metrics/metrics.hpp"
#include "models/recall/setting_batch.hpp"
#include "results/store/value_difference.hpp"
#include "sweeps/coordinates/binding.hpp"
#include "sweeps/plan/applicability.hpp"

#include <fmt/format.h>

#include <utility>

namespace basin {

namespace {

/// Why the point has no continuous states; "" if it has.
std::string obstacle(const Plan& plan, std::uint64_t cell, const Setting& setting) {
    if (!is_continuous(setting))
        return fmt::format("final states are listed for continuous networks (formulation softmax "
                           "or universal), and this point has formulation {}; where its probes "
                           "end is counted in its metrics, memory_count to cycle_count",
                           setting.formulation.name());
    const std::string reason = Applicability(plan).reason(cell);
    return reason.empty() ? "" : fmt::format("this point is not applicable: {}", reason);
}

} // namespace

RecalledPoint recalled_point(const Plan& plan, std::uint64_t cell) {
    const Coordinates coordinates = plan.coordinates_of(cell);
    RecalledPoint point;
    point.setting = bind_setting(coordinates);
    if (const std::string reason = obstacle(plan, cell, point.setting); !reason.empty())
        throw UsageError(reason);
    const Banks banks = banks_of(plan);
    const SceneSpec spec = bind_scene(coordinates, plan.config().seed, plan.replicate_of(cell));
    const Scene scene = make_scene(spec, files_for(banks, coordinates));
    const std::string reason =
        scene.unasked.empty() ? not_applicable(scene, point.setting).value_or("") : scene.unasked;
    if (!reason.empty()) throw UsageError("this point is not applicable: " + reason);
    point.scene = real_scene(scene);
    const RealFamily family = real_families({&point.setting, 1}).at(0);
    const auto probes = static_cast<std::uint32_t>(point.scene->cues.rows);
    CoursePaths paths = room_for(family, probes);
    for (std::size_t group = 0; group < family.groups.size(); ++group)
        walk(*point.scene, family, group, 0, probes, paths);
    const RealFamily::Member& member = family.members.at(0);
    point.outcome = judge(*point.scene, member, paths);
    point.paths = std::move(paths[member.course]);
    return point;
}

std::vector<std::string> differing_metrics(const Inventory& inventory, const FoundPoint& point,
                                           const Outcome& again) {
    if (!point.place || point.status != Status::done) return {};
    const Outcome stored = read_record(inventory, *point.place).outcome;
    std::vector<std::string> names;
    for (std::size_t m = 0; m < metrics().size(); ++m)
        if (inventory.metric_maps[point.place->journal].has(m) &&
            !same_number(stored.values.at(m), again.values.at(m)))
            names.emplace_back(metrics()[m].name);
    return names;
}

} // namespace basin
