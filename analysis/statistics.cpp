#include "analysis/statistics.hpp"

#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

namespace basin {
namespace {

constexpr double undefined = std::numeric_limits<double>::quiet_NaN();
constexpr double upper_tail = 0.025; // of a two-sided 95 % interval

} // namespace

Estimate mean_estimate(std::span<const double> values) {
    double sum = 0.0;
    std::size_t count = 0;
    for (const double value : values)
        if (!std::isnan(value)) {
            sum += value;
            ++count;
        }
    if (count == 0) return {undefined, undefined, undefined, 0};
    const double mean = sum / static_cast<double>(count);
    if (count == 1) return {mean, undefined, undefined, 1};

    double squares = 0.0;
    for (const double value : values)
        if (!std::isnan(value)) squares += (value - mean) * (value - mean);
    const double freedom = static_cast<double>(count - 1);
    const double standard_error = std::sqrt(squares / freedom / static_cast<double>(count));
    const boost::math::students_t student(freedom);
    const double reach = standard_error * quantile(complement(student, upper_tail));
    return {mean, mean - reach, mean + reach, count};
}

Estimate paired_difference(std::span<const double> first, std::span<const double> second) {
    std::vector<double> differences(std::min(first.size(), second.size()));
    for (std::size_t i = 0; i < differences.size(); ++i)
        differences[i] = second[i] - first[i];
    return mean_estimate(differences);
}

Estimate proportion(std::size_t successes, std::size_t trials) {
    if (trials == 0) return {undefined, undefined, undefined, 0};
    const double n = static_cast<double>(trials);
    const double share = static_cast<double>(successes) / n;
    const double z = quantile(complement(boost::math::normal(), upper_tail));
    const double shrink = 1.0 + z * z / n;
    const double center = (share + z * z / (2.0 * n)) / shrink;
    const double reach = z / shrink * std::sqrt(share * (1.0 - share) / n + z * z / (4.0 * n * n));
    return {share, std::max(0.0, center - reach), std::min(1.0, center + reach), trials};
}

bool excludes_zero(const Estimate& estimate) {
    return estimate.low > 0.0 || estimate.high < 0.0;
}

} // namespace basin
