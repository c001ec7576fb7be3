#pragma once

#include <bit>
#include <cstdint>
#include <string>
#include <vector>

namespace basin::tests {

/// A .npy file of float32 rows, all of one width.
inline std::string npy_bytes(const std::vector<std::vector<float>>& rows) {
    std::string header = "{'descr': '<f4', 'fortran_order': False, 'shape': (" +
                         std::to_string(rows.size()) + ", " + std::to_string(rows.at(0).size()) +
                         "), }";
    header.resize(117, ' ');
    header += '\n';
    std::string bytes = "\x93NUMPY";
    bytes += {'\x01', '\0', static_cast<char>(header.size()), '\0'};
    bytes += header;
    for (const std::vector<float>& row : rows)
        for (const float value : row)
            for (unsigned b = 0; b < 4; ++b)
                bytes += static_cast<char>(std::bit_cast<std::uint32_t>(value) >> (8 * b));
    return bytes;
}

} // namespace basin::tests
