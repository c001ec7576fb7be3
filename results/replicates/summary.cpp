#include "results/replicates/summary.hpp"

#include "results/files/undefined.hpp"

#include <boost/math/distributions/students_t.hpp>

#include <algorithm>
#include <cmath>
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

namespace {

/// Mean and half the width of Student's interval.
struct Student {
    double mean;
    double half_width;
};

Student student(std::span<const double> values) {
    if (values.empty()) return {undefined, undefined};
    const auto count = static_cast<double>(values.size());
    double sum = 0.0; // of differences from the first: exactly 0 where all values are equal
    for (const double value : values)
        sum += value - values.front();
    const double mean = values.front() + sum / count;
    if (values.size() == 1) return {mean, undefined};
    double squares = 0.0;
    for (const double value : values)
        squares += (value - mean) * (value - mean);
    const double error = std::sqrt(squares / (count - 1) / count);
    return {mean, student_t_quantile(values.size() - 1) * error};
}

} // namespace

MeanInterval mean_interval(std::span<const double> values) {
    const auto [mean, half_width] = student(values);
    return {mean, mean - half_width, mean + half_width};
}

double unseen_share(double observations) {
    // Columns of equal scenes ask for the same again and again.
    thread_local double last = 0.0;
    thread_local double share = undefined;
    if (observations != last) {
        last = observations;
        share = -std::expm1(std::log(0.025) / observations);
    }
    return share;
}

MeanInterval mean_interval(std::span<const double> values, const MetricBounds& bounds) {
    const Student known = student(values);
    const double mean = known.mean;
    const double seen = known.half_width;
    if (std::isnan(seen)) return {mean, undefined, undefined};
    const auto inside = [&](double value) { return value >= bounds.low && value <= bounds.high; };
    const bool bounded = std::ranges::all_of(values, inside);
    const auto to_limit = [&](double limit) {
        const double distance = std::abs(limit - mean);
        return bounds.unit > 0.0 ? std::min(distance, bounds.unit) : distance;
    };
    const auto reach = [&](double limit) {
        if (!bounded || (std::isinf(limit) && bounds.unit == 0.0)) return seen;
        const double unseen =
            unseen_share(static_cast<double>(values.size()) * bounds.observations) *
            to_limit(limit);
        return std::sqrt(seen * seen + unseen * unseen);
    };
    MeanInterval interval{mean, mean - reach(bounds.low), mean + reach(bounds.high)};
    if (!(interval.low < interval.high)) return {mean, undefined, undefined};
    if (bounded) {
        interval.low = std::max(interval.low, bounds.low);
        interval.high = std::min(interval.high, bounds.high);
    }
    return interval;
}

} // namespace basin
