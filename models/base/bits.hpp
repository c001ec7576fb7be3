#pragma once
// Bipolar vectors as bits: 1 stands for +1, 0 for -1.

#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace basin {

using Word = std::uint64_t;
using BitRow = std::span<const Word>;

constexpr std::size_t words_for(std::size_t bits) {
    return (bits + 63) / 64;
}

constexpr bool bit_at(BitRow row, std::size_t i) {
    return (row[i / 64] >> (i % 64)) & 1U;
}

constexpr void set_bit(std::span<Word> row, std::size_t i, bool value) {
    const Word mask = Word{1} << (i % 64);
    row[i / 64] = value ? (row[i / 64] | mask) : (row[i / 64] & ~mask);
}

constexpr void flip_bit(std::span<Word> row, std::size_t i) {
    row[i / 64] ^= Word{1} << (i % 64);
}

/// Hamming distance of two rows of equal length; bits past the end must be 0 in both.
constexpr std::uint32_t distance(BitRow a, BitRow b) {
    std::uint32_t total = 0;
    for (std::size_t w = 0; w < a.size(); ++w)
        total += static_cast<std::uint32_t>(std::popcount(a[w] ^ b[w]));
    return total;
}

constexpr std::uint32_t set_bits(BitRow row) {
    std::uint32_t total = 0;
    for (const Word word : row)
        total += static_cast<std::uint32_t>(std::popcount(word));
    return total;
}

/// A matrix of bits, row-major, each row padded with zero bits to whole words.
struct BitMatrix {
    std::size_t rows = 0;
    std::size_t columns = 0;
    std::vector<Word> words;

    BitMatrix() = default;
    BitMatrix(std::size_t row_count, std::size_t column_count)
        : rows(row_count), columns(column_count), words(row_count * words_for(column_count)) {}

    std::size_t stride() const { return words_for(columns); }
    BitRow row(std::size_t r) const { return {words.data() + r * stride(), stride()}; }
    std::span<Word> row(std::size_t r) { return {words.data() + r * stride(), stride()}; }
    bool operator==(const BitMatrix&) const = default;
};

BitMatrix transposed(const BitMatrix& matrix);

} // namespace basin
