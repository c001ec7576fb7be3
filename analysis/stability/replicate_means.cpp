#include "analysis/stability/replicate_means.hpp"

#include "analysis/page/table.hpp"
#include "results/files/undefined.hpp"

#include <algorithm>
#include <cmath>

namespace basin {
namespace {

using Unit = std::span<const double>;

std::size_t values_in(const Unit& unit) {
    return static_cast<std::size_t>(
        std::ranges::count_if(unit, [](double value) { return !std::isnan(value); }));
}

bool have_equal_replicates(const std::vector<Unit>& units) {
    return std::ranges::all_of(units, [&](const Unit& unit) {
        return std::ranges::equal(
            unit, units.front(), {}, [](double v) { return std::isnan(v); },
            [](double v) { return std::isnan(v); });
    });
}

std::vector<double> means_of_replicates(const std::vector<Unit>& units) {
    std::vector<double> means;
    for (std::size_t r = 0; r < units.front().size(); ++r) {
        if (std::isnan(units.front()[r])) continue;
        double sum = 0.0;
        for (const Unit& unit : units)
            sum += unit[r];
        means.push_back(sum / static_cast<double>(units.size()));
    }
    return means;
}

ReplicateMean unequal_mean(const std::vector<Unit>& units) {
    const std::size_t length = units.front().size();
    std::vector<double> weight(length);
    std::vector<double> residual(length);
    double mean = 0.0;
    for (const Unit& unit : units) {
        const auto count = static_cast<double>(values_in(unit));
        double sum = 0.0;
        for (const double value : unit)
            if (!std::isnan(value)) sum += value;
        mean += sum / count / static_cast<double>(units.size());
        for (std::size_t r = 0; r < length; ++r) {
            if (std::isnan(unit[r])) continue;
            const double share = 1.0 / (count * static_cast<double>(units.size()));
            weight[r] += share;
            residual[r] += share * (unit[r] - sum / count);
        }
    }
    double squared_weights = 0.0;
    double squared_residuals = 0.0;
    std::size_t replicates = 0;
    for (std::size_t r = 0; r < length; ++r) {
        squared_weights += weight[r] * weight[r];
        squared_residuals += residual[r] * residual[r];
        replicates += weight[r] > 0.0 ? 1U : 0U;
    }
    constexpr double rounding = 1e-9;
    const double effective = std::floor(1.0 / squared_weights + rounding);
    if (effective < 2.0) return {{mean, undefined, undefined}, replicates};
    const double error = std::sqrt(squared_residuals * effective / (effective - 1.0));
    const double reach = student_t_quantile(static_cast<std::size_t>(effective) - 1) * error;
    return {{mean, mean - reach, mean + reach}, replicates};
}

} // namespace

ReplicateMean mean_over_replicates(const std::vector<std::span<const double>>& units) {
    std::vector<Unit> defined;
    std::ranges::copy_if(units, std::back_inserter(defined),
                         [](const Unit& unit) { return values_in(unit) > 0; });
    if (defined.empty()) return {{undefined, undefined, undefined}, 0};
    if (!have_equal_replicates(defined)) return unequal_mean(defined);
    const std::vector<double> means = means_of_replicates(defined);
    return {mean_interval(means), means.size()};
}

ReplicateMean mean_over_replicates(const Cells& cells, const std::vector<std::size_t>& rows,
                                   const Measure& measure) {
    if (measure.each.empty())
        return {{mean_over(cells, rows, measure.name), undefined, undefined}, 0};
    std::vector<Unit> units;
    for (const std::size_t row : rows)
        if (cells.state[row] == CellState::done)
            units.push_back(Unit(measure.each).subspan(row * cells.replicates, cells.replicates));
    return mean_over_replicates(units);
}

} // namespace basin
