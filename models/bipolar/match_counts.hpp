#pragma once
// In how many units memories agree with a state.

#include "models/base/bits.hpp"
#include "models/base/simd.hpp"

#include <cstdint>
#include <span>

namespace basin {

/// Fills counts: [memories.rows], each 0 ... memories.columns. state: [words of a row].
void count_matches(SimdPath path, const BitMatrix& memories, BitRow state,
                   std::span<std::uint32_t> counts);

/// The same in bytes, for at most 255 columns.
void count_matches(SimdPath path, const BitMatrix& memories, BitRow state,
                   std::span<std::uint8_t> counts);

} // namespace basin
