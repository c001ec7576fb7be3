#pragma once
// The slow obvious network, written from the papers: the truth that kernels are tested against.

#include "models/bipolar/trajectory.hpp"

namespace basin {

/// Runs probe `probe` of `scene` under `setting`, recomputing every overlap at every decision and
/// adding the rounded terms exactly. Equal to the kernels' trajectory in every field.
Trajectory oracle_recall(const Scene& scene, const Setting& setting, std::uint32_t probe);

} // namespace basin
