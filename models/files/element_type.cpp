#include "models/files/element_type.hpp"

#include <array>
#include <bit>
#include <cmath>
#include <limits>
#include <type_traits>

namespace basin {

namespace {

struct Half {
    std::uint16_t bits;
};

template <std::size_t bytes>
using Unsigned = std::conditional_t<
    bytes == 1, std::uint8_t,
    std::conditional_t<bytes == 2, std::uint16_t,
                       std::conditional_t<bytes == 4, std::uint32_t, std::uint64_t>>>;

template <class Wanted, class Number>
Wanted converted(Number number) {
    return static_cast<Wanted>(number);
}

/// IEEE 754 binary16: 1 sign, 5 exponent (bias 15), 10 fraction bits.
template <class Wanted>
Wanted converted(Half half) {
    const int exponent = (half.bits >> 10) & 0x1F;
    const int fraction = half.bits & 0x3FF;
    const float sign = (half.bits >> 15) != 0 ? -1.0F : 1.0F;
    if (exponent == 0) return sign * std::ldexp(static_cast<float>(fraction), -24);
    if (exponent < 31)
        return sign * std::ldexp(static_cast<float>(fraction + 0x400), exponent - 25);
    return fraction == 0 ? sign * std::numeric_limits<float>::infinity()
                         : std::numeric_limits<float>::quiet_NaN();
}

template <class Number, class Wanted>
void decode(std::span<const std::uint8_t> from, bool big_endian, std::span<Wanted> to) {
    constexpr std::size_t bytes = sizeof(Number);
    for (std::size_t i = 0; i < to.size(); ++i) {
        std::uint64_t bits = 0;
        for (std::size_t b = 0; b < bytes; ++b) {
            const std::uint64_t byte = from[i * bytes + b];
            bits |= byte << (8 * (big_endian ? bytes - 1 - b : b));
        }
        if constexpr (std::is_same_v<Number, bool>)
            to[i] = bits != 0 ? Wanted{1} : Wanted{0};
        else
            to[i] = converted<Wanted>(std::bit_cast<Number>(static_cast<Unsigned<bytes>>(bits)));
    }
}

template <class Number>
constexpr ElementType element(std::string_view name, std::string_view npy_code,
                              std::uint8_t idx_code, std::optional<ValueRange> range = {}) {
    constexpr bool fits = std::is_same_v<Number, Half> || std::is_same_v<Number, bool> ||
                          std::numeric_limits<Number>::digits <= std::numeric_limits<float>::digits;
    return {name,
            npy_code,
            idx_code,
            sizeof(Number),
            range,
            fits,
            decode<Number, float>,
            decode<Number, double>};
}

constexpr std::array<ElementType, 12> types{
    element<bool>("bool", "b1", 0, ValueRange{0.0, 1.0}),
    element<std::uint8_t>("uint8", "u1", 0x08, ValueRange{0.0, 255.0}),
    element<std::int8_t>("int8", "i1", 0x09),
    element<std::uint16_t>("uint16", "u2", 0),
    element<std::int16_t>("int16", "i2", 0x0B),
    element<std::uint32_t>("uint32", "u4", 0),
    element<std::int32_t>("int32", "i4", 0x0C),
    element<std::uint64_t>("uint64", "u8", 0),
    element<std::int64_t>("int64", "i8", 0),
    element<Half>("float16", "f2", 0),
    element<float>("float32", "f4", 0x0D),
    element<double>("float64", "f8", 0x0E),
};

} // namespace

std::span<const ElementType> element_types() {
    return types;
}

} // namespace basin
