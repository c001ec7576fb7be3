#pragma once
// The fast network. Contenders that share a probe, an update rule and an exact model walk together:
// one exact sum per decision serves all whose own arithmetic provably agrees with it, and they part
// only where their decisions do.

#include "models/base/cancellation.hpp"
#include "models/bipolar/shared/coupled_recall.hpp"
#include "models/bipolar/shared/setting_group.hpp"
#include "models/bipolar/trajectory.hpp"
#include "models/scene/scene.hpp"

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace basin {

/// Where the contenders of a probe ended: those that went all the way as one share a trajectory.
struct Ends {
    std::vector<Trajectory> paths;
    std::vector<std::uint32_t> path_of; ///< [contender] index of its path

    const Trajectory& path(std::size_t contender) const { return paths[path_of[contender]]; }
};

/// A probe at its cue: what the walks of all groups begin with.
struct ProbeStart {
    explicit ProbeStart(const Scene& scene) : overlaps(scene) {}

    void move_to(const Scene& scene, std::uint32_t to_probe) {
        probe = to_probe;
        overlaps.move_to(scene.cues.row(probe));
        orders.move_to(scene.key, probe, scene.dimension());
    }

    std::uint32_t probe = 0;
    Overlaps overlaps;
    UpdateOrders orders;
};

/// Runs probes of a scene for contenders: one trajectory each, in their order, equal to
/// oracle_recall() in every field whoever else walks along. All tables and `exact` come from
/// settings of one exact model, and like scene and contenders outlive the object. Cost: K look-ups
/// per decision of a group that walks together, K + N more per flip, and about as much again for a
/// decision that a contender has to make on its own.
class Kernel {
public:
    /// Without `looks_ahead` every state is looked at, to the same end: for tests and benchmarks.
    Kernel(const Scene& scene, const ExactTable& exact, const Contenders& contenders,
           const Dynamics& dynamics, bool looks_ahead = true)
        : scene_(&scene), contenders_(&contenders), dynamics_(dynamics),
          company_(std::make_unique<Company>(scene, exact, dynamics.tie, looks_ahead)) {}

    /// Throws std::runtime_error where an exact decision needs more bits than ExactValues::sign()
    /// takes, and OutOfPatience; after that the object is of no use.
    Ends run(ProbeStart& start, const Patience& patience = {});

private:
    const Scene* scene_;
    const Contenders* contenders_;
    Dynamics dynamics_;
    std::unique_ptr<Company> company_; ///< its room is used again
};

} // namespace basin
