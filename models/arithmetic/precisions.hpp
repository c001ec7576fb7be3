#pragma once
// The number formats in which a network can be evaluated, and their arithmetic.
//
// Numbers of every format are carried in a double, which holds them all exactly. One operation is
// done in double and rounded once to the format (nearest, ties to even; subnormals, overflow to
// infinity). For +, -, *, / that equals the format's own operation: a double has more than 2p + 2
// significand bits for p = 8, 11, 24 (Figueroa 1995), and float64 needs no second rounding.

#include "models/base/catalog.hpp"

#include <cstdint>
#include <string_view>

namespace basin {

/// An IEEE 754 binary format: largest finite value (2 - 2^(1-p)) * 2^max_exponent, smallest normal
/// 2^(1-max_exponent), smallest subnormal 2^(2-max_exponent-p).
struct Format {
    int significand_bits; ///< p, with the hidden bit
    int max_exponent;
    auto operator<=>(const Format&) const = default;
};

struct Float32 {
    static constexpr std::string_view name = "float32";
    static constexpr std::string_view help = "IEEE single: 24 bits, largest 3.4e38";
    static constexpr Format format{24, 127};
};

struct Float64 {
    static constexpr std::string_view name = "float64";
    static constexpr std::string_view help = "IEEE double: 53 bits, largest 1.8e308";
    static constexpr Format format{53, 1023};
};

struct Float16 {
    static constexpr std::string_view name = "float16";
    static constexpr std::string_view help = "IEEE half: 11 bits, largest 65504";
    static constexpr Format format{11, 15};
};

struct BFloat16 {
    static constexpr std::string_view name = "bfloat16";
    static constexpr std::string_view help = "bfloat16: 8 bits, largest 3.4e38";
    static constexpr Format format{8, 127};
};

/// No number format at all: what every rounding one is judged by
/// (models/bipolar/exact/exact_table.hpp).
struct Exact {
    static constexpr std::string_view name = "exact";
    static constexpr std::string_view help = "no rounding: every decision is the true one";
};

using Precisions = Catalog<Float32, Float64, Float16, BFloat16, Exact>;

/// Throws std::logic_error for `exact`, which has no format.
Format format_of(Choice<Precisions> precision);
double largest_finite(const Format& format);
double smallest_subnormal(const Format& format);
double smallest_normal(const Format& format);

/// x rounded to the format, as a double; NaN and infinities pass through.
double round_to(const Format& format, double x);

struct EachProduct {
    static constexpr std::string_view name = "each_product";
    static constexpr std::string_view help = "x^n by repeated squaring, every product rounded";
};

struct RoundedOnce {
    static constexpr std::string_view name = "once";
    static constexpr std::string_view help = "the exact x^n, rounded once: an ideal library pow";
};

/// How a power is rounded. Repeated squaring is the default: it is what loops and compilers make of
/// an integer power. A good library's pow stays within one unit in the last place of `once`.
using PowerRoundings = Catalog<EachProduct, RoundedOnce>;

/// The arithmetic of one format. Arguments must be numbers of the format already.
struct Arithmetic {
    Format format{};
    Choice<PowerRoundings> power_rounding{};

    double number(double x) const { return round_to(format, x); }
    double add(double a, double b) const { return round_to(format, a + b); }
    double subtract(double a, double b) const { return round_to(format, a - b); }
    double multiply(double a, double b) const { return round_to(format, a * b); }
    double divide(double a, double b) const { return round_to(format, a / b); }

    /// x^n, rounded as power_rounding says: by left-to-right repeated squaring, one rounding per
    /// multiplication, or once. Both are specified to the bit, as no library's pow is.
    /// n >= 0; x^0 = 1.
    double power(double x, std::uint32_t n) const;

    /// e^x, correctly rounded to the format but for an argument within 2^-40 ulp of a tie.
    double exponential(double x) const;
};

} // namespace basin
