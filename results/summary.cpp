#include "results/summary.hpp"

#include <boost/math/distributions/students_t.hpp>

#include <cmath>
#include <limits>
#include <vector>

namespace basin {

double student_t_quantile(std::size_t degrees_of_freedom) {
    thread_local std::vector<double> known;
    constexpr std::size_t most_kept = 4096;
    const auto compute = [](std::size_t degrees) {
        return boost::math::quantile(
            boost::math::students_t_distribution<double>(static_cast<double>(degrees)), 0.975);
    };
    if (degrees_of_freedom > most_kept) return compute(degrees_of_freedom);
    while (known.size() < degrees_of_freedom)
        known.push_back(compute(known.size() + 1));
    return known[degrees_of_freedom - 1];
}

MeanInterval mean_interval(std::span<const double> values) {
    constexpr double undefined = std::numeric_limits<double>::quiet_NaN();
    if (values.empty()) return {undefined, undefined, undefined};
    const auto count = static_cast<double>(values.size());
    double sum = 0.0; // of differences from the first: exactly 0 where all values are equal
    for (const double value : values)
        sum += value - values.front();
    const double mean = values.front() + sum / count;
    if (values.size() == 1) return {mean, undefined, undefined};
    double squares = 0.0;
    for (const double value : values)
        squares += (value - mean) * (value - mean);
    const double error = std::sqrt(squares / (count - 1) / count);
    const double half_width = student_t_quantile(values.size() - 1) * error;
    return {mean, mean - half_width, mean + half_width};
}

} // namespace basin
