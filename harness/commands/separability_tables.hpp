#pragma once
// What `basin separability` found, as tables for other programs.

#include "harness/recompute/separability_analysis.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace basin {

/// A scene, and what was found out about it.
struct SurveyedScene {
    PlannedScene planned;
    SceneSurvey survey; ///< has a place for each likeness, whatever happened

    /// "done", "failed" or "timed_out".
    std::string_view status(std::size_t likeness) const;
};

/// CSV, a row for each scene and similarity: the parameters of scenes that vary, replicate,
/// similarity (and similarity_delta if it varies), status, then
///
///   memories, memories_looked_at
///   delta_min, deltas_not_positive, deltas_undefined   gaps of the memories (separability.hpp)
///   extreme_share, extreme, in_hull, hull_undecided    memories by their places in the hull of all
///   cues, cues_looked_at, cue_deltas                   cue_deltas: those of a memory
///   cue_delta_min, cue_deltas_not_positive, cue_deltas_undefined
///
/// Real numbers are the shortest text that reads back to the same bits; what is not known is an
/// empty field.
std::string separability_csv(const Plan& plan, const std::vector<SurveyedScene>& scenes);

/// CSV, a row for each bin of each histogram: the same keys without status, kind (self or cross),
/// bin_low, bin_high, count. What is not finite has a row of its own if there is some, both edges
/// -inf or inf, or empty for what is not a number: counts add up to all pairs that were looked at.
std::string histogram_csv(const Plan& plan, const std::vector<SurveyedScene>& scenes);

} // namespace basin
