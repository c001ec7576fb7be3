#include "models/bipolar/shared/setting_group.hpp"

#include <algorithm>
#include <map>
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
    std::vector<Contender> contenders;
    group.dynamics = common.dynamics;
    group.exact = cache.exact(common.model, dimension);
    for (const std::size_t member : members) {
        const Setting& setting = settings[member];
        const bool attributed = setting.attribution.is<AttributeAll>();
        group.attributed.push_back(attributed);
        if (setting.precision.is<Exact>()) {
            // An exact member is the truth itself.
            group.truth = contenders.size();
            contenders.emplace_back();
            continue;
        }
        group.tables.push_back(cache.direct(setting, dimension));
        contenders.push_back({&group.tables.back()->table, &group.tables.back()->closeness});
    }
    const bool attributes = std::ranges::find(group.attributed, true) != group.attributed.end();
    if (attributes && !group.truth) {
        group.truth = contenders.size();
        contenders.emplace_back();
    }
    group.contenders = Contenders(contenders);
    group.members = std::move(members);
    return group;
}

} // namespace

std::vector<SettingGroup> group_settings(std::span<const Setting> settings, std::uint32_t dimension,
                                         TableCache& cache) {
    cache.trim();
    std::map<Common, std::vector<std::size_t>> groups;
    for (std::size_t s = 0; s < settings.size(); ++s)
        if (!is_continuous(settings[s]) && !not_applicable(settings[s]))
            groups[{exact_model(settings[s], dimension), dynamics_of(settings[s])}].push_back(s);
    std::vector<SettingGroup> result;
    result.reserve(groups.size());
    for (auto& [common, members] : groups)
        result.push_back(make_group(common, settings, std::move(members), dimension, cache));
    return result;
}

std::shared_ptr<const std::vector<SettingGroup>>
GroupCache::groups(std::span<const Setting> settings, std::uint32_t dimension) {
    if (groups_ && dimension == dimension_ && std::ranges::equal(settings, settings_))
        return groups_;
    settings_.assign(settings.begin(), settings.end());
    dimension_ = dimension;
    groups_ = std::make_shared<const std::vector<SettingGroup>>(
        group_settings(settings, dimension, tables_));
    return groups_;
}

} // namespace basin
