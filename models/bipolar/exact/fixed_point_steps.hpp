#pragma once
// A table's steps in fixed point, so that sums of them are whole numbers: exact in any order, and
// made of bytes, which machines add faster than anything else.

#include "models/bipolar/loops/byte_loops.hpp"
#include "models/bipolar/overlaps.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace basin {

/// A memory of m matches says step m for a unit that agrees with it, else -step[m + 1]. So a
/// decision is the sum of the pairs step m + step[m + 1] over all that agree, less the sum of
/// step[m + 1] over all memories.
struct FixedSteps {
    MatchRange range;     ///< of m
    double unit = 0.0;    ///< a power of 2: steps are multiples of it, off by half of it at most
    bool exact = false;   ///< no step is off
    double largest = 0.0; ///< no step of the range is larger in magnitude

    // What pairs and opposed steps are above their lowest one: in 24 bits.
    std::int64_t lowest_pair = 0;
    std::int64_t lowest_opposed = 0;
    std::vector<std::uint32_t> pairs;   ///< [range.size()]
    std::vector<std::uint32_t> opposed; ///< [range.size()] step m + 1
    ByteTables tables;                  ///< of both, if the range fits; else without entries

    std::uint32_t pair(std::uint32_t m) const { return pairs[m - range.lowest]; }
    std::uint32_t opposed_to(std::uint32_t m) const { return opposed[m - range.lowest]; }
};

/// steps: [N + 2], finite for all that the range may use. The result has some match counts more,
/// so that it lasts some flips, where their steps cost a digit at most.
FixedSteps fix(std::span<const double> steps, const MatchRange& needed);

} // namespace basin
