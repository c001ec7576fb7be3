#include "models/metrics.hpp"

#include "models/attribution.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <compare>
#include <limits>
#include <numeric>
#include <stdexcept>
#include <string>
#include <utility>

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

namespace {

using E = const Evaluation&;

double counted(std::uint64_t number) {
    return static_cast<double>(number);
}

constexpr std::array own_metrics{
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
    Metric{"ok", "1", "queries recalled here and in exact arithmetic, as a share", Better::higher,
           [](E e) { return e.share(Verdict::ok); }},
    Metric{"capacity_failure", "1", "queries not recalled, the same as in exact arithmetic",
           Better::lower, [](E e) { return e.share(Verdict::capacity_failure); }},
    Metric{"numerical_failure", "1", "queries not recalled here, but in exact arithmetic",
           Better::lower, [](E e) { return e.share(Verdict::numerical_failure); }},
    Metric{"lucky", "1", "queries recalled here, but not in exact arithmetic", Better::neither,
           [](E e) { return e.share(Verdict::lucky); }},
    Metric{"mixed", "1", "queries not recalled, here another way than in exact arithmetic",
           Better::lower, [](E e) { return e.share(Verdict::mixed); }},
    Metric{"agree", "1", "unit decisions equal to the exact one in the same state", Better::higher,
           [](E e) { return e.per_decision(e.counts.decisions - e.disagreements()); }},
    Metric{"num_flip", "1", "unit decisions with another sign than the exact one", Better::lower,
           [](E e) { return e.per_decision(e.counts.numerical_flips); }},
    Metric{"num_nan", "1", "unit decisions that were NaN", Better::lower,
           [](E e) { return e.per_decision(e.counts.nans); }},
    Metric{"num_tie", "1", "unit decisions rounded to 0, but not 0 in exact arithmetic",
           Better::lower, [](E e) { return e.per_decision(e.counts.numerical_ties); }},
    Metric{"tie_fraction", "1", "unit decisions that were exactly 0", Better::lower,
           [](E e) { return e.per_decision(e.counts.ties); }},
    Metric{"overflow_fraction", "1", "unit decisions touched by an overflow", Better::lower,
           [](E e) { return e.per_decision(e.counts.overflows); }},
    Metric{"decision_count", "1", "unit decisions of all probes", Better::neither,
           [](E e) { return counted(e.counts.decisions); }},
    Metric{"duplicate_count", "1", "memories that equal an earlier one", Better::neither,
           [](E e) { return counted(e.duplicates); }},
};

template <std::size_t Index>
double flagged_fraction(E e) {
    return e.per_decision(e.counts.flagged[Index]);
}

/// One fraction per flag, in the order of all_flags.
template <std::size_t... Index>
constexpr auto flag_metrics(std::index_sequence<Index...>) {
    return std::array{Metric{all_flags[Index].fraction, "1", all_flags[Index].help, Better::lower,
                             flagged_fraction<Index>}...};
}

constexpr auto metric_list = [] {
    constexpr auto flags = flag_metrics(std::make_index_sequence<all_flags.size()>{});
    std::array<Metric, own_metrics.size() + flags.size()> list{};
    std::copy(own_metrics.begin(), own_metrics.end(), list.begin());
    std::copy(flags.begin(), flags.end(), list.begin() + own_metrics.size());
    return list;
}();

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
    sum.numerical_flips += counts.numerical_flips;
    sum.numerical_ties += counts.numerical_ties;
    for (std::size_t i = 0; i < all_flags.size(); ++i)
        sum.flagged[i] += counts.flagged[i];
    sum.flags |= counts.flags;
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
        const Verdict verdict = judge(is_recalled, recalled(scene, target, *exact), same);
        ++sum.verdicts[static_cast<std::size_t>(verdict)];
    }
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

std::vector<double> evaluate(const Scene& scene, std::span<const Trajectory> trajectories,
                             std::span<const Trajectory> exact) {
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
        const Trajectory* truth = exact.empty() ? nullptr : &exact[probe];
        const Attractor attractor =
            add_probe(sum, scene, scene.targets[probe], trajectory, truth, around);
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
