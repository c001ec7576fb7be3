#pragma once
// What the values of patterns may be, and what says so: errors are measured in it.

#include <cstdint>
#include <string_view>

namespace basin {

/// What the units of a pattern may be: pixels from black to white, spins from -1 to 1.
struct ValueRange {
    double low = -1.0;
    double high = 1.0;
    double width() const { return high - low; }
    bool operator==(const ValueRange&) const = default;
};

/// What says the range of a file's values.
enum class RangeBasis : std::uint8_t {
    whole_file,   ///< nothing declares it: it is what all values of the file span
    element_type, ///< bool 0 to 1, unsigned bytes 0 to 255
    attributes,   ///< valid_range, valid_min and valid_max of the file
    given,        ///< the parameter value_range
};

/// The basis in words that follow a range: "declared by the element type".
constexpr std::string_view text_of(RangeBasis basis) {
    switch (basis) {
    case RangeBasis::element_type:
        return "declared by the element type";
    case RangeBasis::attributes:
        return "declared by the file's attributes";
    case RangeBasis::given:
        return "given by value_range";
    case RangeBasis::whole_file:
        break;
    }
    return "not declared: found in the whole file";
}

struct DeclaredRange {
    ValueRange range;
    RangeBasis basis = RangeBasis::whole_file;
};

} // namespace basin
