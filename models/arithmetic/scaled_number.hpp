#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>

namespace basin {

/// fraction * 2^exponent, 0.5 <= |fraction| < 1 or fraction = 0: a double without limits. Exact
/// values of large vertices lie far outside the range of any format.
struct ScaledNumber {
    double fraction = 0.0;
    std::int64_t exponent = 0;

    static ScaledNumber of(double x) {
        int exponent = 0;
        const double fraction = std::frexp(x, &exponent);
        return {fraction, exponent};
    }

    /// The double x * 2^shift: 0 or subnormal far below, infinite far above.
    double at_scale(std::int64_t shift) const {
        const std::int64_t total = std::clamp<std::int64_t>(exponent + shift, -4000, 4000);
        return std::scalbn(fraction, static_cast<int>(total));
    }
};

/// a / b as a double; b is not 0.
inline double ratio(const ScaledNumber& a, const ScaledNumber& b) {
    return ScaledNumber{a.fraction / b.fraction, a.exponent}.at_scale(-b.exponent);
}

} // namespace basin
