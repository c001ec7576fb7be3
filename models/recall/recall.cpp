#include "models/recall/recall.hpp"

#include "models/metrics/metrics.hpp"
#include "models/recall/setting_batch.hpp"

#include <algorithm>
#include <limits>
#include <string>
#include <unordered_map>
#include <utility>

namespace basin {

void ProbeStarts::move_on(ProbeRange& range) {
    range_ = {range.first,
              range.first + std::min(range.last - range.first, most(scene_->pattern_count()))};
    range.first = range_.last;
    while (starts_.size() < range_.last - range_.first)
        starts_.emplace_back(*scene_);
    for (std::uint32_t probe = range_.first; probe < range_.last; ++probe)
        at(probe).move_to(*scene_, probe);
}

void walk(const Scene& scene, const SettingGroup& group, ProbeStarts& starts, Paths& paths,
          const Patience& patience) {
    Kernel kernel(scene, *group.exact, group.contenders, group.dynamics);
    for (std::uint32_t probe = starts.range().first; probe < starts.range().last; ++probe)
        paths[probe] = kernel.run(starts.at(probe), patience);
}

namespace {

/// The paths of a contender, in probe order.
std::vector<const Trajectory*> paths_of(std::size_t contender, const Paths& paths) {
    std::vector<const Trajectory*> own;
    own.reserve(paths.size());
    for (const Ends& ends : paths)
        own.push_back(&ends.path(contender));
    return own;
}

bool alike(std::size_t a, std::size_t b, const Paths& paths) {
    return std::ranges::all_of(
        paths, [&](const Ends& ends) { return ends.path_of[a] == ends.path_of[b]; });
}

} // namespace

std::vector<std::size_t> first_alike(const SettingGroup& group, const Paths& paths) {
    // Numbers that are equal for members with equal paths.
    std::vector<std::uint64_t> number(group.members.size());
    for (std::size_t m = 0; m < number.size(); ++m)
        number[m] = group.attributed[m] ? 1 : 0;
    for (const Ends& ends : paths)
        for (std::size_t m = 0; m < number.size(); ++m)
            number[m] = number[m] * 0x9E3779B97F4A7C15U + ends.path_of[m];
    std::vector<std::size_t> first(number.size());
    std::unordered_map<std::uint64_t, std::size_t> with_number;
    for (std::size_t m = 0; m < first.size(); ++m) {
        const std::size_t other = with_number.try_emplace(number[m], m).first->second;
        const bool same = group.attributed[m] == group.attributed[other] && alike(m, other, paths);
        first[m] = same ? other : m;
    }
    return first;
}

Outcome judge(const Scene& scene, const SettingGroup& group, std::size_t member,
              const Paths& paths) {
    const auto own = paths_of(member, paths);
    const auto truth =
        group.attributed[member] ? paths_of(*group.truth, paths) : std::vector<const Trajectory*>();
    Outcome outcome;
    outcome.status = Status::done;
    for (const Trajectory* path : own)
        outcome.flags = static_cast<Flags>(outcome.flags | path->counts.flags);
    outcome.values = evaluate(scene, own, truth, &group.exact->energy);
    return outcome;
}

namespace {

void recall_continuous(const Scene& scene, std::span<const Setting> settings,
                       std::span<Outcome> outcomes) {
    const std::vector<RealFamily> families = real_families(settings, scene.no_shares.empty());
    if (families.empty()) return;
    const auto real = real_scene(scene);
    for (const RealFamily& family : families) {
        CoursePaths paths = room_for(family, scene.probe_count());
        for (std::size_t group = 0; group < family.groups.size(); ++group)
            walk(*real, family, group, 0, scene.probe_count(), paths);
        for (const RealFamily::Member& member : family.members)
            outcomes[member.index] = judge(*real, member, paths);
    }
}

} // namespace

Outcome without_meaning(std::string reason) {
    Outcome outcome;
    outcome.status = Status::not_applicable;
    outcome.values.assign(metrics().size(), std::numeric_limits<double>::quiet_NaN());
    outcome.message = std::move(reason);
    return outcome;
}

std::vector<Outcome> recall(const Scene& scene, std::span<const Setting> settings,
                            GroupCache& cache) {
    std::vector<Outcome> outcomes(settings.size());
    if (!scene.unasked.empty()) {
        outcomes.assign(settings.size(), without_meaning(scene.unasked));
        return outcomes;
    }
    for (std::size_t s = 0; s < settings.size(); ++s) {
        auto reason = not_applicable(settings[s]);
        if (!reason) reason = not_applicable(scene, settings[s]);
        if (reason) outcomes[s] = without_meaning(std::move(*reason));
    }
    recall_continuous(scene, settings, outcomes);
    if (scene.real) return outcomes;
    const auto kept = cache.groups(settings, scene.dimension());
    const std::vector<SettingGroup>& groups = *kept;
    std::vector<Paths> paths(groups.size(), Paths(scene.probe_count()));
    ProbeStarts starts(scene);
    for (ProbeRange rest{0, scene.probe_count()}; rest.first < rest.last;) {
        starts.move_on(rest);
        for (std::size_t g = 0; g < groups.size(); ++g)
            walk(scene, groups[g], starts, paths[g]);
    }
    for (std::size_t g = 0; g < groups.size(); ++g) {
        const SettingGroup& group = groups[g];
        const std::vector<std::size_t> first = first_alike(group, paths[g]);
        for (std::size_t m = 0; m < first.size(); ++m)
            outcomes[group.members[m]] = first[m] == m ? judge(scene, group, m, paths[g])
                                                       : outcomes[group.members[first[m]]];
    }
    return outcomes;
}

std::vector<Outcome> recall(const Scene& scene, std::span<const Setting> settings) {
    GroupCache cache;
    return recall(scene, settings, cache);
}

} // namespace basin
