#pragma once
// The pattern counts that a search for a critical one may use.

#include <cstdint>
#include <vector>

namespace basin {

/// round(least ratio^j), distinct, up to `most`, and `most` itself; empty if most < least. Throws
/// std::invalid_argument unless least >= 1 and ratio > 1.
std::vector<std::uint64_t> pattern_ladder(std::uint64_t least, std::uint64_t most, double ratio);

/// A ratio that serves a relative width: half the width, so that the bracket of a step, which the
/// ladder cannot split, is narrower than what was asked for.
double ladder_ratio_for(double relative_width);

} // namespace basin
