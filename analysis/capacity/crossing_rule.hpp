#pragma once
// From what a user asks for to how a crossing is sought. `basin capacity` and the capacity report
// both come here, so that one store has one K_c.

#include "analysis/capacity/crossing.hpp"
#include "models/draws/cues.hpp"
#include "sweeps/config/capacity_rule.hpp"

#include <cstdint>
#include <string_view>

namespace basin {

/// CrossingRule::unseen_dispersion of a metric. `probes`: fewest_probes() at the curve's least
/// pattern count. all_recalled is 0 or 1 of a whole scene, however many probes
/// that has: 1. All others are means over the probes: 1 / probes.
double unseen_dispersion(std::string_view metric, std::uint32_t probes);

/// The fewest probes that a scene of these cues has. Of the cues of a file it may ask a single one.
std::uint32_t fewest_probes(const CueSpec& cues);

/// The rule of a curve without limit and start, which the curve itself decides.
CrossingRule crossing_rule(const CapacityRule& asked, std::uint32_t probes);

} // namespace basin
