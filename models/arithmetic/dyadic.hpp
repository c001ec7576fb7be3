#pragma once

#include <cstdint>

namespace basin {

/// integer * 2^exponent: what a double is exactly.
struct Dyadic {
    std::int64_t integer; ///< odd, or 0; below 2^53 in magnitude
    int exponent;         ///< -1074 ... 1023; 0 if the integer is 0
};

/// x, not rounded. x is finite.
Dyadic dyadic(double x);

} // namespace basin
