#pragma once
// What the scenes of a plan's combinations are made of, by combination.

#include "models/metrics/metric_bounds.hpp"
#include "sweeps/plan/plan.hpp"

#include <cstdint>
#include <vector>

namespace basin {

/// Looks a combination up in a table over the few parameters that decide: a plan may have millions
/// of combinations, and binding the parameters of one takes as long as summing it up.
class CombinationScenes {
public:
    explicit CombinationScenes(const Plan& plan); ///< `plan` must outlive it

    /// `combination`: cell / replicates.
    const SceneNumbers& of(std::uint64_t combination);

private:
    struct Decider {
        std::uint64_t stride; ///< combinations from one value to the next
        std::uint64_t size;
    };
    const Plan& plan_;
    std::vector<Decider> deciders_;
    std::vector<SceneNumbers> known_; ///< [values of the deciders]; none independent: not yet
};

} // namespace basin
