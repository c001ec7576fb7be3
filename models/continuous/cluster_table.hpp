#pragma once
// The distinct final states of a cell, one by one: which attractors its probes found, and how many
// found each.

#include "models/continuous/real_ends.hpp"

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace basin {

/// A distinct final state. Distance and sizes are those of the state that stands for it.
struct ClusterRow {
    std::uint32_t probes = 0; ///< that end there
    NearMemory nearest;
    RealAttractor kind{};                                    ///< of most of its probes
    std::array<std::uint32_t, real_attractor_count> kinds{}; ///< [kind] probes
    bool is_undecided = false; ///< its weights are undefined: no sizes
    WeightSizes sizes;
};

/// One row per distinct final state, those of most probes first, equal ones by nearest memory and
/// then by first probe. Their probes add up to those of the scene. Throws as ends_of().
std::vector<ClusterRow> cluster_table(const RealScene& scene, const Setting& setting,
                                      std::span<const RealPath> paths);

} // namespace basin
