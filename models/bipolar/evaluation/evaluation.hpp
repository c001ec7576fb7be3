#pragma once

#include "models/bipolar/evaluation/attractors.hpp"
#include "models/bipolar/evaluation/attribution.hpp"
#include "models/bipolar/exact/energy_table.hpp"
#include "models/bipolar/trajectory.hpp"
#include "models/scene/scene.hpp"

#include <array>
#include <cstdint>
#include <limits>
#include <span>

namespace basin {

/// Sums over the probes of a cell. Integers wherever possible: they add in any order.
struct Evaluation {
    std::uint64_t dimension = 0;
    std::uint64_t probes = 0;
    std::uint64_t duplicates = 0;
    std::uint64_t distance = 0;         ///< Hamming, to the target
    double euclidean_distance = 0.0;    ///< to the target
    std::uint64_t absolute_overlap = 0; ///< |N - 2 distance|
    std::uint64_t recalled = 0;
    std::uint64_t sweeps = 0;
    std::uint64_t unique_states = 0;
    std::uint64_t metastable = 0;
    std::array<std::uint64_t, stop_count> stops{};
    std::array<std::uint64_t, attractor_count> attractors{};
    std::array<std::uint64_t, verdict_count> verdicts{}; ///< all 0 if nothing was attributed
    bool attributed = false;
    double energy = std::numeric_limits<double>::quiet_NaN(); ///< of the final states
    DecisionCounts counts;

    double per_probe(std::uint64_t total) const { return ratio(total, probes); }
    double per_unit(std::uint64_t total) const { return ratio(total, probes * dimension); }
    double per_decision(std::uint64_t total) const { return ratio(total, counts.decisions); }
    double share(Stop stop) const { return per_probe(stops[static_cast<std::size_t>(stop)]); }
    double share(Verdict verdict) const {
        return attributed ? per_probe(verdicts[static_cast<std::size_t>(verdict)])
                          : std::numeric_limits<double>::quiet_NaN();
    }
    std::uint64_t disagreements() const {
        return counts.numerical_flips + counts.nans + counts.numerical_ties;
    }
    std::uint64_t number(Attractor kind) const {
        return attractors[static_cast<std::size_t>(kind)];
    }

private:
    static double ratio(std::uint64_t part, std::uint64_t whole) {
        return static_cast<double>(part) / static_cast<double>(whole);
    }
};

/// Attractor class of a final state: memory if an overlap is N; inverted if one is -N; near_memory
/// if the largest is >= 0.9 N; mixture_c (c = 3, 5, 7) if the state is within 5 % of the units of
/// sign(sum of sgn(h) xi over the c memories of largest |h|, h not 0); else spurious.
Attractor classify(const Scene& scene, const Trajectory& trajectory);

/// Adds up the trajectories of all probes of the scene, in probe order. `exact`: the same probes in
/// exact arithmetic, or empty. Without a table of energies there is no energy. Throws
/// std::invalid_argument unless there is one trajectory a probe.
Evaluation add_up(const Scene& scene, std::span<const Trajectory* const> trajectories,
                  std::span<const Trajectory* const> exact, const EnergyTable* energies);

} // namespace basin
