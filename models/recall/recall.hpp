#pragma once
// The unit of work of a sweep: all settings on one scene. recall() does it in one go; its parts are
// there for those who share a large scene between threads: group, walk ranges of probes, judge.

#include "models/bipolar/shared/bipolar_recall.hpp"
#include "models/bipolar/shared/setting_group.hpp"
#include "models/scene/outcome.hpp"
#include "models/scene/scene.hpp"
#include "models/scene/setting.hpp"

#include <algorithm>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace basin {

/// Version of everything that determines results. It changes when results may change.
/// 5: errors are measured in one range of values a file, whichever of its patterns are drawn;
/// points are keyed by what their files hold, and draws from a file do not depend on its name.
inline constexpr std::uint32_t kernel_version = 5;

/// Probes first ... last - 1 of a scene.
struct ProbeRange {
    std::uint32_t first = 0;
    std::uint32_t last = 0;
};

/// Some probes at their cues.
class ProbeStarts {
public:
    explicit ProbeStarts(const Scene& scene) : scene_(&scene) {}

    /// To as many probes as stay in a cache from `range.first` on, one at least; `range` begins
    /// behind them then.
    void move_on(ProbeRange& range);

    /// Probes taken at a time from scenes of so many memories.
    static std::uint32_t most(std::uint32_t pattern_count) {
        return std::clamp((1U << 18U) / pattern_count, 1U, 16U);
    }

    ProbeRange range() const { return range_; }
    ProbeStart& at(std::uint32_t probe) { return starts_[probe - range_.first]; }

private:
    const Scene* scene_;
    ProbeRange range_;
    std::vector<ProbeStart> starts_;
};

using Paths = std::vector<Ends>; ///< [probe]

/// Fills in the paths of the probes of `starts`: the same ones however a scene's probes are cut
/// into ranges. Ranges that do not meet may be walked at the same time. Throws std::runtime_error
/// where an exact decision cannot be made (ExactValues::sign()), and OutOfPatience.
void walk(const Scene& scene, const SettingGroup& group, ProbeStarts& starts, Paths& paths,
          const Patience& patience = {});

/// [member] the first member with the same paths, and attributed like it: its outcome is the same.
std::vector<std::size_t> first_alike(const SettingGroup& group, const Paths& paths);

/// What a member of the group did, once all probes have walked.
Outcome judge(const Scene& scene, const SettingGroup& group, std::size_t member,
              const Paths& paths);

/// Of a setting that has no meaning on a scene, as it shows once its files are read.
Outcome without_meaning(std::string reason);

/// Runs every setting on every probe of the scene. A pure function: no clock, no I/O, no globals;
/// the cache saves time and changes nothing. Settings of one exact model and one way of driving
/// share their work. Settings that are not applicable, bipolar ones on real vectors among them, and
/// all settings on a scene without a cue have the status not_applicable, with the reason. Throws as
/// both walk() do.
std::vector<Outcome> recall(const Scene& scene, std::span<const Setting> settings,
                            GroupCache& cache);

/// With a cache of its own.
std::vector<Outcome> recall(const Scene& scene, std::span<const Setting> settings);

} // namespace basin
