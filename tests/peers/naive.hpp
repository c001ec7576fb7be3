#pragma once
// The network as one writes it first, in plain C++: what a user has without any library.

#include "models/base/bits.hpp"

#include <cstdint>
#include <vector>

namespace basin::peers {

/// Patterns as floats: +1 / -1 times a scale, [rows][columns].
using FloatRows = std::vector<std::vector<float>>;

FloatRows floats_of(const BitMatrix& patterns, float scale);

/// Asynchronous recall of `state` (+1 / -1) in place, units in index order, F(x) = x^vertex: every
/// overlap is recomputed for every decision and std::pow called for every term, all in float. Ties
/// keep the unit. Stops at a sweep without a flip, or after max_sweeps.
void recall_naively(const FloatRows& memories, std::vector<float>& state, std::uint32_t vertex,
                    std::uint32_t max_sweeps);

} // namespace basin::peers
