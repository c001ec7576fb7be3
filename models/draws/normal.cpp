#include "models/draws/normal.hpp"

#include <cmath>
#include <numbers>

namespace basin {

double natural_logarithm(double x) {
    int exponent = 0;
    double m = std::frexp(x, &exponent); // exact
    if (m < std::numbers::sqrt2 / 2) {
        m *= 2;
        --exponent;
    }
    // ln m = 2 artanh s, s = (m - 1) / (m + 1), |s| <= 0.172: the series' 12th term is below 2^-60.
    const double s = (m - 1) / (m + 1);
    const double square = s * s;
    double series = 0.0;
    for (int k = 23; k >= 3; k -= 2)
        series = square * (series + 1.0 / k);
    const double mantissa = 2 * s + 2 * s * series;
    // ln 2 in two parts: the exponent times the first one is exact.
    constexpr double ln2_high = 0x1.62e42fee00000p-1;
    constexpr double ln2_low = 0x1.a39ef35793c76p-33;
    return exponent * ln2_high + (mantissa + exponent * ln2_low);
}

double NormalStream::next() {
    if (has_spare_) {
        has_spare_ = false;
        return spare_;
    }
    for (;;) {
        const double u = 2 * stream_->uniform() - 1;
        const double v = 2 * stream_->uniform() - 1;
        const double s = u * u + v * v;
        if (s >= 1 || s == 0) continue;
        const double factor = std::sqrt(-2 * natural_logarithm(s) / s);
        spare_ = v * factor;
        has_spare_ = true;
        return u * factor;
    }
}

} // namespace basin
