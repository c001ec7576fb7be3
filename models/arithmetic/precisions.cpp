#include "models/arithmetic/precisions.hpp"

#include "models/arithmetic/big_float.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <type_traits>

namespace basin {

namespace {

int min_exponent(const Format& format) {
    return 1 - format.max_exponent;
}

/// (high + low) 2^shift rounded once to the format. high is normalised: |low| <= ulp(high) / 2.
double round_pair(const Format& format, double high, double low, int shift) {
    if (high == 0.0 || !std::isfinite(high)) return high;
    const int top = std::max(std::ilogb(high) + shift, min_exponent(format));
    const int quantum = top - format.significand_bits + 1;
    // |scaled| < 2^53 and a power of two apart from `high`, so scaling is exact where it matters:
    // digits lost below 2^-1074 lie far under half a quantum.
    const double scaled = std::scalbn(high, shift - quantum);
    double units = std::nearbyint(scaled);
    const double rest = scaled - units;
    if (rest == 0.5 && low > 0.0) units += 1.0;
    if (rest == -0.5 && low < 0.0) units -= 1.0;
    const double limit = std::scalbn(1.0, format.significand_bits);
    if (quantum + format.significand_bits - 1 > format.max_exponent ||
        (quantum + format.significand_bits - 1 == format.max_exponent && std::abs(units) >= limit))
        return std::copysign(std::numeric_limits<double>::infinity(), high);
    return std::scalbn(units, quantum);
}

/// An unevaluated sum high + low, good for about 104 bits.
struct Pair {
    double high;
    double low;
};

Pair fast_two_sum(double a, double b) {
    const double sum = a + b;
    return {sum, b - (sum - a)};
}

Pair two_sum(double a, double b) {
    const double sum = a + b;
    const double t = sum - a;
    return {sum, (a - (sum - t)) + (b - t)};
}

Pair operator+(Pair a, Pair b) {
    Pair sum = two_sum(a.high, b.high);
    return fast_two_sum(sum.high, sum.low + a.low + b.low);
}

Pair operator*(Pair a, Pair b) {
    const double product = a.high * b.high;
    const double error = std::fma(a.high, b.high, -product);
    return fast_two_sum(product, error + (a.high * b.low + a.low * b.high));
}

/// x^n rounded once. MPFR cuts the power off at 64 bits and says whether it lost something; setting
/// the last bit then (rounding to odd) makes the second rounding, to 53 bits or fewer, the right
/// one (Boldo & Melquiond 2008).
double power_once(const Format& format, double x, std::uint32_t n) {
    if (x == 0.0 || !std::isfinite(x)) return std::pow(x, n);
    constexpr mpfr_prec_t bits = 64;
    BigFloat base(53);
    BigFloat power(bits);
    mpfr_set_d(base.get(), x, MPFR_RNDN);
    const bool cut = mpfr_pow_ui(power.get(), base.get(), n, MPFR_RNDZ) != 0;
    if (cut && mpfr_min_prec(power.get()) < bits) {
        if (mpfr_sgn(power.get()) > 0)
            mpfr_nextabove(power.get());
        else
            mpfr_nextbelow(power.get());
    }
    long exponent = 0;
    const double high = mpfr_get_d_2exp(&exponent, power.get(), MPFR_RNDN);
    mpfr_mul_2si(power.get(), power.get(), -exponent, MPFR_RNDN);
    mpfr_sub_d(power.get(), power.get(), high, MPFR_RNDN);
    return round_pair(format, high, mpfr_get_d(power.get(), MPFR_RNDN), static_cast<int>(exponent));
}

} // namespace

Format format_of(Choice<Precisions> precision) {
    return precision.visit([](auto entry) -> Format {
        if constexpr (std::is_same_v<decltype(entry), Exact>)
            throw std::logic_error("exact arithmetic has no number format");
        else
            return entry.format;
    });
}

double largest_finite(const Format& format) {
    return std::scalbn(2.0 - std::scalbn(1.0, 1 - format.significand_bits), format.max_exponent);
}

double smallest_normal(const Format& format) {
    return std::scalbn(1.0, min_exponent(format));
}

double smallest_subnormal(const Format& format) {
    return std::scalbn(1.0, min_exponent(format) - format.significand_bits + 1);
}

double round_to(const Format& format, double x) {
    if (format == Float64::format) return x;
    if (format == Float32::format) return static_cast<double>(static_cast<float>(x));
    return round_pair(format, x, 0.0, 0);
}

double Arithmetic::power(double x, std::uint32_t n) const {
    if (n == 0) return 1.0;
    if (power_rounding.is<RoundedOnce>()) return power_once(format, x, n);
    double result = x;
    for (int bit = static_cast<int>(std::bit_width(n)) - 2; bit >= 0; --bit) {
        result = multiply(result, result);
        if ((n >> bit) & 1U) result = multiply(result, x);
    }
    return result;
}

double Arithmetic::exponential(double x) const {
    if (std::isnan(x)) return x;
    if (x > 800.0) return std::numeric_limits<double>::infinity();
    if (x < -800.0) return 0.0;
    if (x == 0.0) return 1.0;
    // e^x = 2^k (e^(r/256))^256 with r = x - k ln 2, |r| <= ln 2 / 2; ln 2 to 143 bits in three
    // parts, the first short enough that k times it is exact.
    constexpr double ln2_a = 0x1.62e42fefp-1;
    constexpr double ln2_b = 0x1.473de6af278edp-34;
    constexpr double ln2_c = -0x1.9ff0342542fc3p-90;
    const double k = std::nearbyint(x * 0x1.71547652b82fep+0);
    Pair r = two_sum(x, -k * ln2_a) + Pair{-k, 0.0} * Pair{ln2_b, 0.0};
    r = r + Pair{-k * ln2_c, 0.0};
    const Pair t{r.high / 256.0, r.low / 256.0};
    // Taylor series of e^t - 1: |t| < 0.0014, so 11 terms leave less than 2^-115.
    constexpr int terms = 11;
    constexpr Pair one{1.0, 0.0};
    Pair tail{0.0, 0.0};
    for (int j = terms; j >= 2; --j) {
        // tail <- (1 + tail) t / j, the division by a small integer done in pairs
        const Pair product = (one + tail) * t;
        const double quotient = product.high / j;
        const double rest = std::fma(-quotient, j, product.high) + product.low;
        tail = fast_two_sum(quotient, rest / j);
    }
    Pair minus_one = (one + tail) * t;
    // Squaring e^t - 1 instead of e^t keeps the relative precision: (1 + m)^2 - 1 = m (2 + m).
    for (int square = 0; square < 8; ++square)
        minus_one = minus_one * (Pair{2.0, 0.0} + minus_one);
    const Pair result = one + minus_one;
    return round_pair(format, result.high, result.low, static_cast<int>(k));
}

} // namespace basin
