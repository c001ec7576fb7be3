#pragma once
// Did the memory fail, or the arithmetic? Settings of continuous networks beside their references.

#include "models/continuous/real_network.hpp"
#include "models/scene/outcome.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace basin {

/// Settings with one similarity, which may share references. Only read once it is made: threads
/// may share it.
struct RealFamily {
    struct Member {
        std::size_t index = 0; ///< of the setting
        Setting setting;
        std::size_t course = 0;                 ///< its own
        std::optional<std::size_t> reference{}; ///< the course it is compared with, if it is
    };
    std::vector<Member> members;
    std::vector<Setting> courses;      ///< all different: a reference of many is walked once
    std::vector<RealGroup> groups;     ///< of the courses
    std::vector<std::size_t> group_of; ///< [course]
};

/// The families of the continuous ones among these settings that have a meaning; `has_shares`:
/// whether similarities of shares have one too.
std::vector<RealFamily> real_families(std::span<const Setting> settings, bool has_shares = true);

using CoursePaths = std::vector<std::vector<RealPath>>; ///< [course][probe]

/// Room for the paths of all probes.
CoursePaths room_for(const RealFamily& family, std::uint32_t probe_count);

/// Fills in the paths of a group's courses and of probes first ... last - 1, as walk() of
/// real_network.hpp does. Different groups, or ranges that do not meet, may be walked at the same
/// time.
void walk(const RealScene& scene, const RealFamily& family, std::size_t group, std::uint32_t first,
          std::uint32_t last, CoursePaths& paths, const Patience& patience = {});

/// What a member did, once its own course and its reference have walked. Throws as add_up().
Outcome judge(const RealScene& scene, const RealFamily::Member& member, const CoursePaths& paths);

} // namespace basin
