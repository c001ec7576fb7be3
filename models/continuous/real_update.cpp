#include "models/continuous/real_update.hpp"

#include "models/continuous/loops/real_weighing.hpp"
#include "models/continuous/softmax_terms.hpp"

#include <algorithm>
#include <cmath>

namespace basin {

SeparationRule rule_of(const Setting& setting) {
    SeparationRule rule;
    if (setting.formulation.is<Universal>()) rule.separation = setting.separation;
    rule.beta = setting.beta;
    rule.vertex = setting.interaction_parameters.vertex;
    rule.exponential = setting.exponential;
    return rule;
}

template <class T>
RealUpdate<T>::RealUpdate(const Scorer<T>& scorer, const SeparationRule& rule)
    : scorer_(&scorer), rule_(rule), streams_(rule.separation.is<SoftmaxSeparation>() &&
                                              rule.exponential.is<StableExponential>()) {}

template <class T>
void RealUpdate<T>::make(const Block<T>& scores, const Extremes<T>& extremes, Block<T>& weights,
                         Block<T>& next, std::span<Separated> made) const {
    next.resize(scorer_->dimension(), scores.queries);
    std::ranges::fill(next.values, T(0));
    if (streams_) {
        stream(scores, extremes, weights, next, made);
    } else {
        weights = scores;
        separate(rule_, weights, extremes, made);
        scorer_->project(0, scores.rows, weights.values.data(), next);
    }
    scorer_->store(next);
}

template <class T>
void RealUpdate<T>::stream(const Block<T>& scores, const Extremes<T>& extremes, Block<T>& weights,
                           Block<T>& next, std::span<Separated> made) const {
    SoftmaxTerms<T> softmax(rule_, extremes);
    for (std::size_t first = 0; first < scores.rows; first += Scorer<T>::tile_memories) {
        const std::size_t last = std::min(first + Scorer<T>::tile_memories, scores.rows);
        weights.resize(last - first, scores.queries);
        softmax.take(scores.row(first), weights.values.data(), last - first);
        scorer_->project(first, last, weights.values.data(), next);
    }
    std::ranges::fill(made, Separated{});
    softmax.describe(made);
    std::vector<T> totals(scores.queries);
    for (std::size_t q = 0; q < totals.size(); ++q) {
        // One term is exp(0) = 1, unless a similarity is infinite or NaN.
        totals[q] = static_cast<T>(softmax.totals()[q]);
        made[q].is_defined = !std::isnan(totals[q]);
        if (!made[q].is_defined) made[q].flags |= flag::undefined_weights;
    }
    weigh_loops_of<T>(simd_path())
        .divide(next.values.data(), next.rows, next.queries, totals.data());
}

template <class T>
std::vector<WeightSizes>
RealUpdate<T>::sizes(const Block<T>& scores, const Extremes<T>& extremes, const Block<T>& weights,
                     std::span<const Separated> made, std::span<const std::size_t> lanes,
                     const LaneTies& ties) const {
    return streams_ ? sizes_of_softmax(rule_, scores, extremes, made, lanes, ties)
                    : sizes_of_lanes(weights, made, lanes, ties);
}

template class RealUpdate<float>;
template class RealUpdate<double>;

} // namespace basin
