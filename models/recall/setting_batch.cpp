#include "models/recall/setting_batch.hpp"

#include "models/continuous/canonical_setting.hpp"
#include "models/recall/real_judge.hpp"

#include <algorithm>

namespace basin {

namespace {

bool is_alike(const Setting& a, const Setting& b) {
    return a.real_similarity == b.real_similarity && a.similarity_delta == b.similarity_delta;
}

/// The place of a course among the family's, where it is put if it is new.
std::size_t place_of(const Setting& course, RealFamily& family) {
    const auto found = std::ranges::find(family.courses, course);
    const auto place = static_cast<std::size_t>(found - family.courses.begin());
    if (found == family.courses.end()) family.courses.push_back(course);
    return place;
}

void add_member(const Setting& setting, std::size_t index, RealFamily& family) {
    RealFamily::Member member{index, setting, place_of(canonical_setting(setting), family)};
    if (setting.attribution.is<AttributeAll>())
        member.reference = place_of(canonical_setting(reference_of(setting)), family);
    family.members.push_back(member);
}

} // namespace

std::vector<RealFamily> real_families(std::span<const Setting> settings, bool has_shares) {
    std::vector<RealFamily> families;
    for (std::size_t s = 0; s < settings.size(); ++s) {
        if (!is_continuous(settings[s]) || not_applicable(settings[s])) continue;
        if (!has_shares && settings[s].real_similarity.visit([](auto one) { return one.shares; }))
            continue;
        auto family = std::ranges::find_if(families, [&](const RealFamily& other) {
            return is_alike(other.members.front().setting, settings[s]);
        });
        if (family == families.end()) family = families.emplace(family);
        add_member(settings[s], s, *family);
    }
    for (RealFamily& family : families) {
        family.groups = group_real_settings(family.courses);
        family.group_of.resize(family.courses.size());
        for (std::size_t g = 0; g < family.groups.size(); ++g)
            for (const std::size_t course : family.groups[g].members)
                family.group_of[course] = g;
    }
    return families;
}

CoursePaths room_for(const RealFamily& family, std::uint32_t probe_count) {
    return CoursePaths(family.courses.size(), std::vector<RealPath>(probe_count));
}

void walk(const RealScene& scene, const RealFamily& family, std::size_t group, std::uint32_t first,
          std::uint32_t last, CoursePaths& paths, const Patience& patience) {
    auto walked = walk(scene, family.groups[group], first, last, patience);
    for (std::size_t w = 0; w < walked.size(); ++w)
        std::ranges::move(walked[w], paths[family.groups[group].members[w]].begin() + first);
}

Outcome judge(const RealScene& scene, const RealFamily::Member& member, const CoursePaths& paths) {
    std::span<const RealPath> reference;
    if (member.reference) reference = paths[*member.reference];
    return judge(scene, member.setting, paths[member.course], reference);
}

} // namespace basin
