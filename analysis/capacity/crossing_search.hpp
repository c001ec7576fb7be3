#pragma once
// Which scenes to compute next to find a crossing: a pure function of what is there.

#include "analysis/capacity/crossing.hpp"

namespace basin {

/// Have at least this many replicates (0, 1, ... replicates - 1) at this K.
struct SceneRequest {
    std::uint64_t pattern_count;
    std::uint32_t replicates;
    bool operator==(const SceneRequest&) const = default;
};

struct SearchStep {
    std::vector<SceneRequest> requests; ///< by K; empty: finished
    Crossing crossing;                  ///< as the observations stand
    bool finished() const { return requests.empty(); }
};

/// Deterministic; any observations are taken into account, asked for or not (a plain grid that is
/// there already, K off the ladder). All requests of a step may be computed at once.
///
/// - Bracket: pilot_replicates at the start, then at doubled (halved) K until a mean is on the
/// other
///   side of the threshold, then at the middle of the bracket until its ends are near enough to fit
///   a curve. At either end of the ladder replicates are added until its mean is significantly on
///   its side, or are exhausted.
/// - Refine: the fitted root and slope say which two K, one on either side of the root, are where
///   the curve has moved by a logit of about 0.4 from the threshold: far enough to know the slope,
///   near enough for any smooth curve to be straight between them. That is close to where the
///   variance of the root by cost is least (at the root itself; Wu 1985, J. Am. Stat. Assoc.
///   80:974, for the sequential logit-MLE design), and K that have scenes already are preferred.
///   Both get min_replicates, then as many as the width still asks for, at most double. As the fit
///   uses all scenes, a bracket that was chance moves on. Two more K follow where max_replicates
///   are there.
/// - Finished: state found, or no request is left (all that are useful have max_replicates), or
///   not_monotone.
///
/// Nothing here is random and the ladder is exact; but fits and quantiles use the C library's exp
/// and log, so that two machines could differ where a comparison is a tie within rounding.
SearchStep next_step(std::span<const Observation> observations, const CrossingRule& rule);

} // namespace basin
