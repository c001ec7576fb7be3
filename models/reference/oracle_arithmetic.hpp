#pragma once
// Arithmetic of the number formats by integers of any length: every operation is exact, then
// rounded once. Shares nothing with models/arithmetic/precisions.cpp but the Format struct, so that
// each tests the other.

#include "models/arithmetic/precisions.hpp"

#include <cstdint>
#include <span>

namespace basin {

/// Arguments are numbers of the format, but number() takes any. Infinities, NaN and division by
/// zero follow IEEE 754.
struct OracleArithmetic {
    Format format{};
    Choice<PowerRoundings> power_rounding{};

    double number(double x) const;
    double add(double a, double b) const;
    double subtract(double a, double b) const;
    double multiply(double a, double b) const;
    double divide(double a, double b) const;

    /// x^n by left-to-right repeated squaring with every product rounded, or rounded once, as
    /// power_rounding says; x^0 = 1.
    double power(double x, std::uint32_t n) const;

    /// e^x, correctly rounded.
    double exponential(double x) const;

    /// The sum of the terms, rounded once. NaN if a term is NaN or infinities of both signs occur;
    /// else infinite if a term is.
    double sum(std::span<const double> terms) const;
};

/// Sign (-1, 0 or +1) of the sum of finite terms, not rounded at all.
int sign_of_exact_sum(std::span<const double> terms);

} // namespace basin
