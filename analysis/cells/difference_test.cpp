#include "analysis/cells/difference_test.hpp"

#include "results/files/undefined.hpp"

#include <boost/math/distributions/students_t.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace basin {

namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();

std::vector<double> defined(std::span<const double> values) {
    std::vector<double> kept;
    kept.reserve(values.size());
    std::ranges::copy_if(values, std::back_inserter(kept),
                         [](double value) { return !std::isnan(value); });
    return kept;
}

double mean_of(std::span<const double> values) {
    return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

/// Unbiased. 0 for equal values, whatever rounding made of their mean.
double variance_of(std::span<const double> values) {
    if (std::ranges::adjacent_find(values, std::ranges::not_equal_to()) == values.end()) return 0.0;
    const double mean = mean_of(values);
    double sum = 0.0;
    for (const double value : values)
        sum += (value - mean) * (value - mean);
    return sum / static_cast<double>(values.size() - 1);
}

/// Fills in interval, effect size and p-value of a difference whose mean is there. `deviation` is
/// what the effect size is measured in; `quantile` the 97.5 % one of Student's distribution.
void judge(DifferenceTest& test, double standard_error, double freedom, double quantile,
           double deviation) {
    const double mean = test.difference.mean;
    if (standard_error == 0.0) {
        test.difference = {mean, mean, mean};
        test.effect_size = mean == 0.0 ? 0.0 : std::copysign(infinite, mean);
        test.p_value = mean == 0.0 ? 1.0 : 0.0;
        return;
    }
    const boost::math::students_t student(freedom);
    const double reach = quantile * standard_error;
    test.difference = {mean, mean - reach, mean + reach};
    test.effect_size = mean / deviation;
    test.p_value =
        2.0 * boost::math::cdf(boost::math::complement(student, std::abs(mean) / standard_error));
}

DifferenceTest untested(double mean, std::size_t first_size, std::size_t second_size) {
    return {{mean, undefined, undefined}, undefined, undefined, first_size, second_size};
}

} // namespace

DifferenceTest paired_test(std::span<const double> first, std::span<const double> second) {
    std::vector<double> differences(first.size());
    std::ranges::transform(second, first, differences.begin(), std::minus());
    differences = defined(differences);
    const std::size_t pairs = differences.size();
    const double mean = pairs == 0 ? undefined : mean_of(differences);
    DifferenceTest test = untested(mean, pairs, pairs);
    if (pairs < 2) return test;
    const double variance = variance_of(differences);
    if (variance == 0.0) test.difference.mean = differences.front();
    const auto size = static_cast<double>(pairs);
    judge(test, std::sqrt(variance / size), size - 1.0, student_t_quantile(pairs - 1),
          std::sqrt(variance));
    return test;
}

DifferenceTest welch_test(std::span<const double> first, std::span<const double> second) {
    const std::vector<double> a = defined(first);
    const std::vector<double> b = defined(second);
    const double mean = a.empty() || b.empty() ? undefined : mean_of(b) - mean_of(a);
    DifferenceTest test = untested(mean, a.size(), b.size());
    if (a.size() < 2 || b.size() < 2) return test;
    const double variance_a = variance_of(a);
    const double variance_b = variance_of(b);
    if (variance_a == 0.0 && variance_b == 0.0) test.difference.mean = b.front() - a.front();
    const double share_a = variance_a / static_cast<double>(a.size());
    const double share_b = variance_b / static_cast<double>(b.size());
    const double squared_error = share_a + share_b;
    const double freedom = squared_error * squared_error /
                           (share_a * share_a / static_cast<double>(a.size() - 1) +
                            share_b * share_b / static_cast<double>(b.size() - 1));
    const double quantile = squared_error == 0.0
                                ? undefined
                                : boost::math::quantile(boost::math::students_t(freedom), 0.975);
    judge(test, std::sqrt(squared_error), freedom, quantile,
          std::sqrt((variance_a + variance_b) / 2.0));
    return test;
}

std::vector<double> benjamini_hochberg(std::span<const double> p_values) {
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < p_values.size(); ++i)
        if (!std::isnan(p_values[i])) order.push_back(i);
    std::ranges::sort(order, std::greater(), [&](std::size_t i) { return p_values[i]; });
    std::vector<double> adjusted(p_values.size(), undefined);
    const auto family = static_cast<double>(order.size());
    double least = 1.0;
    for (std::size_t i = 0; i < order.size(); ++i) { // from the largest: rank m - i
        const double rank = family - static_cast<double>(i);
        least = std::min(least, p_values[order[i]] * family / rank);
        adjusted[order[i]] = least;
    }
    return adjusted;
}

} // namespace basin
