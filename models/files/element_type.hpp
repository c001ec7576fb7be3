#pragma once
// The number formats that pattern files may hold, once: idx and npy readers follow from this list.

#include "models/data/value_range.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace basin {

struct ElementType {
    std::string_view name;     ///< as NumPy calls it
    std::string_view npy_code; ///< dtype code without its byte order mark
    std::uint8_t idx_code;     ///< third byte of an idx file; 0: not an idx type
    std::size_t bytes;         ///< per number

    std::optional<ValueRange> range; ///< of all numbers, where they are bytes or truth values

    bool fits_float32; ///< float32 holds every number of this type

    /// Converts to.size() numbers of `bytes` bytes each, rounded to float32.
    void (*decode)(std::span<const std::uint8_t> from, bool big_endian, std::span<float> to);

    /// Likewise to float64: whole numbers up to 2^53 stay what they are.
    void (*decode_wide)(std::span<const std::uint8_t> from, bool big_endian, std::span<double> to);
};

/// All formats, in the order in which messages list them.
std::span<const ElementType> element_types();

} // namespace basin
