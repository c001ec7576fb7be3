#pragma once

#include <bit>
#include <cstdint>
#include <string>
#include <type_traits>
#include <vector>

namespace basin::tests {

/// A .npy file of rows of Real, all of one width.
template <class Real>
std::string npy_bytes_of(const std::vector<std::vector<Real>>& rows) {
    using Bits = std::conditional_t<sizeof(Real) == 4, std::uint32_t, std::uint64_t>;
    std::string header = "{'descr': '<f" + std::to_string(sizeof(Real)) +
                         "', 'fortran_order': False, 'shape': (" + std::to_string(rows.size()) +
                         ", " + std::to_string(rows.at(0).size()) + "), }";
    header.resize(117, ' ');
    header += '\n';
    std::string bytes = "\x93NUMPY";
    bytes += {'\x01', '\0', static_cast<char>(header.size()), '\0'};
    bytes += header;
    for (const std::vector<Real>& row : rows)
        for (const Real value : row)
            for (unsigned b = 0; b < sizeof(Real); ++b)
                bytes += static_cast<char>(std::bit_cast<Bits>(value) >> (8 * b));
    return bytes;
}

/// Of float32, and of float64.
inline std::string npy_bytes(const std::vector<std::vector<float>>& rows) {
    return npy_bytes_of(rows);
}
inline std::string npy_doubles(const std::vector<std::vector<double>>& rows) {
    return npy_bytes_of(rows);
}

} // namespace basin::tests
