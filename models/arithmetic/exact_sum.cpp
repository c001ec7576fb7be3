#include "models/arithmetic/exact_sum.hpp"

#include "models/arithmetic/dyadic.hpp"

#include <boost/multiprecision/cpp_int.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

namespace basin {

namespace {

using boost::multiprecision::cpp_int;

// Every finite double is an integer multiple of 2^-1074.
constexpr int unit_exponent = -1074;

/// total * 2^unit_exponent rounded to nearest, ties to even.
double rounded(const cpp_int& total, const Format& format) {
    if (total == 0) return 0.0;
    const bool negative = total < 0;
    const cpp_int magnitude = negative ? cpp_int(-total) : total;
    const int top = static_cast<int>(msb(magnitude)) + unit_exponent;
    const int quantum = std::max(top, 1 - format.max_exponent) - format.significand_bits + 1;
    const int dropped = quantum - unit_exponent; // >= 0: no format is finer than float64
    cpp_int units = magnitude >> dropped;
    const cpp_int twice_rest = (magnitude - (units << dropped)) << 1;
    const cpp_int one = cpp_int(1) << dropped;
    if (twice_rest > one || (twice_rest == one && (units & 1) == 1)) ++units;
    const double result = std::scalbn(units.convert_to<double>(), quantum);
    const double checked =
        result > largest_finite(format) ? std::numeric_limits<double>::infinity() : result;
    return negative ? -checked : checked;
}

} // namespace

double exact_sum(std::span<const CountedTerm> terms, const Format& format) {
    cpp_int total = 0;
    for (const CountedTerm& term : terms) {
        if (term.count == 0 || term.value == 0.0) continue;
        const Dyadic value = dyadic(term.value);
        total += (cpp_int(value.integer) * term.count) << (value.exponent - unit_exponent);
    }
    return rounded(total, format);
}

} // namespace basin
