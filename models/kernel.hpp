#pragma once
// The table-driven network: one look-up per memory and decision, whatever F, n and beta are.

#include "models/decision_table.hpp"
#include "models/scene.hpp"
#include "models/trajectory.hpp"

namespace basin {

/// How a probe is driven.
struct Dynamics {
    Choice<Updates> update;
    Choice<Ties> tie;
    std::uint32_t max_sweeps = 50;
};

/// Runs probe `probe` of the scene under the table. Equal to oracle_recall() in every field.
/// Cost: probe_count-independent, K look-ups per decision and K more per flip.
Trajectory run_probe(const Scene& scene, std::uint32_t probe, const DecisionTable& table,
                     const Dynamics& dynamics);

} // namespace basin
