#include "models/reference/oracle_addends.hpp"

#include <algorithm>
#include <cmath>

namespace basin {
namespace {

bool all_finite(const std::vector<double>& values) {
    return std::all_of(values.begin(), values.end(), [](double v) { return std::isfinite(v); });
}

bool all_zero(const std::vector<double>& values) {
    return std::all_of(values.begin(), values.end(), [](double v) { return v == 0; });
}

/// The finite addends of one sum without those that are not 0 but smaller than 2^-p times the
/// largest.
std::vector<double> visible(const std::vector<double>& addends, const Format& format) {
    double largest = 0.0;
    for (const double addend : addends)
        largest = std::max(largest, std::abs(addend));
    std::vector<double> kept;
    for (const double addend : addends) {
        // 2^p times the addend is exact, or infinite and so above the largest.
        const double magnified = std::ldexp(std::abs(addend), format.significand_bits);
        if (addend == 0 || magnified >= largest) kept.push_back(addend);
    }
    return kept;
}

/// Sign of plus - minus, nothing rounded.
int exact_sign(const OracleAddends& addends) {
    std::vector<double> terms = addends.plus;
    for (const double addend : addends.minus)
        terms.push_back(-addend);
    return sign_of_exact_sum(terms);
}

Flags absorption(const OracleAddends& addends, const Format& format) {
    const OracleAddends seen{.plus = visible(addends.plus, format),
                             .minus = visible(addends.minus, format)};
    if (seen.plus.size() == addends.plus.size() && seen.minus.size() == addends.minus.size())
        return 0;
    return exact_sign(seen) == exact_sign(addends) ? flag::absorb
                                                   : flag::absorb | flag::absorb_flip;
}

} // namespace

double add_up(const OracleArithmetic& arithmetic, const OracleAddends& addends, Flags& flags) {
    const auto& [plus, minus] = addends;
    const double plus_sum = arithmetic.sum(plus);
    const double minus_sum = arithmetic.sum(minus);
    const double sum = arithmetic.subtract(plus_sum, minus_sum);

    const bool finite = all_finite(plus) && all_finite(minus);
    if (finite) flags |= absorption(addends, arithmetic.format);
    if (!finite) flags |= flag::pow_overflow;
    if (all_zero(plus) && all_zero(minus)) flags |= flag::all_zero;
    if (std::isnan(sum)) flags |= flag::nan_inf_minus_inf;
    if (std::isinf(sum) && !finite) flags |= flag::benign_overflow;
    if (std::isinf(plus_sum) && all_finite(plus)) flags |= flag::sum_overflow;
    if (std::isinf(minus_sum) && all_finite(minus)) flags |= flag::sum_overflow;
    if (std::isinf(sum) && std::isfinite(plus_sum) && std::isfinite(minus_sum))
        flags |= flag::sum_overflow;
    return sum;
}

} // namespace basin
