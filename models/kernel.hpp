#pragma once
// The fast network. Contenders that share a probe, an update rule and an exact model walk together:
// one exact sum per decision serves all whose own arithmetic provably agrees with it, and they part
// only where their decisions do.

#include "models/decision_table.hpp"
#include "models/exact_table.hpp"
#include "models/scene.hpp"
#include "models/standing.hpp"
#include "models/trajectory.hpp"

#include <cstdint>
#include <memory>
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

/// A number format's network beside the exact one; without a table, the exact one itself.
struct Contender {
    const DecisionTable* table = nullptr;
    const Closeness* closeness = nullptr;
};

/// Runs probes of a scene for contenders: one trajectory each, in their order, equal to
/// oracle_recall() in every field whoever else walks along. All tables and `exact` come from
/// settings of one exact model, and like the scene outlive the object. Cost: K look-ups per
/// decision of a group that walks together, K + N more per flip, and about as much again for a
/// decision that a contender has to make on its own.
class Kernel {
public:
    Kernel(const Scene& scene, const ExactTable& exact, std::span<const Contender> contenders,
           const Dynamics& dynamics);
    ~Kernel();
    Kernel(const Kernel&) = delete;
    Kernel& operator=(const Kernel&) = delete;

    std::vector<Trajectory> run(std::uint32_t probe);

private:
    struct State;
    std::unique_ptr<State> state_;
};

} // namespace basin
