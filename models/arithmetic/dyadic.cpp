#include "models/arithmetic/dyadic.hpp"

#include <bit>
#include <cmath>
#include <limits>

namespace basin {

Dyadic dyadic(double x) {
    if (x == 0.0) return {0, 0};
    int exponent = 0;
    const double fraction = std::frexp(x, &exponent);
    constexpr int digits = std::numeric_limits<double>::digits;
    const auto integer = static_cast<std::int64_t>(std::scalbn(fraction, digits));
    const int zeros = std::countr_zero(static_cast<std::uint64_t>(integer));
    return {integer >> zeros, exponent - digits + zeros};
}

} // namespace basin
