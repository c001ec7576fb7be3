#include "models/reference/oracle_arithmetic.hpp"

#include <boost/multiprecision/cpp_bin_float.hpp>
#include <boost/multiprecision/cpp_int.hpp>

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

namespace basin {
namespace {

using Integer = boost::multiprecision::cpp_int;

/// numerator / denominator * 2^exponent, exactly; denominator > 0.
struct ExactRatio {
    Integer numerator;
    Integer denominator = 1;
    int exponent = 0;
};

/// A finite double is an integer of at most 53 bits times a power of two.
ExactRatio exact(double x) {
    int exponent = 0;
    const double fraction = std::frexp(x, &exponent);
    ExactRatio result;
    result.numerator = static_cast<std::int64_t>(std::ldexp(fraction, 53));
    result.exponent = exponent - 53;
    return result;
}

ExactRatio exact_sum(const ExactRatio& a, const ExactRatio& b) {
    const int common = std::min(a.exponent, b.exponent);
    ExactRatio result;
    result.numerator =
        (a.numerator << (a.exponent - common)) + (b.numerator << (b.exponent - common));
    result.exponent = common;
    return result;
}

int bit_length(const Integer& value) {
    return static_cast<int>(msb(value)) + 1;
}

/// The integer nearest to numerator / denominator (both >= 0), the even one of two equally near.
Integer nearest_integer(const Integer& numerator, const Integer& denominator) {
    Integer quotient;
    Integer remainder;
    divide_qr(numerator, denominator, quotient, remainder);
    const Integer doubled = 2 * remainder;
    const bool up = doubled > denominator || (doubled == denominator && bit_test(quotient, 0));
    return up ? Integer(quotient + 1) : quotient;
}

double rounded(const ExactRatio& x, const Format& format) {
    if (x.numerator == 0) return 0.0;
    const Integer magnitude = abs(x.numerator);

    // 2^leading <= |x| < 2^(leading + 1): the bit lengths leave two candidates.
    int leading = bit_length(magnitude) - bit_length(x.denominator) - 1;
    const int up = std::max(leading + 1, 0);
    const int down = std::max(-leading - 1, 0);
    if ((magnitude << down) >= (x.denominator << up)) ++leading;
    leading += x.exponent;

    const int finest = 2 - format.max_exponent - format.significand_bits;
    const int step = std::max(leading - format.significand_bits + 1, finest);
    const int shift = x.exponent - step;
    const Integer multiples =
        nearest_integer(magnitude << std::max(shift, 0), x.denominator << std::max(-shift, 0));

    const double value = std::ldexp(static_cast<double>(multiples), step);
    const double largest =
        std::ldexp(2.0 - std::ldexp(1.0, 1 - format.significand_bits), format.max_exponent);
    const double bounded = value > largest ? std::numeric_limits<double>::infinity() : value;
    return x.numerator < 0 ? -bounded : bounded;
}

/// The exact x^n, rounded once. n >= 1.
double power_once(double x, std::uint32_t n, const Format& format) {
    if (x == 0 || !std::isfinite(x)) return n % 2 == 0 ? x * x : x;

    // What is far outside the format is not worked out: it could have any length.
    const double leading = n * std::log2(std::abs(x)); // off by much less than 1 where it matters
    if (leading > format.max_exponent + 2) {
        const double infinity = std::numeric_limits<double>::infinity();
        return x < 0 && n % 2 == 1 ? -infinity : infinity;
    }
    if (leading < -format.max_exponent - format.significand_bits) return 0.0;

    int exponent = 0;
    double odd = std::frexp(x, &exponent);
    for (; std::trunc(odd) != odd; --exponent) // an odd integer keeps powers of two short
        odd *= 2;
    ExactRatio result;
    result.numerator = pow(Integer(odd), n);
    result.exponent = exponent * static_cast<int>(n);
    return rounded(result, format);
}

bool both_finite(double a, double b) {
    return std::isfinite(a) && std::isfinite(b);
}

} // namespace

double OracleArithmetic::number(double x) const {
    return std::isfinite(x) ? rounded(exact(x), format) : x;
}

double OracleArithmetic::add(double a, double b) const {
    return both_finite(a, b) ? rounded(exact_sum(exact(a), exact(b)), format) : a + b;
}

double OracleArithmetic::subtract(double a, double b) const {
    return add(a, -b);
}

double OracleArithmetic::multiply(double a, double b) const {
    if (!both_finite(a, b)) return a * b;
    ExactRatio product = exact(a);
    const ExactRatio factor = exact(b);
    product.numerator *= factor.numerator;
    product.exponent += factor.exponent;
    return rounded(product, format);
}

double OracleArithmetic::divide(double a, double b) const {
    if (!both_finite(a, b) || b == 0) return a / b;
    const ExactRatio divisor = exact(b);
    ExactRatio quotient = exact(b < 0 ? -a : a);
    quotient.denominator = abs(divisor.numerator);
    quotient.exponent -= divisor.exponent;
    return rounded(quotient, format);
}

double OracleArithmetic::power(double x, std::uint32_t n) const {
    if (n > 0 && power_rounding.is<RoundedOnce>()) return power_once(x, n, format);
    double result = 1.0;
    for (int bit = static_cast<int>(std::bit_width(n)) - 1; bit >= 0; --bit) {
        result = multiply(result, result);
        if ((n >> bit) & 1U) result = multiply(result, x);
    }
    return result;
}

double OracleArithmetic::exponential(double x) const {
    // No format reaches beyond e^710 or below e^-746.
    if (std::isnan(x)) return x;
    if (x > 1100.0) return std::numeric_limits<double>::infinity();
    if (x < -1100.0) return 0.0;

    // e^x is 1 or transcendental, so never a tie, and no double's e^x comes nearer to one than
    // 2^-113 of itself (Lefevre & Muller 2001): 200 bits round as e^x does.
    using Wide = boost::multiprecision::number<
        boost::multiprecision::cpp_bin_float<200, boost::multiprecision::digit_base_2>>;
    int exponent = 0;
    const Wide fraction = frexp(exp(Wide(x)), &exponent);
    ExactRatio result;
    result.numerator = static_cast<Integer>(ldexp(fraction, 200));
    result.exponent = exponent - 200;
    return rounded(result, format);
}

double OracleArithmetic::sum(std::span<const double> terms) const {
    // Integers have no largest value, so adding terms one by one loses nothing.
    ExactRatio total;
    double infinite = 0.0;
    for (const double term : terms) {
        if (std::isfinite(term))
            total = exact_sum(total, exact(term));
        else
            infinite += term; // IEEE: NaN stays, opposite infinities make NaN
    }
    return infinite == 0.0 ? rounded(total, format) : infinite;
}

int sign_of_exact_sum(std::span<const double> terms) {
    ExactRatio total;
    for (const double term : terms)
        total = exact_sum(total, exact(term));
    return total.numerator.sign();
}

} // namespace basin
