#include "models/bipolar/shared/rounding_error.hpp"

#include "models/bipolar/shared/addends.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>

namespace basin {

namespace {

/// Sets what `close` says of all steps together.
void survey_all(const DecisionTable& table, Closeness& close) {
    double smallest = std::numeric_limits<double>::infinity();
    double largest = 0.0;
    for (const double size : close.sizes) {
        largest = std::max(largest, size);
        if (size > 0.0) smallest = std::min(smallest, size);
    }
    const auto [least, most] = std::ranges::minmax(close.ratios);
    close.spread = most / least - 1.0;
    close.calm = table.values.empty() && table.outside != 0.0 && largest > 0.0 &&
                 !absorbed(table, smallest, largest) && least > 0.5 && most < 2.0 &&
                 std::ranges::all_of(close.marks, [](unsigned marks) { return marks == 0; });
}

/// Number of the shortest beginning of `ordered` that has all steps invisible beside one of this
/// size.
std::uint16_t hidden_beside(const DecisionTable& table, std::span<const double> ordered,
                            double size) {
    const auto seen = std::ranges::partition_point(
        ordered, [&](double x) { return x == 0.0 || absorbed(table, x, size); });
    return static_cast<std::uint16_t>(seen - ordered.begin());
}

/// What the flags of all states follow from: the steps' marks, which are 0, and which are invisible
/// beside which.
std::optional<Key> shape_of(const DecisionTable& table, const Closeness& close,
                            const ExactTable& exact) {
    if (!table.values.empty()) return std::nullopt; // two sums
    std::vector<double> ordered;
    for (const std::uint32_t k : exact.by_size) {
        if (!std::isfinite(table.steps[k])) return std::nullopt;
        ordered.push_back(close.sizes[k]);
    }
    if (!std::ranges::is_sorted(ordered) || ordered.size() > 0xFFFF) return std::nullopt;
    std::vector<std::uint16_t> shape(close.marks.begin(), close.marks.end());
    shape.push_back(table.beta_flags);
    shape.push_back(close.calm ? 1 : 0);
    // Sums of 0 become NaN where b is infinite, and all sums become 0 where it is 0.
    shape.push_back(std::isfinite(table.outside) ? (table.outside == 0.0 ? 1 : 0) : 2);
    shape.push_back(static_cast<std::uint16_t>(std::ranges::count(ordered, 0.0)));
    for (const double size : ordered)
        shape.push_back(hidden_beside(table, ordered, size));
    return key_of({reinterpret_cast<const char*>(shape.data()), 2 * shape.size()});
}

/// A number of the table as if its factor were 1.
ScaledNumber related(double x, const ScaledNumber& factor) {
    const ScaledNumber number = ScaledNumber::of(x);
    return {number.fraction / factor.fraction, number.exponent - factor.exponent};
}

} // namespace

Closeness compare(const DecisionTable& table, const ExactTable& exact) {
    const std::size_t count = table.steps.size();
    Closeness close;
    close.factor = {0.5, 1};
    close.ratios.assign(count, 1.0);
    close.sizes.assign(count, 0.0);
    close.marks.assign(table.step_flags.begin(), table.step_flags.end());
    std::size_t largest = 0;
    for (std::size_t k = 1; k + 1 < count; ++k) {
        const double step = table.steps[k];
        if (std::isnan(step)) close.marks[k] |= mark::nan;
        if (!std::isfinite(step)) continue;
        close.sizes[k] = std::abs(step);
        if (exact.steps[k].fraction != 0.0 && close.sizes[k] > close.sizes[largest]) largest = k;
    }
    if (largest > 0) {
        const ScaledNumber step = ScaledNumber::of(table.steps[largest]);
        const ScaledNumber& truth = exact.steps[largest];
        close.factor = {step.fraction / truth.fraction, step.exponent - truth.exponent};
    }
    for (std::size_t k = 1; k + 1 < count; ++k) {
        const ScaledNumber& truth = exact.steps[k];
        if (!std::isfinite(table.steps[k])) continue;
        if (truth.fraction == 0.0 && table.steps[k] == 0.0) continue;
        const ScaledNumber ideal{truth.fraction * close.factor.fraction,
                                 truth.exponent + close.factor.exponent};
        const double quotient = ratio(ScaledNumber::of(table.steps[k]), ideal);
        if (close.factor.fraction > 0.0 && std::isfinite(quotient))
            close.ratios[k] = quotient;
        else
            close.marks[k] |= mark::incomparable;
    }
    const auto repeat_ends = [count](auto& list) {
        list[0] = list[1];
        list[count - 1] = list[count - 2];
    };
    repeat_ends(close.ratios);
    repeat_ends(close.sizes);
    repeat_ends(close.marks);
    for (const double ratio_here : close.ratios)
        close.deviations.push_back(std::abs(ratio_here - 1.0));
    survey_all(table, close);
    close.shape = shape_of(table, close, exact);
    close.floor = related(table.floor, close.factor);
    close.ceiling = related(table.ceiling, close.factor);
    return close;
}

} // namespace basin
