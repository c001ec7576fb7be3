#pragma once
// Settings that share their work on a scene.

#include "models/bipolar/shared/equivalence_classes.hpp"
#include "models/bipolar/shared/table_cache.hpp"
#include "models/scene/setting.hpp"

#include <compare>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace basin {

/// How a probe is driven.
struct Dynamics {
    Choice<Updates> update;
    Choice<Ties> tie;
    std::uint32_t max_sweeps = 50;
    auto operator<=>(const Dynamics&) const = default;
};

/// Settings that walk together: the same truth, driven the same way. It holds what it needs of the
/// cache and is only read from then on: threads may share it.
struct SettingGroup {
    std::vector<std::size_t> members; ///< indices of the settings
    Dynamics dynamics;
    std::shared_ptr<const ExactTable> exact;
    std::vector<std::shared_ptr<const DirectTable>> tables; ///< that the contenders point to
    Contenders contenders; ///< the members in their order, then perhaps `truth`
    /// The contender that every attributed member is compared with; nothing if none is.
    std::optional<std::size_t> truth;
    std::vector<bool> attributed; ///< [member]
};

/// The groups of these settings for scenes of N = `dimension`; continuous settings and those
/// without meaning are in none.
std::vector<SettingGroup> group_settings(std::span<const Setting> settings, std::uint32_t dimension,
                                         TableCache& cache);

/// Keeps tables, and the groups of the settings that were asked for last: scenes of a sweep mostly
/// ask for the same again. Not to be shared between threads, but what it returns may be.
class GroupCache {
public:
    std::shared_ptr<const std::vector<SettingGroup>> groups(std::span<const Setting> settings,
                                                            std::uint32_t dimension);

private:
    TableCache tables_;
    std::vector<Setting> settings_;
    std::uint32_t dimension_ = 0;
    std::shared_ptr<const std::vector<SettingGroup>> groups_;
};

} // namespace basin
