#include "models/bits.hpp"

namespace basin {

BitMatrix transposed(const BitMatrix& matrix) {
    BitMatrix result(matrix.columns, matrix.rows);
    for (std::size_t r = 0; r < matrix.rows; ++r)
        for (std::size_t c = 0; c < matrix.columns; ++c)
            if (bit_at(matrix.row(r), c)) set_bit(result.row(c), r, true);
    return result;
}

} // namespace basin
