#include "models/recall.hpp"

#include "models/metrics.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

namespace basin {

namespace {

/// What settings that walk together have in common.
struct Common {
    ExactModel model;
    Dynamics dynamics;
    auto operator<=>(const Common&) const = default;
};

Dynamics dynamics_of(const Setting& setting) {
    return {setting.update, setting.tie, setting.max_sweeps};
}

SettingGroup make_group(const Common& common, std::span<const Setting> settings,
                        std::vector<std::size_t> members, std::uint32_t dimension,
                        TableCache& cache) {
    SettingGroup group;
    group.dynamics = common.dynamics;
    group.exact = cache.exact(common.model, dimension);
    for (const std::size_t member : members) {
        const Setting& setting = settings[member];
        const bool attributed = setting.attribution.is<AttributeAll>();
        group.attributed.push_back(attributed);
        if (setting.precision.is<Exact>()) {
            // An exact member is the truth itself.
            group.truth = group.contenders.size();
            group.contenders.emplace_back();
            continue;
        }
        group.tables.push_back(cache.direct(setting, dimension));
        group.contenders.push_back({&group.tables.back()->table, &group.tables.back()->closeness});
    }
    const bool attributes = std::ranges::find(group.attributed, true) != group.attributed.end();
    if (attributes && !group.truth) {
        group.truth = group.contenders.size();
        group.contenders.emplace_back();
    }
    group.members = std::move(members);
    return group;
}

} // namespace

std::vector<SettingGroup> group_settings(std::span<const Setting> settings, std::uint32_t dimension,
                                         TableCache& cache) {
    cache.trim();
    std::map<Common, std::vector<std::size_t>> groups;
    for (std::size_t s = 0; s < settings.size(); ++s)
        if (!not_applicable(settings[s]))
            groups[{exact_model(settings[s], dimension), dynamics_of(settings[s])}].push_back(s);
    std::vector<SettingGroup> result;
    result.reserve(groups.size());
    for (auto& [common, members] : groups)
        result.push_back(make_group(common, settings, std::move(members), dimension, cache));
    return result;
}

Paths paths_for(const Scene& scene, const SettingGroup& group) {
    return Paths(group.contenders.size(), std::vector<Trajectory>(scene.probe_count()));
}

void walk(const Scene& scene, const SettingGroup& group, ProbeRange range, Paths& paths) {
    Kernel kernel(scene, *group.exact, group.contenders, group.dynamics);
    for (std::uint32_t probe = range.first; probe < range.last; ++probe) {
        std::vector<Trajectory> ends = kernel.run(probe);
        for (std::size_t c = 0; c < ends.size(); ++c)
            paths[c][probe] = std::move(ends[c]);
    }
}

Outcome judge(const Scene& scene, const SettingGroup& group, std::size_t member,
              const Paths& paths) {
    const std::vector<Trajectory>& own = paths[member];
    Outcome outcome;
    outcome.status = Status::done;
    for (const Trajectory& path : own)
        outcome.flags = static_cast<Flags>(outcome.flags | path.counts.flags);
    outcome.values =
        evaluate(scene, own,
                 group.attributed[member] ? std::span<const Trajectory>(paths[*group.truth])
                                          : std::span<const Trajectory>());
    return outcome;
}

std::vector<Outcome> recall(const Scene& scene, std::span<const Setting> settings,
                            TableCache& cache) {
    std::vector<Outcome> outcomes(settings.size());
    for (std::size_t s = 0; s < settings.size(); ++s)
        if (auto reason = not_applicable(settings[s])) {
            outcomes[s].status = Status::not_applicable;
            outcomes[s].message = std::move(*reason);
        }
    for (const SettingGroup& group : group_settings(settings, scene.dimension(), cache)) {
        Paths paths = paths_for(scene, group);
        walk(scene, group, {0, scene.probe_count()}, paths);
        for (std::size_t m = 0; m < group.members.size(); ++m)
            outcomes[group.members[m]] = judge(scene, group, m, paths);
    }
    return outcomes;
}

std::vector<Outcome> recall(const Scene& scene, std::span<const Setting> settings) {
    TableCache cache;
    return recall(scene, settings, cache);
}

} // namespace basin
