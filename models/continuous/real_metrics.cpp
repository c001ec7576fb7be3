#include "models/continuous/real_metrics.hpp"

#include <array>
#include <cmath>
#include <limits>

namespace basin {

namespace {

using E = const RealEvaluation&;

double counted(std::uint64_t number) {
    return static_cast<double>(number);
}

double mean_squared_error(E e) {
    return e.per_probe(e.squared_error) / counted(e.dimension);
}

template <RealAttractor Kind>
double count_of(E e) {
    return counted(e.number(Kind));
}

constexpr std::array metric_list{
    // As a share of the range of values, squared: of bipolar states that is the share of units
    // that differ.
    RealMetric{"recall_error",
               [](E e) { return mean_squared_error(e) / (e.range_width * e.range_width); }},
    RealMetric{"exact_recall", [](E e) { return e.per_probe(counted(e.retrieved)); }},
    RealMetric{"all_recalled",
               [](E e) {
                   if (e.probes == 0) return std::numeric_limits<double>::quiet_NaN();
                   return e.retrieved == e.probes ? 1.0 : 0.0;
               }},
    RealMetric{"metastable_count", [](E e) { return counted(e.metastable); }},
    RealMetric{"unique_states", [](E e) { return counted(e.unique_states); }},
    RealMetric{"euclidean_distance", [](E e) { return e.per_probe(e.distance); }},
    RealMetric{"iterations", [](E e) { return e.per_probe(counted(e.steps)); }},
    RealMetric{"converged_fraction", [](E e) { return e.share(Stop::fixed_point); }},
    RealMetric{"undecided_fraction", [](E e) { return e.share(Stop::undecided); }},
    RealMetric{"unconverged_fraction", [](E e) { return e.share(Stop::max_sweeps); }},
    RealMetric{"ok", [](E e) { return e.share(Verdict::ok); }},
    RealMetric{"capacity_failure", [](E e) { return e.share(Verdict::capacity_failure); }},
    RealMetric{"numerical_failure", [](E e) { return e.share(Verdict::numerical_failure); }},
    RealMetric{"lucky", [](E e) { return e.share(Verdict::lucky); }},
    RealMetric{"mixed", [](E e) { return e.share(Verdict::mixed); }},
    RealMetric{"num_nan", [](E e) { return e.per_decision(e.counts.nans); }},
    RealMetric{"overflow_fraction", [](E e) { return e.per_decision(e.counts.overflows); }},
    RealMetric{"decision_count", [](E e) { return counted(e.counts.decisions); }},
    RealMetric{"duplicate_count", [](E e) { return counted(e.duplicates); }},
    RealMetric{"asked_count", [](E e) { return counted(e.probes); }},
    RealMetric{"energy", [](E e) { return e.per_probe(e.energy); }},
    RealMetric{"energy_rises", [](E e) { return counted(e.energy_rises); }},

    RealMetric{"mean_squared_error", mean_squared_error, "1",
               "continuous: mean squared difference of a unit from the target, in the patterns' "
               "own units squared",
               Better::lower},
    RealMetric{
        "peak_signal_to_noise",
        [](E e) { return 10 * std::log10(e.range_width * e.range_width / mean_squared_error(e)); },
        "dB", "continuous: 10 log10(range^2 / mean_squared_error); infinite without an error",
        Better::higher},
    RealMetric{"one_minus_ssim", [](E e) { return e.per_probe(e.dissimilarity); }, "1",
               "continuous, images: 1 - structural similarity to the target (11 x 11 Gaussian "
               "window, sigma 1.5, K1 0.01, K2 0.03)",
               Better::lower},
    RealMetric{"cosine_to_target", [](E e) { return e.per_probe(e.cosine); }, "1",
               "continuous: mean cosine of final state and target", Better::higher,
               MetricRange::overlap},
    RealMetric{"embedding_cosine", [](E e) { return e.embedding_cosine / counted(e.embedded); },
               "1",
               "continuous: mean cosine of the target's embedding and that of the stored memory "
               "nearest to the final state, over probes with a target; embeddings are known of "
               "stored patterns alone, so a recalled state counts as its nearest memory; NaN "
               "without embeddings",
               Better::higher, MetricRange::overlap},
    RealMetric{"identity_recall", [](E e) { return e.per_probe(e.identified); }, "1",
               "continuous: probes whose target had the largest weight, as a share; where m "
               "memories have it up to the tolerance, the target counts 1 / m",
               Better::higher, MetricRange::share},
    RealMetric{"threshold_recall", [](E e) { return e.per_probe(counted(e.below_threshold)); }, "1",
               "continuous: probes with a summed squared error of error_threshold at most",
               Better::higher, MetricRange::share},
    RealMetric{"k90", [](E e) { return e.per_sized(counted(e.k90)); }, "1",
               "continuous: mean of the least number of weights with a sum of 0.9", Better::neither,
               MetricRange::memories},
    RealMetric{"support_size", [](E e) { return e.per_sized(counted(e.support)); }, "1",
               "continuous: mean number of weights above 0.01", Better::neither,
               MetricRange::memories},
    RealMetric{"effective_size", [](E e) { return e.per_sized(e.effective); }, "1",
               "continuous: mean exp of the weights' entropy", Better::neither,
               MetricRange::memories},
    RealMetric{"participation_ratio", [](E e) { return e.per_sized(e.participation); }, "1",
               "continuous: mean of 1 / the sum of the weights' squares", Better::neither,
               MetricRange::memories},
    RealMetric{"largest_weight", [](E e) { return e.per_sized(e.largest); }, "1",
               "continuous: mean of the largest weight", Better::neither, MetricRange::share},
    RealMetric{"collapsed_count", [](E e) { return counted(e.probes - e.unique_states); }, "1",
               "continuous: probes that end where another one ended before", Better::lower,
               MetricRange::probes},
    RealMetric{"relative_rank", [](E e) { return e.relative_rank; }, "1",
               "continuous: rank of the final states over the rank of their targets (a "
               "direction counts if it is longer than what equal states may differ by); NaN "
               "without targets, "
               "and not measured where states x dimension x the least of states, dimension and "
               "memories exceeds 2^35",
               Better::higher},
    RealMetric{"single_exact_count", count_of<RealAttractor::single_exact>, "1",
               "continuous: probes that end at a memory", Better::higher, MetricRange::probes},
    RealMetric{"single_blended_count", count_of<RealAttractor::single_blended>, "1",
               "continuous: probes with a fixed point of their own off the memory with most of the "
               "weight",
               Better::neither, MetricRange::probes},
    RealMetric{"metastable_probe_count", count_of<RealAttractor::metastable>, "1",
               "continuous: probes that end at a blend of several memories", Better::lower,
               MetricRange::probes},
    RealMetric{"global_count", count_of<RealAttractor::global>, "1",
               "continuous: probes that end at a blend of more than half of all memories",
               Better::lower, MetricRange::probes},
    RealMetric{"not_converged_count", count_of<RealAttractor::not_converged>, "1",
               "continuous: probes that end at no fixed point", Better::lower, MetricRange::probes},
};

} // namespace

std::span<const RealMetric> real_metrics() {
    return metric_list;
}

} // namespace basin
