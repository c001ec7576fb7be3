#pragma once
// The inner loop of the network: numbers added where a bit is set, many at a time. What it returns
// depends on the machine in its last digits, so it is only ever used with its error bound.

#include "models/bits.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace basin {

/// The widest instructions that a machine offers and Basin uses.
enum class SimdPath : std::uint8_t { baseline, avx2, avx512 };

std::string_view name_of(SimdPath path);

/// The path of this process: what the machine offers, or less if the environment variable
/// BASIN_SIMD says baseline or avx2. Throws InputError for another word, or for more than the
/// machine has.
SimdPath simd_path();

/// Sum of values[64 w + j] over the set bits j of words[w] ^ invert. values: [64 * words.size()].
float masked_sum(SimdPath path, std::span<const float> values, std::span<const Word> words,
                 Word invert);

/// Bound on the rounding error of masked_sum() of `words` words, as a share of sum |values|: 64
/// partial sums of one value a word, then a tree (Higham 2002, section 4.2).
constexpr double masked_sum_error(std::size_t words) {
    return 1.001 * (static_cast<double>(words) + 7.0) * 0x1p-24;
}

} // namespace basin
