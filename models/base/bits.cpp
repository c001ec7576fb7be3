#include "models/base/bits.hpp"

#include <algorithm>
#include <array>

namespace basin {

namespace {

using Block = std::array<Word, 64>;

/// Transposes 64 x 64 bits in place: swap the off-diagonal halves, then those of the quarters, and
/// so on down to single bits (Warren, Hacker's Delight, 7-3).
void transpose(Block& block) {
    Word low_half = 0x00000000FFFFFFFF;
    for (std::size_t width = 32; width > 0; width /= 2, low_half ^= low_half << width) {
        for (std::size_t r = 0; r < 64; r = ((r | width) + 1) & ~width) {
            const Word differing = ((block[r] >> width) ^ block[r | width]) & low_half;
            block[r | width] ^= differing;
            block[r] ^= differing << width;
        }
    }
}

} // namespace

BitMatrix transposed(const BitMatrix& matrix) {
    BitMatrix result(matrix.columns, matrix.rows);
    for (std::size_t top = 0; top < matrix.rows; top += 64) {
        const std::size_t height = std::min<std::size_t>(64, matrix.rows - top);
        for (std::size_t left = 0; left < matrix.columns; left += 64) {
            Block block{};
            for (std::size_t r = 0; r < height; ++r)
                block[r] = matrix.row(top + r)[left / 64];
            transpose(block);
            const std::size_t width = std::min<std::size_t>(64, matrix.columns - left);
            for (std::size_t c = 0; c < width; ++c)
                result.row(left + c)[top / 64] = block[c];
        }
    }
    return result;
}

} // namespace basin
