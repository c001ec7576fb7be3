#pragma once
// Continuous networks: state <- memories . separation(similarity of memories and state), again and
// again (Ramsauer et al. 2020, eq. 3; Millidge et al. 2022, eq. 2).
//
// An update makes the whole state anew. A probe stops at a fixed point, where
// |x' - x| <= tolerance (1 + |x|), at the limit of steps, or where weights are undefined. With
// fixed_steps > 0 that many are made, fixed point or not.

#include "models/base/cancellation.hpp"
#include "models/continuous/real_path.hpp"
#include "models/continuous/separations.hpp"
#include "models/scene/real_scene.hpp"
#include "models/scene/setting.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace basin {

/// Settings whose first similarities are the same.
struct RealGroup {
    std::vector<std::size_t> members; ///< indices of the settings
    Likeness likeness;
    std::vector<Setting> settings; ///< [member]
};

/// The groups of the continuous ones among these settings that have a meaning, in the order of
/// their first members.
std::vector<RealGroup> group_real_settings(std::span<const Setting> settings);

/// The tolerance of a setting: what it says, or 1e-10 in float64 and 1e-5 else.
double tolerance_of(const Setting& setting);

/// How far apart what the tolerance does not tell apart may be, as a share of its size: 1e-6, or
/// 100 tolerances where those are larger. A probe stops short of its fixed point, by some
/// tolerances.
double same_share(const Setting& setting);

/// same_share() of weights: those that lack no more of the largest one are as large. At most 0.5.
double tie_share(const Setting& setting);

/// Probes that walk side by side among so many memories: enough that memories are read rarely, few
/// enough that their similarities take 32 MB at most, if those of 16 do not take more. A multiple
/// of RealTile::query_step.
std::size_t queries_abreast(std::size_t memory_count);

/// The paths of probes first ... last - 1, [member][probe - first]: the same ones however a scene's
/// probes are cut into ranges. Throws InputError as Scorer does, and OutOfPatience.
std::vector<std::vector<RealPath>> walk(const RealScene& scene, const RealGroup& group,
                                        std::uint32_t first, std::uint32_t last,
                                        const Patience& patience = {});

} // namespace basin
