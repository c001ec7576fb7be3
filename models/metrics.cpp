#include "models/metrics.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <compare>
#include <numeric>
#include <stdexcept>
#include <string>

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
    DecisionCounts counts;

    double per_probe(std::uint64_t total) const { return ratio(total, probes); }
    double per_unit(std::uint64_t total) const { return ratio(total, probes * dimension); }
    double per_decision(std::uint64_t total) const { return ratio(total, counts.decisions); }
    double share(Stop stop) const { return per_probe(stops[static_cast<std::size_t>(stop)]); }
    std::uint64_t number(Attractor kind) const {
        return attractors[static_cast<std::size_t>(kind)];
    }

private:
    static double ratio(std::uint64_t part, std::uint64_t whole) {
        return static_cast<double>(part) / static_cast<double>(whole);
    }
};

namespace {

using E = const Evaluation&;

double counted(std::uint64_t number) {
    return static_cast<double>(number);
}

constexpr std::array metric_list{
    Metric{"recall_error", "1", "units that differ from the target, as a share of all units",
           Better::lower, [](E e) { return e.per_unit(e.distance); }},
    Metric{"exact_recall", "1", "probes that end on their target and are decided there, as a share",
           Better::higher, [](E e) { return e.per_probe(e.recalled); }},
    Metric{"metastable_count", "1", "distinct fixed points reached that are no memory",
           Better::lower, [](E e) { return counted(e.metastable); }},
    Metric{"unique_states", "1", "distinct final states", Better::neither,
           [](E e) { return counted(e.unique_states); }},
    Metric{"overlap", "1", "mean overlap m of final state and target, in [-1, 1]", Better::higher,
           [](E e) { return 1.0 - 2.0 * e.per_unit(e.distance); }},
    Metric{"overlap_absolute", "1", "mean |m| of final state and target", Better::higher,
           [](E e) { return e.per_unit(e.absolute_overlap); }},
    Metric{"euclidean_distance", "1", "mean Euclidean distance of final state and target",
           Better::lower, [](E e) { return e.euclidean_distance / static_cast<double>(e.probes); }},
    Metric{"iterations", "1", "mean number of sweeps or synchronous steps, the quiet one included",
           Better::lower, [](E e) { return e.per_probe(e.sweeps); }},
    Metric{"flips", "1", "mean number of unit flips of a probe", Better::neither,
           [](E e) { return e.per_probe(e.counts.flips); }},
    Metric{"converged_fraction", "1", "probes that end on a fixed point", Better::higher,
           [](E e) { return e.share(Stop::fixed_point); }},
    Metric{"undecided_fraction", "1", "probes that end because some decision was NaN",
           Better::lower, [](E e) { return e.share(Stop::undecided); }},
    Metric{"cycle2_fraction", "1", "probes that end in a cycle of two states", Better::lower,
           [](E e) { return e.share(Stop::cycle2); }},
    Metric{"cycle_fraction", "1", "probes that end in a longer cycle", Better::lower,
           [](E e) { return e.share(Stop::cycle); }},
    Metric{"unconverged_fraction", "1", "probes stopped by the limit of sweeps", Better::lower,
           [](E e) { return e.share(Stop::max_sweeps); }},
    Metric{"memory_count", "1", "probes that end on a memory", Better::higher,
           [](E e) { return counted(e.number(Attractor::memory)); }},
    Metric{"inverted_count", "1", "probes that end on the negative of a memory", Better::lower,
           [](E e) { return counted(e.number(Attractor::inverted)); }},
    Metric{"near_memory_count", "1", "probes that end within 5 % of a memory, not on it",
           Better::neither, [](E e) { return counted(e.number(Attractor::near_memory)); }},
    Metric{"mixture_count", "1", "probes that end near a mixture of 3, 5 or 7 memories",
           Better::lower,
           [](E e) {
               return counted(e.number(Attractor::mixture_3) + e.number(Attractor::mixture_5) +
                              e.number(Attractor::mixture_7));
           }},
    Metric{"mixture_3_count", "1", "probes that end near a mixture of 3 memories", Better::lower,
           [](E e) { return counted(e.number(Attractor::mixture_3)); }},
    Metric{"mixture_5_count", "1", "probes that end near a mixture of 5 memories", Better::lower,
           [](E e) { return counted(e.number(Attractor::mixture_5)); }},
    Metric{"mixture_7_count", "1", "probes that end near a mixture of 7 memories", Better::lower,
           [](E e) { return counted(e.number(Attractor::mixture_7)); }},
    Metric{"spurious_count", "1", "probes that end on any other fixed point", Better::lower,
           [](E e) { return counted(e.number(Attractor::spurious)); }},
    Metric{"cycle_count", "1", "probes that end in a cycle of any length", Better::lower,
           [](E e) { return counted(e.number(Attractor::cycle)); }},
    Metric{"overflow_fraction", "1", "unit decisions touched by an overflow", Better::lower,
           [](E e) { return e.per_decision(e.counts.overflows); }},
    Metric{"nan_fraction", "1", "unit decisions that were NaN", Better::lower,
           [](E e) { return e.per_decision(e.counts.nans); }},
    Metric{"tie_fraction", "1", "unit decisions that were exactly 0", Better::lower,
           [](E e) { return e.per_decision(e.counts.ties); }},
    Metric{"all_zero_fraction", "1", "unit decisions without a term other than 0", Better::lower,
           [](E e) { return e.per_decision(e.counts.all_zeros); }},
    Metric{"decision_count", "1", "unit decisions of all probes", Better::neither,
           [](E e) { return counted(e.counts.decisions); }},
    Metric{"duplicate_count", "1", "memories that equal an earlier one", Better::neither,
           [](E e) { return counted(e.duplicates); }},
};

/// The attractor of a path that did not end on a fixed point.
Attractor without_fixed_point(Stop stop) {
    const bool cycles = stop == Stop::cycle2 || stop == Stop::cycle;
    return cycles ? Attractor::cycle : Attractor::unconverged;
}

void add_counts(DecisionCounts& sum, const DecisionCounts& counts) {
    sum.decisions += counts.decisions;
    sum.flips += counts.flips;
    sum.ties += counts.ties;
    sum.nans += counts.nans;
    sum.overflows += counts.overflows;
    sum.all_zeros += counts.all_zeros;
    sum.flags |= counts.flags;
}

/// Adds one probe, whose final state `around` is turned to. Returns its attractor.
Attractor add_probe(Evaluation& sum, const Scene& scene, std::int32_t target,
                    const Trajectory& trajectory, Surroundings& around) {
    const std::uint32_t off =
        target < 0
            ? around.nearest_distance()
            : distance(scene.memories.row(static_cast<std::size_t>(target)), trajectory.state);
    const std::uint64_t twice = 2 * std::uint64_t{off};
    sum.distance += off;
    sum.euclidean_distance += 2.0 * std::sqrt(static_cast<double>(off));
    sum.absolute_overlap += twice > sum.dimension ? twice - sum.dimension : sum.dimension - twice;
    if (off == 0 && trajectory.stop != Stop::undecided) ++sum.recalled;
    sum.sweeps += trajectory.sweeps;
    ++sum.stops[static_cast<std::size_t>(trajectory.stop)];
    add_counts(sum.counts, trajectory.counts);

    // On the target no other memory has to be looked at.
    const Attractor attractor = trajectory.stop != Stop::fixed_point
                                    ? without_fixed_point(trajectory.stop)
                                : off == 0 ? Attractor::memory
                                           : around.attractor();
    ++sum.attractors[static_cast<std::size_t>(attractor)];
    return attractor;
}

} // namespace

std::span<const Metric> metrics() {
    return metric_list;
}

std::size_t metric_index(std::string_view name) {
    const auto found = std::find_if(metric_list.begin(), metric_list.end(),
                                    [&](const Metric& metric) { return metric.name == name; });
    if (found == metric_list.end())
        throw std::out_of_range("unknown metric '" + std::string(name) + "'");
    return static_cast<std::size_t>(found - metric_list.begin());
}

Attractor classify(const Scene& scene, const Trajectory& trajectory) {
    if (trajectory.stop != Stop::fixed_point) return without_fixed_point(trajectory.stop);
    Surroundings around(scene.memories);
    around.move_to(trajectory.state);
    return around.attractor();
}

std::vector<double> evaluate(const Scene& scene, std::span<const Trajectory> trajectories) {
    if (trajectories.size() != scene.probe_count())
        throw std::invalid_argument("evaluate: one trajectory per probe of the scene is needed");
    Evaluation sum;
    sum.dimension = scene.dimension();
    sum.probes = scene.probe_count();
    sum.duplicates = scene.duplicate_count;

    // Equal final states side by side, so that each is counted and looked at once.
    std::vector<std::uint32_t> order(trajectories.size());
    std::iota(order.begin(), order.end(), 0U);
    std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
        const auto by_state = trajectories[a].state <=> trajectories[b].state;
        return std::is_eq(by_state) ? a < b : std::is_lt(by_state);
    });
    Surroundings around(scene.memories);
    const std::vector<Word>* current = nullptr;
    bool metastable = false;
    for (const std::uint32_t probe : order) {
        const Trajectory& trajectory = trajectories[probe];
        if (!current || trajectory.state != *current) {
            current = &trajectory.state;
            around.move_to(trajectory.state);
            metastable = false;
            ++sum.unique_states;
        }
        const Attractor attractor = add_probe(sum, scene, scene.targets[probe], trajectory, around);
        const bool converged_elsewhere =
            trajectory.stop == Stop::fixed_point && attractor != Attractor::memory;
        if (converged_elsewhere && !metastable) ++sum.metastable;
        metastable = metastable || converged_elsewhere;
    }

    std::vector<double> values;
    values.reserve(metric_list.size());
    for (const Metric& metric : metric_list)
        values.push_back(metric.value(sum));
    return values;
}

} // namespace basin
