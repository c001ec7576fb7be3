#include "support/arithmetic_cells.hpp"

#include "results/replicates/summary.hpp"

#include <algorithm>
#include <cmath>

#include "support/synthetic_cells.hpp"

namespace basin::tests {
namespace {

constexpr double log10_of_infinity = 38.53184;
constexpr double log10_of_zero = -45.1545;

/// Shares of the decisions that a failure befalls.
struct Shares {
    double nan = 0.0;
    double overflow = 0.0;
    double zero = 0.0;
};

Shares shares_of(bool original, double cue_level, double vertex, double beta) {
    const double gain = original ? 1.0 : beta / 100.0;
    const double overlap = 100.0 - 200.0 * cue_level;
    const auto log_power = [&](double h) { return vertex * std::log10(gain * h); };
    Shares shares;
    shares.nan = log_power(overlap - 2.0) > log10_of_infinity ? 1.0 : 0.0;
    shares.overflow = log_power(100.0) > log10_of_infinity ? 0.5 : 0.0;
    shares.zero = log_power(std::min(overlap + 2.0, 100.0)) < log10_of_zero ? 1.0 : 0.0;
    return shares;
}

void append(Measure& measure, const std::vector<double>& values, bool with_interval) {
    const MeanInterval estimate = mean_interval(values);
    measure.mean.push_back(estimate.mean);
    if (with_interval) {
        measure.low.push_back(estimate.low);
        measure.high.push_back(estimate.high);
    }
    measure.each.insert(measure.each.end(), values.begin(), values.end());
}

} // namespace

Cells arithmetic_cells() {
    Cells cells = synthetic_cells(
        {number_axis("cue_level", {0, 0.1}), text_axis("formulation", {"original", "normalized"}),
         number_axis("interaction_vertex", {2, 19, 20, 21, 22, 400, 1000}),
         number_axis("beta", {0.1, 1, 10}), text_axis("precision", {"float32", "exact"})},
        4);
    cells.provenance["config_resolved"] = R"({"blocks":[{"axes":{"dimension":[100]}}]})";
    Measure recall{"exact_recall", "1", "", {}, {}, {}, {}};
    Measure lost{"numerical_failure", "1", "", {}, {}, {}, {}};
    Measure nan{"num_nan", "1", "", {}, {}, {}, {}};
    Measure overflow{"overflow_fraction", "1", "", {}, {}, {}, {}};
    Measure zero{"all_zero_fraction", "1", "", {}, {}, {}, {}};
    for (std::size_t row = 0; row < cells.rows(); ++row) {
        const auto value = [&](std::size_t axis) { return cells.coordinate[axis][row]; };
        const bool exact = value(4) == 1;
        const Shares shares =
            exact ? Shares{}
                  : shares_of(value(1) == 0, cells.axes[0].numbers[value(0)],
                              cells.axes[2].numbers[value(2)], cells.axes[3].numbers[value(3)]);
        const bool stuck = shares.nan == 1.0 || shares.zero == 1.0;
        std::vector<double> lost_shares;
        std::vector<double> recalls;
        for (std::size_t r = 0; r < cells.replicates; ++r) {
            lost_shares.push_back(stuck ? 0.9 + 0.01 * static_cast<double>(r) : 0.0);
            recalls.push_back(1.0 - lost_shares.back());
        }
        append(recall, recalls, true);
        append(lost, lost_shares, true);
        append(nan, std::vector<double>(cells.replicates, shares.nan), false);
        append(overflow, std::vector<double>(cells.replicates, shares.overflow), false);
        append(zero, std::vector<double>(cells.replicates, shares.zero), false);
        cells.flags[row] = shares.overflow > 0 ? flag::pow_overflow : Flags{0};
    }
    cells.measures = {recall, lost, nan, overflow, zero};
    return cells;
}

std::size_t arithmetic_row(std::size_t cue, std::size_t formulation, std::size_t vertex,
                           std::size_t beta, std::size_t precision) {
    return (((cue * 2 + formulation) * 7 + vertex) * 3 + beta) * 2 + precision;
}

} // namespace basin::tests
