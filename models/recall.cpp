#include "models/recall.hpp"

#include "models/kernel.hpp"
#include "models/metrics.hpp"

#include <map>
#include <tuple>
#include <utility>

namespace basin {

namespace {

/// Settings that walk together: the same truth, driven the same way.
struct Group {
    ExactModel model;
    Dynamics dynamics;
    auto operator<=>(const Group&) const = default;
};

Dynamics dynamics_of(const Setting& setting) {
    return {setting.update, setting.tie, setting.max_sweeps};
}

using Paths = std::vector<std::vector<Trajectory>>; ///< [contender][probe]

Paths run_probes(const Scene& scene, const ExactTable& exact, std::span<const Contender> contenders,
                 const Dynamics& dynamics) {
    Paths paths(contenders.size());
    Kernel kernel(scene, exact, contenders, dynamics);
    for (std::uint32_t probe = 0; probe < scene.probe_count(); ++probe) {
        std::vector<Trajectory> ends = kernel.run(probe);
        for (std::size_t c = 0; c < ends.size(); ++c)
            paths[c].push_back(std::move(ends[c]));
    }
    return paths;
}

Outcome outcome_of(const Scene& scene, std::span<const Trajectory> paths,
                   std::span<const Trajectory> exact) {
    Outcome outcome;
    outcome.status = Status::done;
    for (const Trajectory& path : paths)
        outcome.flags = static_cast<Flags>(outcome.flags | path.counts.flags);
    outcome.values = evaluate(scene, paths, exact);
    return outcome;
}

/// Outcomes of the settings `members` of one group.
void run_group(const Scene& scene, const Group& group, std::span<const Setting> settings,
               std::span<const std::size_t> members, TableCache& cache,
               std::vector<Outcome>& outcomes) {
    const auto exact = cache.exact(group.model, scene.dimension());
    std::vector<std::shared_ptr<const DirectTable>> tables;
    std::vector<Contender> contenders(1); // the exact network first
    bool attributes = false;
    for (const std::size_t member : members) {
        const Setting& setting = settings[member];
        attributes = attributes || setting.attribution.is<AttributeAll>();
        if (setting.precision.is<Exact>()) {
            contenders.emplace_back();
            continue;
        }
        tables.push_back(cache.direct(setting, scene.dimension()));
        contenders.push_back({&tables.back()->table, &tables.back()->closeness});
    }
    const std::size_t first = attributes ? 0 : 1;
    const Paths paths =
        run_probes(scene, *exact, std::span(contenders).subspan(first), group.dynamics);
    for (std::size_t i = 0; i < members.size(); ++i) {
        const bool attributed = settings[members[i]].attribution.is<AttributeAll>();
        const auto truth =
            attributed ? std::span<const Trajectory>(paths[0]) : std::span<const Trajectory>();
        outcomes[members[i]] = outcome_of(scene, paths[i + 1 - first], truth);
    }
}

} // namespace

std::vector<Outcome> recall(const Scene& scene, std::span<const Setting> settings,
                            TableCache& cache) {
    cache.trim();
    std::vector<Outcome> outcomes(settings.size());
    std::map<Group, std::vector<std::size_t>> groups;
    for (std::size_t s = 0; s < settings.size(); ++s) {
        if (auto reason = not_applicable(settings[s])) {
            outcomes[s].status = Status::not_applicable;
            outcomes[s].message = std::move(*reason);
            continue;
        }
        groups[{exact_model(settings[s], scene.dimension()), dynamics_of(settings[s])}].push_back(
            s);
    }
    for (const auto& [group, members] : groups)
        run_group(scene, group, settings, members, cache, outcomes);
    return outcomes;
}

std::vector<Outcome> recall(const Scene& scene, std::span<const Setting> settings) {
    TableCache cache;
    return recall(scene, settings, cache);
}

} // namespace basin
