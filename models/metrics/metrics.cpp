#include "models/metrics/metrics.hpp"

#include "models/bipolar/evaluation/evaluation.hpp"
#include "models/continuous/real_metrics.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <stdexcept>
#include <string>
#include <utility>

namespace basin {

namespace {

using E = const Evaluation&;

double counted(std::uint64_t number) {
    return static_cast<double>(number);
}

/// NaN of nothing, as the shares.
double all_or_nothing(std::uint64_t part, std::uint64_t whole) {
    if (whole == 0) return std::numeric_limits<double>::quiet_NaN();
    return part == whole ? 1.0 : 0.0;
}

constexpr std::array own_metrics{
    // The first three are the headline (results/cube/compaction.cpp).
    Metric{"recall_error", "1", "units that differ from the target, as a share of all units",
           Better::lower, [](E e) { return e.per_unit(e.distance); }, MetricRange::share},
    Metric{"exact_recall", "1", "probes that end on their target and are decided there, as a share",
           Better::higher, [](E e) { return e.per_probe(e.recalled); }, MetricRange::share},
    Metric{"metastable_count", "1", "distinct fixed points reached that are no memory",
           Better::lower, [](E e) { return counted(e.metastable); }, MetricRange::probes},
    Metric{"all_recalled", "1",
           "1 if every probe ends on its target and is decided there, else 0: its mean over "
           "replicates is the probability of that",
           Better::higher, [](E e) { return all_or_nothing(e.recalled, e.probes); },
           MetricRange::share_of_scene},
    Metric{"unique_states", "1", "distinct final states", Better::neither,
           [](E e) { return counted(e.unique_states); }, MetricRange::probes},
    Metric{"overlap", "1", "mean overlap m of final state and target, in [-1, 1]", Better::higher,
           [](E e) { return 1.0 - 2.0 * e.per_unit(e.distance); }, MetricRange::overlap},
    Metric{"overlap_absolute", "1", "mean |m| of final state and target", Better::higher,
           [](E e) { return e.per_unit(e.absolute_overlap); }, MetricRange::share},
    Metric{"euclidean_distance", "1", "mean Euclidean distance of final state and target",
           Better::lower, [](E e) { return e.euclidean_distance / static_cast<double>(e.probes); },
           MetricRange::distance},
    Metric{"iterations", "1", "mean number of sweeps or synchronous steps, the quiet one included",
           Better::lower, [](E e) { return e.per_probe(e.sweeps); }, MetricRange::numbers},
    Metric{"flips", "1", "mean number of unit flips of a probe", Better::neither,
           [](E e) { return e.per_probe(e.counts.flips); }, MetricRange::flips},
    Metric{"converged_fraction", "1", "probes that end on a fixed point", Better::higher,
           [](E e) { return e.share(Stop::fixed_point); }, MetricRange::share},
    Metric{"undecided_fraction", "1", "probes that end because some decision was NaN",
           Better::lower, [](E e) { return e.share(Stop::undecided); }, MetricRange::share},
    Metric{"cycle2_fraction", "1", "probes that end in a cycle of two states", Better::lower,
           [](E e) { return e.share(Stop::cycle2); }, MetricRange::share},
    Metric{"cycle_fraction", "1", "probes that end in a longer cycle", Better::lower,
           [](E e) { return e.share(Stop::cycle); }, MetricRange::share},
    Metric{"unconverged_fraction", "1", "probes stopped by the limit of sweeps", Better::lower,
           [](E e) { return e.share(Stop::max_sweeps); }, MetricRange::share},
    Metric{"memory_count", "1", "probes that end on a memory", Better::higher,
           [](E e) { return counted(e.number(Attractor::memory)); }, MetricRange::probes},
    Metric{"inverted_count", "1", "probes that end on the negative of a memory", Better::lower,
           [](E e) { return counted(e.number(Attractor::inverted)); }, MetricRange::probes},
    Metric{"near_memory_count", "1", "probes that end within 5 % of a memory, not on it",
           Better::neither, [](E e) { return counted(e.number(Attractor::near_memory)); },
           MetricRange::probes},
    Metric{"mixture_count", "1", "probes that end near a mixture of 3, 5 or 7 memories",
           Better::lower,
           [](E e) {
               return counted(e.number(Attractor::mixture_3) + e.number(Attractor::mixture_5) +
                              e.number(Attractor::mixture_7));
           },
           MetricRange::probes},
    Metric{"mixture_3_count", "1", "probes that end near a mixture of 3 memories", Better::lower,
           [](E e) { return counted(e.number(Attractor::mixture_3)); }, MetricRange::probes},
    Metric{"mixture_5_count", "1", "probes that end near a mixture of 5 memories", Better::lower,
           [](E e) { return counted(e.number(Attractor::mixture_5)); }, MetricRange::probes},
    Metric{"mixture_7_count", "1", "probes that end near a mixture of 7 memories", Better::lower,
           [](E e) { return counted(e.number(Attractor::mixture_7)); }, MetricRange::probes},
    Metric{"spurious_count", "1", "probes that end on any other fixed point", Better::lower,
           [](E e) { return counted(e.number(Attractor::spurious)); }, MetricRange::probes},
    Metric{"cycle_count", "1", "probes that end in a cycle of any length", Better::lower,
           [](E e) { return counted(e.number(Attractor::cycle)); }, MetricRange::probes},
    Metric{"ok", "1",
           "queries recalled here and in exact arithmetic (continuous: float64), as a share",
           Better::higher, [](E e) { return e.share(Verdict::ok); }, MetricRange::share},
    Metric{"capacity_failure", "1",
           "queries not recalled, the same as in exact arithmetic (continuous: float64)",
           Better::lower, [](E e) { return e.share(Verdict::capacity_failure); },
           MetricRange::share},
    Metric{"numerical_failure", "1",
           "queries not recalled here, but in exact arithmetic (continuous: float64)",
           Better::lower, [](E e) { return e.share(Verdict::numerical_failure); },
           MetricRange::share},
    Metric{"lucky", "1", "queries recalled here, but not in exact arithmetic (continuous: float64)",
           Better::neither, [](E e) { return e.share(Verdict::lucky); }, MetricRange::share},
    Metric{"mixed", "1",
           "queries not recalled, here another way than in exact arithmetic (continuous: float64)",
           Better::lower, [](E e) { return e.share(Verdict::mixed); }, MetricRange::share},
    Metric{"agree", "1", "unit decisions equal to the exact one in the same state", Better::higher,
           [](E e) { return e.per_decision(e.counts.decisions - e.disagreements()); },
           MetricRange::share},
    Metric{"num_flip", "1", "unit decisions with another sign than the exact one", Better::lower,
           [](E e) { return e.per_decision(e.counts.numerical_flips); }, MetricRange::share},
    Metric{"num_nan", "1", "unit decisions that were NaN", Better::lower,
           [](E e) { return e.per_decision(e.counts.nans); }, MetricRange::share},
    Metric{"num_tie", "1", "unit decisions rounded to 0, but not 0 in exact arithmetic",
           Better::lower, [](E e) { return e.per_decision(e.counts.numerical_ties); },
           MetricRange::share},
    Metric{"tie_fraction", "1", "unit decisions that were exactly 0", Better::lower,
           [](E e) { return e.per_decision(e.counts.ties); }, MetricRange::share},
    Metric{"overflow_fraction", "1", "unit decisions touched by an overflow", Better::lower,
           [](E e) { return e.per_decision(e.counts.overflows); }, MetricRange::share},
    Metric{"decision_count", "1", "unit decisions of all probes", Better::neither,
           [](E e) { return counted(e.counts.decisions); }, MetricRange::decisions},
    Metric{"duplicate_count", "1", "memories that equal an earlier one", Better::neither,
           [](E e) { return counted(e.duplicates); }, MetricRange::count},
    Metric{"asked_count", "1",
           "probes: cues that were asked, of a cue file with targets those whose target is stored",
           Better::neither, [](E e) { return counted(e.probes); }, MetricRange::count},
    Metric{"energy", "1",
           "mean energy: bipolar of the final state, in units of the largest |F| of one memory; "
           "continuous before the last update, where there is one",
           Better::lower, [](E e) { return e.energy / static_cast<double>(e.probes); }},
    Metric{"energy_rises", "1",
           "updates that raised the energy: bipolar in exact arithmetic (flips; synchronous: "
           "steps), continuous by more than rounding may",
           Better::lower, [](E e) { return counted(e.counts.energy_rises); }, MetricRange::count},
};

template <std::size_t Index>
double flagged_fraction(E e) {
    return e.per_decision(e.counts.flagged[Index]);
}

/// One fraction per flag, in the order of all_flags.
template <std::size_t... Index>
constexpr auto flag_metrics(std::index_sequence<Index...>) {
    return std::array{Metric{all_flags[Index].fraction, "1", all_flags[Index].help, Better::lower,
                             flagged_fraction<Index>, MetricRange::share}...};
}

const std::vector<Metric>& list() {
    static const auto all = [] {
        constexpr auto flags = flag_metrics(std::make_index_sequence<all_flags.size()>{});
        std::vector<Metric> metrics(own_metrics.begin(), own_metrics.end());
        metrics.insert(metrics.end(), flags.begin(), flags.end());
        for (const RealMetric& metric : real_metrics())
            if (!metric.is_shared())
                metrics.push_back(
                    {metric.name, metric.unit, metric.help, metric.better, nullptr, metric.range});
        return metrics;
    }();
    return all;
}

} // namespace

std::span<const Metric> metrics() {
    return list();
}

std::size_t metric_index(std::string_view name) {
    const auto found = std::ranges::find(list(), name, &Metric::name);
    if (found == list().end())
        throw std::out_of_range("unknown metric '" + std::string(name) + "'");
    return static_cast<std::size_t>(found - list().begin());
}

std::vector<double> evaluate(const Scene& scene, std::span<const Trajectory* const> trajectories,
                             std::span<const Trajectory* const> exact,
                             const EnergyTable* energies) {
    const Evaluation sum = add_up(scene, trajectories, exact, energies);
    std::vector<double> values;
    values.reserve(list().size());
    for (const Metric& metric : list())
        values.push_back(metric.value ? metric.value(sum)
                                      : std::numeric_limits<double>::quiet_NaN());
    return values;
}

} // namespace basin
