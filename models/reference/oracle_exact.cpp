#include "models/reference/oracle_exact.hpp"

#include <boost/multiprecision/cpp_bin_float.hpp>
#include <boost/multiprecision/cpp_int.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>
#include <stdexcept>
#include <vector>

namespace basin {
namespace {

using Integer = boost::multiprecision::cpp_int;
using Rational = boost::multiprecision::cpp_rational;

/// Never reduced, so that what is computed alike has the same denominator; denominator > 0.
struct Fraction {
    Integer numerator;
    Integer denominator = 1;
};

/// Every finite double is an integer over a power of two. x >= 0.
Fraction fraction(double x) {
    unsigned halvings = 0;
    for (; std::floor(x) != x; ++halvings)
        x *= 2;
    return {.numerator = Integer(x), .denominator = Integer(1) << halvings};
}

Fraction product(const Fraction& a, const Fraction& b) {
    return {.numerator = a.numerator * b.numerator, .denominator = a.denominator * b.denominator};
}

/// a / b, b > 0.
Fraction quotient(const Fraction& a, const Fraction& b) {
    return {.numerator = a.numerator * b.denominator, .denominator = a.denominator * b.numerator};
}

/// s(h): |zeta - sigma|^2 = 2 (N - h), |zeta - sigma|_1 = N - h.
Fraction similarity(const Setting& setting, int dimension, int h) {
    const std::string_view name = setting.similarity.name();
    const int l1 = dimension - h;
    const int l2_squared = 2 * (dimension - h);
    if (name == "dot") return {.numerator = h};
    if (name == "cosine") return {.numerator = h, .denominator = dimension};
    if (name == "euclidean_overlap")
        return {.numerator = 2 * dimension - l2_squared, .denominator = 2};
    if (name == "manhattan_overlap") return {.numerator = dimension - l1};
    if (name == "inverse_squared_euclidean") {
        Fraction sum = fraction(setting.similarity_delta);
        sum.numerator += l2_squared * sum.denominator;
        return quotient({.numerator = 1}, sum);
    }
    if (name == "negative_squared_euclidean") return {.numerator = -l2_squared};
    if (name == "negative_manhattan") return {.numerator = -l1};
    unknown_to_oracle("similarity", name);
}

/// The similarity of a perfect match, or the natural unit where that is 0.
Fraction exact_scale(const Setting& setting, int dimension) {
    const std::string_view name = setting.similarity.name();
    if (name == "cosine") return {.numerator = 1};
    if (name == "inverse_squared_euclidean")
        return quotient({.numerator = 1}, fraction(setting.similarity_delta));
    if (name == "negative_squared_euclidean") return {.numerator = 2 * dimension};
    return {.numerator = dimension};
}

/// What is inside F before s(h). F(c x) = c^n F(x) for the powers without a leak, and for the leaky
/// one where every similarity is positive: all terms have the same positive factor, which says
/// nothing about a sign, so it is left out.
Fraction gain(const Setting& setting, int dimension) {
    const std::string_view name = setting.interaction.name();
    const bool homogeneous = name == "polynomial" || name == "rectified_polynomial" ||
                             (name == "leaky_rectified_polynomial" &&
                              setting.similarity.name() == "inverse_squared_euclidean");
    if (!setting.formulation.is<Normalized>() || homogeneous) return {.numerator = 1};
    return quotient(fraction(setting.beta), exact_scale(setting, dimension));
}

/// F(x) or F'(x) of the powers. Numbers of one setting whose x have the same denominator have the
/// same denominator too, unless they are 0.
Fraction power_strength(const Setting& setting, const Fraction& x) {
    const std::string_view name = setting.interaction.name();
    const InteractionParameters& p = setting.interaction_parameters;
    const bool slope = setting.rule.is<Gradient>();
    const unsigned exponent = slope ? p.vertex - 1 : p.vertex;
    const Integer whole = pow(x.denominator, exponent);
    const auto power = [&]() -> Fraction {
        return {.numerator = (slope ? p.vertex : 1) * pow(x.numerator, exponent),
                .denominator = whole};
    };
    if (name == "polynomial") return power();
    if (name == "rectified_polynomial") return x.numerator > 0 ? power() : Fraction{.numerator = 0};
    if (name == "leaky_rectified_polynomial") {
        Fraction leak = fraction(p.leak);
        if (x.numerator > 0)
            return product(power(),
                           {.numerator = leak.denominator, .denominator = leak.denominator});
        if (p.leak_sign.name() != "monotone") leak.numerator = -leak.numerator;
        if (slope) return product(leak, {.numerator = whole, .denominator = whole});
        const Integer rest = pow(x.denominator, p.vertex - 1);
        return product(product(leak, x), {.numerator = rest, .denominator = rest});
    }
    unknown_to_oracle("interaction", name);
}

int length_in_bits(const Integer& positive) {
    return static_cast<int>(msb(positive)) + 1;
}

struct Addend {
    int times;
    Fraction value;
};

int sign_of_fractions(const std::vector<Addend>& addends) {
    std::map<Integer, Integer> numerators; // by denominator
    for (const Addend& addend : addends)
        numerators[addend.value.denominator] += addend.times * addend.value.numerator;
    std::erase_if(numerators, [](const auto& entry) { return entry.second == 0; });
    if (numerators.empty()) return 0;
    if (numerators.size() == 1) return numerators.begin()->second.sign();

    // Count in steps of 2^-bits. Each fraction is cut to whole steps, so m fractions are less than
    // m steps off. A sum that is not 0 is at least 1 / (the product of all denominators): once that
    // is 2 m steps, a sum of less than m counted steps is 0.
    const Integer count = numerators.size();
    int product_bits = 0;
    int leading = std::numeric_limits<int>::min(); // every fraction is below 2^(leading + 1)
    for (const auto& [denominator, numerator] : numerators) {
        product_bits += length_in_bits(denominator);
        leading = std::max(leading, length_in_bits(abs(numerator)) - length_in_bits(denominator));
    }
    for (int visible = 64;; visible *= 2) {
        const int bits = std::max(visible - leading, 0);
        Integer steps;
        for (const auto& [denominator, numerator] : numerators)
            steps += (numerator << bits) / denominator;
        if (abs(steps) >= count) return steps.sign();
        if (bits >= product_bits + length_in_bits(2 * count)) return 0;
    }
}

/// Sum of times e^(value - largest value), or nothing if `Bits` bits do not tell it from 0.
template <unsigned Bits>
std::optional<int> sign_of_exponentials(const std::vector<Addend>& addends,
                                        const Rational& largest) {
    using boost::multiprecision::digit_base_2;
    using Wide =
        boost::multiprecision::number<boost::multiprecision::cpp_bin_float<Bits, digit_base_2>,
                                      boost::multiprecision::et_off>;
    Wide sum = 0;
    Wide weight = 0;
    for (const auto& [times, value] : addends) {
        const Rational below = largest - Rational(value.numerator, value.denominator);
        weight += std::abs(times);
        if (below < Bits) // else e^-below < 2^-Bits
            sum += times * exp(-(Wide(numerator(below)) / Wide(denominator(below))));
    }
    // Each e^-below is at most 1. Rounding its argument three times moves it by less than
    // 3 Bits 2^-Bits of itself, Boost's exp and the additions by some 2^-Bits more: 2^(24 - Bits)
    // covers them for Bits <= 2^14 and 2^20 additions.
    const Wide bound = ldexp(weight, 24 - static_cast<int>(Bits));
    if (sum > bound) return +1;
    if (sum < -bound) return -1;
    return std::nullopt;
}

/// By Lindemann and Weierstrass powers e^a of distinct rational a are linearly independent over the
/// integers: only terms of the same a cancel, and the caller has cancelled those.
int sign_of_exponentials(const std::vector<Addend>& addends) {
    if (addends.empty()) return 0;
    std::vector<Rational> values;
    values.reserve(addends.size());
    for (const auto& [times, value] : addends)
        values.emplace_back(value.numerator, value.denominator);
    const Rational largest = *std::max_element(values.begin(), values.end());
    if (const auto sign = sign_of_exponentials<256>(addends, largest)) return *sign;
    if (const auto sign = sign_of_exponentials<1024>(addends, largest)) return *sign;
    if (const auto sign = sign_of_exponentials<4096>(addends, largest)) return *sign;
    if (const auto sign = sign_of_exponentials<16384>(addends, largest)) return *sign;
    throw std::logic_error("16384 bits do not tell a sum of exponentials from 0: give the oracle "
                           "more in models/reference/oracle_exact.cpp");
}

} // namespace

struct OracleStrengths {
    const Setting& setting;
    int dimension;
    Fraction gain;
    std::map<int, Fraction> values{}; ///< by overlap; of an exponential, its argument

    bool exponential() const {
        return setting.interaction.name() == "exponential" && !setting.formulation.is<Classical>();
    }

    const Fraction& at(int h) {
        const auto known = values.find(h);
        return known != values.end() ? known->second : values.emplace(h, computed(h)).first->second;
    }

private:
    Fraction computed(int h) const {
        if (setting.formulation.is<Classical>()) return {.numerator = h};
        const Fraction x = product(gain, similarity(setting, dimension, h));
        return exponential() ? x : power_strength(setting, x);
    }
};

std::shared_ptr<OracleStrengths> oracle_strengths(const Setting& setting, int dimension) {
    return std::make_shared<OracleStrengths>(OracleStrengths{
        .setting = setting, .dimension = dimension, .gain = gain(setting, dimension)});
}

bool is_zero(OracleStrengths& strengths, int h) {
    return !strengths.exponential() && strengths.at(h).numerator == 0;
}

bool are_equal(OracleStrengths& strengths, int h, int other) {
    const Fraction& a = strengths.at(h);
    const Fraction& b = strengths.at(other);
    return a.numerator * b.denominator == b.numerator * a.denominator;
}

int sign_of_sum(OracleStrengths& strengths, const std::map<int, int>& times) {
    // Every similarity is strictly increasing in h: distinct overlaps are distinct arguments.
    std::vector<Addend> addends;
    for (const auto& [h, count] : times)
        if (count != 0) addends.push_back({.times = count, .value = strengths.at(h)});
    return strengths.exponential() ? sign_of_exponentials(addends) : sign_of_fractions(addends);
}

void unknown_to_oracle(std::string_view concept_name, std::string_view entry) {
    throw std::logic_error(
        fmt::format("the oracle does not know the {} '{}': write its formula in "
                    "models/reference/oracle_decision.cpp and models/reference/oracle_exact.cpp",
                    concept_name, entry));
}

} // namespace basin
