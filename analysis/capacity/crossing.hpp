#pragma once
// The critical pattern count K_c of one curve: where the mean over scenes of a metric crosses a
// threshold as K grows.

#include "sweeps/parameters/geometric_grid.hpp"

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace basin {

/// One scene's value. Scenes of one replicate share their seeds across K, so they are correlated;
/// those of different replicates are independent.
struct Observation {
    std::uint64_t pattern_count = 0; ///< K >= 1
    std::uint32_t replicate = 0;
    double value = 0.0; ///< in [0, 1], a mean over the scene's probes; NaN: undefined, is left out
};

enum class Direction {
    falling, ///< the mean passes the threshold below K_c, as the probability of exact recall does
    rising,  ///< ... above K_c, as the recall error does
};

/// What is sought, how well, and at what cost.
struct CrossingRule {
    double threshold = 0.5; ///< in (0, 1)
    Direction direction = Direction::falling;
    double confidence = 0.95;           ///< of the interval, in (0, 1)
    double relative_width = 0.1;        ///< asked for: (upper - lower) / estimate
    std::uint64_t least = 1;            ///< K_min >= 1
    std::uint64_t most = 1;             ///< K_max >= K_min
    std::uint64_t limit = 0;            ///< values above this K cannot be computed; 0: no limit
    std::uint64_t start = 0;            ///< where the search starts; 0: at K_min
    double ladder_ratio = 1.05;         ///< of neighbouring K, > 1; see ladder_ratio_for
    std::uint32_t pilot_replicates = 4; ///< of a K that only brackets, >= 1
    std::uint32_t min_replicates = 16;  ///< on either side of the root, before an interval counts
    std::uint32_t max_replicates = 64;  ///< of any K
    /// Variance over scenes in units of mean (1 - mean), assumed where scenes show none. 1 holds
    /// whatever the scenes are; p independent probes per scene have 1 / p.
    double unseen_dispersion = 1.0;
};

enum class CrossingState {
    found,        ///< the interval is as narrow as was asked for, or as the ladder allows
    wide,         ///< ... is wider than that
    no_interval,  ///< the means cross, but no replicates tell how certain that is
    below_range,  ///< beyond the threshold at K_min already
    above_range,  ///< not yet at the last K of the ladder
    above_limit,  ///< not yet at the last K that can be computed
    not_monotone, ///< significantly back over the threshold at a larger K
    undecided,    ///< nothing observed, or no significant slope at the threshold
};

/// In every state lower and upper bound K_c at the rule's confidence, or are 0 and infinite where
/// the data do not bound it: below_range has no finite upper, above_range and above_limit no
/// positive lower, while no cell is significantly on its side. In no_interval they are the bracket
/// of the means, without confidence.
struct Crossing {
    CrossingState state = CrossingState::undecided;
    /// K_c; NaN in the states from below_range on.
    double estimate = std::numeric_limits<double>::quiet_NaN();
    double lower = 0.0;
    double upper = std::numeric_limits<double>::infinity();
    /// d logit(mean) / d ln K at K_c, signed; NaN as the estimate.
    double slope = std::numeric_limits<double>::quiet_NaN();
    std::size_t observations = 0; ///< that are defined
};

/// The allowed K: round(K_min r^j), distinct, and K_max, as far as the limit allows. A function of
/// the rule's range and ratio alone, so that all curves of a sweep have their K, and by that their
/// scenes, in common.
std::vector<std::uint64_t> ladder(const CrossingRule& rule);

/// The estimate and interval are those of a local logistic fit in ln K whose units are replicates
/// (analysis/capacity/local_fit.hpp, analysis/capacity/root_score.hpp), widened to the neighbours
/// of the estimate on the ladder, which it cannot tell apart, and to the observed bracket where
/// that is too wide for the curve between its ends to be known. A step has its bracket as interval,
/// once there are scenes enough: that n scenes of n recall all tells p > t only if t^n is small (n
/// = 7 for t = .5, 39 for .9), unless unseen_dispersion says that scenes are no coins. Replicates
/// count from two on; an observation that occurs twice counts once, the last of them. Throws
/// std::invalid_argument for K = 0, a value outside [0, 1] or a rule without a ladder.
Crossing crossing(std::span<const Observation> observations, const CrossingRule& rule);

} // namespace basin
