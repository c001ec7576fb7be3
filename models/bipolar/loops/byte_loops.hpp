#pragma once
// The inner loops over memories, once for each width of instructions. Their files are compiled for
// machines of their own and must not share an inline function with any other: pointers alone.
//
// A bit of a column's word stands for one memory; `words` is how many words the memories fill.

#include "models/base/simd.hpp"

#include <cstddef>
#include <cstdint>

namespace basin {

/// What is looked up for a match count: three bytes, highest first, that become the memory's
/// weight, and three more of which only the total is asked.
struct ByteTables {
    static constexpr std::size_t most_entries = 127; ///< one is left for all that is out of range
    alignas(64) std::uint8_t bytes[6][128]{}; ///< [byte][match count - first]; 0 past entries
    std::uint8_t first = 0;
    std::size_t entries = 0; ///< 1 ... most_entries
};

struct ByteLoops {
    /// counts[i] += bit i of words ^ invert ? -1 : +1; [64 * words] counts.
    void (*step)(std::uint8_t* counts, const std::uint64_t* column, std::size_t words,
                 std::uint64_t invert);
    void (*step_wide)(std::uint32_t* counts, const std::uint64_t* column, std::size_t words,
                      std::uint64_t invert);

    /// sums[c] = sum of 256 high + middle over the set bits of columns[c], c = 0 ... 3.
    void (*sums)(const std::uint8_t* high, const std::uint8_t* middle,
                 const std::uint64_t* const* columns, std::size_t words, std::uint64_t* sums);

    /// The sum of one plane over the set bits of a column.
    std::uint64_t (*sum)(const std::uint8_t* plane, const std::uint64_t* column, std::size_t words);

    /// planes[j][i] = tables.bytes[j][counts[i] - first] for j < 3, 0 where that is out of range or
    /// i is no set bit of the last word's `valid`; totals[j] = sum over i, for all j.
    void (*look_up)(const std::uint8_t* counts, std::size_t words, std::uint64_t valid,
                    const ByteTables& tables, std::uint8_t* const* planes, std::uint64_t* totals);

    /// bins[b] = number of counts that are first + b, for b = 0 ... entries - 1 < 128; [128] bins.
    /// Counts past the set bits of the last word's `valid` are left out, and all others are in that
    /// range. Null where nothing is faster than one increment after the other.
    void (*count)(const std::uint8_t* counts, std::size_t words, std::uint64_t valid,
                  std::uint8_t first, std::size_t entries, std::uint32_t* bins);
};

extern const ByteLoops baseline_loops;
extern const ByteLoops avx2_loops;
extern const ByteLoops avx512_loops;

/// The loops of a path. Totals of up to 2^24 memories fit.
const ByteLoops& loops_of(SimdPath path);

} // namespace basin
