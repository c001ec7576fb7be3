#include "models/bipolar/evaluation/evaluation.hpp"

#include <algorithm>
#include <cmath>
#include <compare>
#include <numeric>
#include <stdexcept>
#include <vector>

namespace basin {

namespace {

/// The attractor of a path that did not end on a fixed point.
Attractor without_fixed_point(Stop stop) {
    const bool cycles = stop == Stop::cycle2 || stop == Stop::cycle;
    return cycles ? Attractor::cycle : Attractor::unconverged;
}

bool equals_some(const BitMatrix& memories, const std::vector<Word>& state) {
    for (std::size_t mu = 0; mu < memories.rows; ++mu)
        if (std::ranges::equal(memories.row(mu), state)) return true;
    return false;
}

/// Ended decided, on the target or, where there is none, on any memory.
bool recalled(const Scene& scene, std::int32_t target, const Trajectory& path) {
    if (path.stop == Stop::undecided) return false;
    if (target < 0) return equals_some(scene.memories, path.state);
    return std::ranges::equal(scene.memories.row(static_cast<std::size_t>(target)), path.state);
}

/// Adds one probe, whose final state `around` is turned to. Returns its attractor.
Attractor add_probe(Evaluation& sum, const Scene& scene, std::int32_t target,
                    const Trajectory& trajectory, const Trajectory* exact, Surroundings& around) {
    const std::uint32_t off =
        target < 0
            ? around.nearest_distance()
            : distance(scene.memories.row(static_cast<std::size_t>(target)), trajectory.state);
    const std::uint64_t twice = 2 * std::uint64_t{off};
    sum.distance += off;
    sum.euclidean_distance += 2.0 * std::sqrt(static_cast<double>(off));
    sum.absolute_overlap += twice > sum.dimension ? twice - sum.dimension : sum.dimension - twice;
    const bool is_recalled = off == 0 && trajectory.stop != Stop::undecided;
    sum.recalled += is_recalled;
    if (exact) {
        const bool same = exact->state == trajectory.state;
        const Verdict verdict = judge({.recalled = is_recalled,
                                       .recalled_exactly = recalled(scene, target, *exact),
                                       .same_final_state = same});
        ++sum.verdicts[static_cast<std::size_t>(verdict)];
    }
    sum.sweeps += trajectory.sweeps;
    ++sum.stops[static_cast<std::size_t>(trajectory.stop)];
    sum.counts += trajectory.counts;

    // On the target no other memory has to be looked at.
    const Attractor attractor = trajectory.stop != Stop::fixed_point
                                    ? without_fixed_point(trajectory.stop)
                                : off == 0 ? Attractor::memory
                                           : around.attractor();
    ++sum.attractors[static_cast<std::size_t>(attractor)];
    return attractor;
}

} // namespace

Attractor classify(const Scene& scene, const Trajectory& trajectory) {
    if (trajectory.stop != Stop::fixed_point) return without_fixed_point(trajectory.stop);
    Surroundings around(scene.memories);
    around.move_to(trajectory.state);
    return around.attractor();
}

Evaluation add_up(const Scene& scene, std::span<const Trajectory* const> trajectories,
                  std::span<const Trajectory* const> exact, const EnergyTable* energies) {
    if (trajectories.size() != scene.probe_count() ||
        (!exact.empty() && exact.size() != trajectories.size()))
        throw std::invalid_argument("evaluate: one trajectory per probe of the scene is needed");
    Evaluation sum;
    sum.attributed = !exact.empty();
    sum.dimension = scene.dimension();
    sum.probes = scene.probe_count();
    sum.duplicates = scene.duplicate_count;

    // Equal final states side by side, so that each is counted and looked at once.
    std::vector<std::uint32_t> order(trajectories.size());
    std::iota(order.begin(), order.end(), 0U);
    std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
        const auto by_state = trajectories[a]->state <=> trajectories[b]->state;
        return std::is_eq(by_state) ? a < b : std::is_lt(by_state);
    });
    Surroundings around(scene.memories);
    const std::vector<Word>* current = nullptr;
    bool metastable = false;
    double energy = 0.0; // of the current state
    if (energies) sum.energy = 0.0;
    for (const std::uint32_t probe : order) {
        const Trajectory& trajectory = *trajectories[probe];
        if (!current || trajectory.state != *current) {
            current = &trajectory.state;
            around.move_to(trajectory.state);
            metastable = false;
            ++sum.unique_states;
            if (energies) energy = energies->energy(around.match_counts());
        }
        if (energies) sum.energy += energy;
        const Trajectory* truth = exact.empty() ? nullptr : exact[probe];
        const Attractor attractor =
            add_probe(sum, scene, scene.targets[probe], trajectory, truth, around);
        const bool converged_elsewhere =
            trajectory.stop == Stop::fixed_point && attractor != Attractor::memory;
        if (converged_elsewhere && !metastable) ++sum.metastable;
        metastable = metastable || converged_elsewhere;
    }
    return sum;
}

} // namespace basin
