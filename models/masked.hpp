#pragma once
// The inner loops of the network over the bits of a column of the memories, many at a time.

#include "models/bits.hpp"
#include "models/simd.hpp"

#include <cstddef>
#include <cstdint>
#include <span>

namespace basin {

/// Adds 1 to counts[64 w + j] where bit j of words[w] ^ invert is 0, and takes 1 away where it
/// is 1. counts: [64 * words.size()].
void masked_step(SimdPath path, std::span<std::uint32_t> counts, std::span<const Word> words,
                 Word invert);

/// Sum of values[64 w + j] over the set bits j of words[w] ^ invert. values: [64 * words.size()].
/// Its last digits depend on the path: only to be used with its error bound.
float masked_sum(SimdPath path, std::span<const float> values, std::span<const Word> words,
                 Word invert);

/// Bound on the rounding error of masked_sum() of `words` words, as a share of sum |values|: 64
/// partial sums of one value a word, then a tree (Higham 2002, section 4.2).
constexpr double masked_sum_error(std::size_t words) {
    return 1.001 * (static_cast<double>(words) + 7.0) * 0x1p-24;
}

} // namespace basin
