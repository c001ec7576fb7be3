#pragma once
// The header of a .npy file: a Python dictionary literal, read by a strict grammar of its own.

#include "models/files/element_type.hpp"

#include <cstdint>
#include <string_view>
#include <vector>

namespace basin {

struct NpyHeader {
    const ElementType* element = nullptr;
    bool big_endian = false;
    bool fortran_order = false;
    std::vector<std::uint64_t> shape; ///< empty for a scalar
};

/// Parses `{'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }`: these three keys, each
/// once, in any order. Source: NumPy's numpy.lib.format.
/// Throws InputError (without the file's name): not of this form, or an unsupported dtype.
NpyHeader parse_npy_header(std::string_view text);

} // namespace basin
