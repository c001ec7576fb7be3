#include "models/base/bits.hpp"
#include "models/base/random.hpp"

#include <gtest/gtest.h>

#include <array>

namespace basin {
namespace {

BitMatrix random_bits(std::size_t rows, std::size_t columns, std::uint64_t first) {
    BitMatrix matrix(rows, columns);
    Stream stream(Key{}, StreamRole::patterns, first);
    for (std::size_t r = 0; r < rows; ++r)
        fill_fair(stream, matrix.row(r), columns);
    return matrix;
}

BitMatrix transposed_bit_by_bit(const BitMatrix& matrix) {
    BitMatrix result(matrix.columns, matrix.rows);
    for (std::size_t r = 0; r < matrix.rows; ++r)
        for (std::size_t c = 0; c < matrix.columns; ++c)
            set_bit(result.row(c), r, bit_at(matrix.row(r), c));
    return result;
}

// One, a few, just below, at and above a word, and sizes in use; every pair of them.
constexpr std::array<std::size_t, 8> sizes{1, 2, 7, 63, 64, 65, 100, 784};

TEST(Transposed, EqualsTheTransposeBitByBit) {
    for (const std::size_t rows : sizes)
        for (const std::size_t columns : sizes) {
            const BitMatrix matrix = random_bits(rows, columns, rows * 1000 + columns);

            const BitMatrix result = transposed(matrix);

            EXPECT_EQ(result, transposed_bit_by_bit(matrix)) << rows << " x " << columns;
            EXPECT_EQ(transposed(result), matrix) << rows << " x " << columns;
        }
}

TEST(Transposed, OfNothingIsNothing) {
    EXPECT_EQ(transposed(BitMatrix(0, 5)), BitMatrix(5, 0));
    EXPECT_EQ(transposed(BitMatrix(5, 0)), BitMatrix(0, 5));
}

TEST(Bits, SetAndFlipTouchOneBit) {
    BitMatrix matrix(2, 65);

    set_bit(matrix.row(1), 64, true);
    flip_bit(matrix.row(1), 3);
    flip_bit(matrix.row(0), 3);
    flip_bit(matrix.row(0), 3);
    set_bit(matrix.row(0), 63, true);
    set_bit(matrix.row(0), 63, false);

    EXPECT_EQ(matrix.words, (std::vector<Word>{0, 0, 8, 1}));
}

TEST(Distance, CountsDifferingBits) {
    for (const std::size_t columns : sizes) {
        const BitMatrix matrix = random_bits(2, columns, columns);
        std::uint32_t expected = 0;
        for (std::size_t c = 0; c < columns; ++c)
            expected += bit_at(matrix.row(0), c) != bit_at(matrix.row(1), c);

        EXPECT_EQ(distance(matrix.row(0), std::as_const(matrix).row(1)), expected) << columns;
    }
}

} // namespace
} // namespace basin
