#pragma once
// Interaction functions F of the energy E = -sum_mu F(s_mu), side by side.
// To add one: one struct here and its line in Interactions.
//
//   value(a, x, p)  F(x), computed in arithmetic `a`;  slope(a, x, p)  F'(x)
//   value_vanishes(x, p), slope_vanishes(x, p)  whether F(x), F'(x) is exactly 0
//   exact_form      what F is without rounding: one of ExactForm
//   homogeneous     F(c x) = c^n F(x) for c > 0: beta may then move between inside and outside
//   sign_blind      has a meaning for similarities that are never positive

#include "models/arithmetic/precisions.hpp"
#include "models/base/catalog.hpp"

#include <compare>
#include <cstdint>
#include <string_view>

namespace basin {

/// models/bipolar/exact/exact_values.cpp evaluates these.
enum class ExactForm : std::uint8_t {
    power,           ///< x^n
    rectified_power, ///< max(x, 0)^n
    leaky_power,     ///< x^n for x > 0, else slope * x
    exponential,     ///< e^x
};

/// McAlister's public code lets the leak fall on the negative side: F(x) = leak * x (monotone).
struct LeakMonotone {
    static constexpr std::string_view name = "monotone";
    static constexpr std::string_view help = "F(x) = +leak * x for x < 0 (F <= 0 there)";
    static constexpr double sign = 1.0;
};

/// McAlister's talk writes F(x) = -leak * x for x < 0 (positive values).
struct LeakReflected {
    static constexpr std::string_view name = "reflected";
    static constexpr std::string_view help = "F(x) = -leak * x for x < 0 (F >= 0 there)";
    static constexpr double sign = -1.0;
};

using LeakSigns = Catalog<LeakMonotone, LeakReflected>;

struct InteractionParameters {
    std::uint32_t vertex = 2;    ///< n >= 1, the interaction vertex
    double leak = 0.01;          ///< epsilon >= 0, of the leaky rectified polynomial
    Choice<LeakSigns> leak_sign; ///< of the leaky rectified polynomial
    auto operator<=>(const InteractionParameters&) const = default;
};

/// F(x) = x^n.  Krotov & Hopfield 2016, section 2.
struct Polynomial {
    static constexpr std::string_view name = "polynomial";
    static constexpr std::string_view help = "F(x) = x^n";
    static constexpr ExactForm exact_form = ExactForm::power;
    static constexpr bool homogeneous = true;
    static constexpr bool sign_blind = false;
    static double value(const Arithmetic& a, double x, const InteractionParameters& p) {
        return a.power(x, p.vertex);
    }
    static double slope(const Arithmetic& a, double x, const InteractionParameters& p) {
        return a.multiply(a.number(p.vertex), a.power(x, p.vertex - 1));
    }
    static bool value_vanishes(double x, const InteractionParameters&) { return x == 0; }
    static bool slope_vanishes(double x, const InteractionParameters& p) {
        return x == 0 && p.vertex > 1;
    }
};

/// F(x) = x^n for x >= 0, else 0.  Krotov & Hopfield 2016, eq. 3.
struct RectifiedPolynomial {
    static constexpr std::string_view name = "rectified_polynomial";
    static constexpr std::string_view help = "F(x) = max(x, 0)^n";
    static constexpr ExactForm exact_form = ExactForm::rectified_power;
    static constexpr bool homogeneous = true;
    static constexpr bool sign_blind = false;
    static double value(const Arithmetic& a, double x, const InteractionParameters& p) {
        return x <= 0 ? 0.0 : a.power(x, p.vertex); // a NaN stays one
    }
    static double slope(const Arithmetic& a, double x, const InteractionParameters& p) {
        return x > 0 ? Polynomial::slope(a, x, p) : 0.0;
    }
    static bool value_vanishes(double x, const InteractionParameters&) { return x <= 0; }
    static bool slope_vanishes(double x, const InteractionParameters&) { return x <= 0; }
};

/// F(x) = x^n for x > 0, else +leak x (monotone) or -leak x (reflected).
/// McAlister et al. 2024 (talk and public code, which differ in the sign).
struct LeakyRectifiedPolynomial {
    static constexpr std::string_view name = "leaky_rectified_polynomial";
    static constexpr std::string_view help = "F(x) = x^n for x > 0, else leak_sign * leak * x";
    static constexpr ExactForm exact_form = ExactForm::leaky_power;
    static constexpr bool homogeneous = false;
    static constexpr bool sign_blind = false;
    static double value(const Arithmetic& a, double x, const InteractionParameters& p) {
        return x > 0 ? a.power(x, p.vertex) : a.multiply(leak(a, p), x);
    }
    static double slope(const Arithmetic& a, double x, const InteractionParameters& p) {
        return x > 0 ? Polynomial::slope(a, x, p) : leak(a, p);
    }
    static bool value_vanishes(double x, const InteractionParameters& p) {
        return x == 0 || (x < 0 && p.leak == 0);
    }
    static bool slope_vanishes(double x, const InteractionParameters& p) {
        return x <= 0 && p.leak == 0;
    }

private:
    static double leak(const Arithmetic& a, const InteractionParameters& p) {
        return p.leak_sign.visit([&](auto entry) { return entry.sign * a.number(p.leak); });
    }
};

/// F(x) = e^x.  Demircigil et al. 2017. The vertex has no effect.
struct Exponential {
    static constexpr std::string_view name = "exponential";
    static constexpr std::string_view help = "F(x) = e^x; the vertex has no effect";
    static constexpr ExactForm exact_form = ExactForm::exponential;
    static constexpr bool homogeneous = false;
    static constexpr bool sign_blind = true;
    static double value(const Arithmetic& a, double x, const InteractionParameters&) {
        return a.exponential(x);
    }
    static double slope(const Arithmetic& a, double x, const InteractionParameters&) {
        return a.exponential(x);
    }
    static bool value_vanishes(double, const InteractionParameters&) { return false; }
    static bool slope_vanishes(double, const InteractionParameters&) { return false; }
};

using Interactions =
    Catalog<RectifiedPolynomial, Polynomial, LeakyRectifiedPolynomial, Exponential>;

} // namespace basin
