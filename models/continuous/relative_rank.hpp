#pragma once
// Whether final states span as many directions as the memories that they were to become. Below 1
// they are degenerate (Hopfield encoding networks, arXiv 2409.16408).

#include "models/continuous/real_ends.hpp"

#include <cstdint>
#include <span>

namespace basin {

/// In multiply-adds, as rank_work(): some seconds.
inline constexpr std::uint64_t most_rank_work = std::uint64_t{1} << 35U;

/// Numerical rank of the probes' final states over that of their targets; both by numerical_rank()
/// with rank_radius(). Undecided probes recall nothing, so their states add no rank; nor do equal
/// states. NaN if no probe has a target or all targets are 0, if a state is not finite, and if one
/// of the two ranks may take more than `most_work`.
///
/// Final states are made of memories, so of K memories they span K directions at most, and the work
/// is no more than the multiply-adds of one update of all probes.
double relative_rank(const RealScene& scene, const Setting& setting,
                     std::span<const RealPath> paths, const RealEnds& ends,
                     std::uint64_t most_work = most_rank_work);

/// A direction counts if some row is farther than this from the others: farther than states that
/// are the same may be from each other, and than rounding to the setting's precision moves the
/// longest memory.
double rank_radius(const RealScene& scene, const Setting& setting);

} // namespace basin
