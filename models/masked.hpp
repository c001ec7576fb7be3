#pragma once
// The inner loops of the network over the bits of a column of the memories, many at a time.

#include "models/bits.hpp"
#include "models/simd.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace basin {

/// Adds 1 to counts[64 w + j] where bit j of words[w] ^ invert is 0, and takes 1 away where it
/// is 1. counts: [64 * words.size()].
void masked_step(SimdPath path, std::span<std::uint32_t> counts, std::span<const Word> words,
                 Word invert);

/// Four sums at once, so that a value is loaded once for all: [c] is the sum of values[64 w + j]
/// over the set bits j of columns[c][w]. values: [64 W], columns: [4][W]. The last digits depend on
/// the path: only to be used with the error bound.
std::array<float, 4> masked_sums(SimdPath path, std::span<const float> values,
                                 const std::array<BitRow, 4>& columns);

/// Bound on the rounding error of a masked sum of W = `words` words, as a share of sum |values|: 8
/// or more partial sums of at most 128 values each, added up, then a tree (Higham 2002, section
/// 4.2).
constexpr double masked_sum_error(std::size_t words) {
    const std::size_t in_line = words < 16 ? 8 * words : 128 + (words + 15) / 16;
    return 1.001 * (static_cast<double>(in_line) + 6.0) * 0x1p-24;
}

} // namespace basin
