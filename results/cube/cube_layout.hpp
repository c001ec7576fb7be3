#pragma once
// How the cells of a plan lie in a result file: axes, and blocks of cells that are one chunk each.
//
// A combination is a cell without its replicate; its replicates follow each other in C order.

#include "sweeps/plan/plan.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace basin {

/// A run of combinations that follow each other in C order: one chunk of every variable.
struct Block {
    std::uint64_t first = 0;          ///< its first combination
    std::uint64_t combinations = 1;   ///< how many
    std::vector<std::uint64_t> start; ///< [dimension] index of the first value
    std::vector<std::uint64_t> shape; ///< [dimension] number of values
};

struct CubeLayout {
    std::vector<Dimension> dimensions; ///< without replicate
    std::uint64_t replicates = 1;
    std::vector<std::uint64_t> chunk; ///< [dimension]; the last dimensions whole, the first 1

    std::uint64_t combinations() const;
    std::uint64_t cells() const { return combinations() * replicates; }
    std::uint64_t block_count() const;
    Block block(std::uint64_t index) const; ///< index < block_count(); in C order
};

/// Cells of a chunk, at most, unless one combination has more: 512 KiB of doubles.
inline constexpr std::uint64_t chunk_cells = 65536;

CubeLayout cube_layout(const Plan& plan);

/// Sizes of a chunk over dimensions of these sizes with at most `most` elements: 1 in the first
/// dimensions, then a share of one dimension in pieces as equal as can be, then whole dimensions.
std::vector<std::uint64_t> chunk_shape(const std::vector<std::uint64_t>& sizes, std::uint64_t most);

/// A text as one word of CF's flag_meanings: what is not allowed there becomes '_'.
std::string flag_word(std::string_view text);

} // namespace basin
