#pragma once
// The 16-bit formats by their bits: every operation on sign, integer significand and exponent, and
// rounded by integer shifts. No floating-point operation is used but to show a number.

#include "models/arithmetic/precisions.hpp"

#include <boost/multiprecision/cpp_int.hpp>

#include <cmath>
#include <cstdint>
#include <limits>

namespace basin::tests {

class HalfBits {
public:
    using Bits = std::uint16_t;
    using Wide = boost::multiprecision::uint256_t;

    explicit HalfBits(const Format& format) : fraction_bits_(format.significand_bits - 1) {
        bias_ = format.max_exponent;
        top_exponent_ = (1 << (15 - fraction_bits_)) - 1;
    }

    bool is_nan(Bits x) const { return (x & 0x7FFFU) > infinity(); }

    Bits multiply(Bits a, Bits b) const {
        const Bits sign = (a ^ b) & 0x8000U;
        if (is_nan(a) || is_nan(b)) return quiet_nan();
        if (is_infinite(a) || is_infinite(b))
            return is_zero(a) || is_zero(b) ? quiet_nan() : Bits(sign | infinity());
        return rounded(sign, Wide(significand(a)) * significand(b), exponent(a) + exponent(b));
    }

    Bits subtract(Bits a, Bits b) const { return add(a, b ^ 0x8000U); }

    Bits add(Bits a, Bits b) const {
        if (is_nan(a) || is_nan(b)) return quiet_nan();
        if (is_infinite(a)) return is_infinite(b) && a != b ? quiet_nan() : a;
        if (is_infinite(b)) return b;
        if (exponent(a) < exponent(b)) std::swap(a, b);
        // Beyond 40 places the smaller number only says on which side of the larger the sum lies.
        constexpr int most = 40;
        const int gap = exponent(a) - exponent(b);
        const int places = gap < most ? gap : most;
        const std::int64_t low = gap <= most ? significand(b) : significand(b) != 0;
        const std::int64_t sum = (negative(a) ? -1 : 1) * (std::int64_t{significand(a)} << places) +
                                 (negative(b) ? -low : low);
        // A sum of 0 is positive unless both numbers are negative.
        const bool minus = sum < 0 || (sum == 0 && negative(a) && negative(b));
        return rounded(minus ? 0x8000U : 0U, Wide(sum < 0 ? -sum : sum), exponent(a) - places);
    }

    /// Left to right, squaring; every product is rounded. n > 0.
    Bits power_each(Bits x, unsigned n) const {
        unsigned bit = 1;
        while (bit <= n / 2)
            bit *= 2;
        Bits result = x;
        for (bit /= 2; bit > 0; bit /= 2) {
            result = multiply(result, result);
            if (n & bit) result = multiply(result, x);
        }
        return result;
    }

    /// The exact integer power, rounded once. 0 < n <= 20.
    Bits power_once(Bits x, unsigned n) const {
        const Bits sign = n % 2 == 1 ? Bits(x & 0x8000U) : Bits(0);
        if (is_nan(x)) return quiet_nan();
        if (is_infinite(x)) return sign | infinity();
        Wide power = 1;
        for (unsigned i = 0; i < n; ++i)
            power *= significand(x);
        return rounded(sign, power, static_cast<int>(n) * exponent(x));
    }

    double value(Bits x) const {
        const double sign = negative(x) ? -1.0 : 1.0;
        if (is_nan(x)) return std::nan("");
        if (is_infinite(x)) return sign * std::numeric_limits<double>::infinity();
        return sign * std::ldexp(significand(x), exponent(x));
    }

private:
    Bits infinity() const { return static_cast<Bits>(top_exponent_ << fraction_bits_); }
    Bits quiet_nan() const { return infinity() | 1U; }
    bool is_infinite(Bits x) const { return (x & 0x7FFFU) == infinity(); }
    static bool is_zero(Bits x) { return (x & 0x7FFFU) == 0; }
    static bool negative(Bits x) { return (x & 0x8000U) != 0; }

    /// A finite number is significand * 2^exponent, hidden bit included.
    int significand(Bits x) const {
        const int fraction = x & ((1 << fraction_bits_) - 1);
        return stored_exponent(x) == 0 ? fraction : fraction | (1 << fraction_bits_);
    }
    int stored_exponent(Bits x) const { return (x & 0x7FFF) >> fraction_bits_; }
    int exponent(Bits x) const {
        const int stored = stored_exponent(x);
        return (stored == 0 ? 1 : stored) - bias_ - fraction_bits_;
    }

    /// integer * 2^exponent to nearest, ties to even.
    Bits rounded(unsigned sign, const Wide& integer, int exponent) const {
        if (integer == 0) return static_cast<Bits>(sign);
        const int lowest = 1 - bias_ - fraction_bits_; // exponent of subnormals
        const int width = static_cast<int>(msb(integer)) + 1;
        const int quantum = std::max(exponent + width - fraction_bits_ - 1, lowest);
        const int dropped = quantum - exponent;
        if (dropped > width + 1) return static_cast<Bits>(sign); // below half of the smallest
        Wide units = dropped <= 0 ? Wide(integer << -dropped) : Wide(integer >> dropped);
        if (dropped > 0) {
            const Wide rest = integer - (units << dropped);
            const Wide half = Wide(1) << (dropped - 1);
            if (rest > half || (rest == half && (units & 1U) == 1)) ++units;
        }
        // A significand that reaches the next power of two carries into the exponent by itself.
        const auto low = units.convert_to<std::uint32_t>();
        const auto stored = static_cast<std::uint32_t>(quantum - lowest);
        const std::uint32_t bits = (stored << fraction_bits_) + low;
        return static_cast<Bits>(sign | std::min<std::uint32_t>(bits, infinity()));
    }

    int fraction_bits_;
    int bias_;
    int top_exponent_;
};

} // namespace basin::tests
