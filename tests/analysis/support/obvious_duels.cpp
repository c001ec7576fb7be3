#include "support/obvious_duels.hpp"

#include <algorithm>
#include <cmath>

namespace basin::tests {
namespace {

bool alike_but_for(const Cells& cells, std::size_t first, std::size_t second, std::size_t axis) {
    for (std::size_t other = 0; other < cells.axes.size(); ++other)
        if (other != axis && cells.coordinate[other][first] != cells.coordinate[other][second])
            return false;
    return true;
}

} // namespace

std::vector<double> replicates(const Cells& cells, const Measure& measure, std::size_t row) {
    const auto begin = measure.each.begin() + static_cast<std::ptrdiff_t>(row * cells.replicates);
    return {begin, begin + static_cast<std::ptrdiff_t>(cells.replicates)};
}

Obvious obvious(const Cells& cells, std::size_t axis, std::size_t a, std::size_t b,
                const std::string& metric) {
    const Measure& measure = *cells.measure(metric);
    Obvious result;
    std::vector<double> p_values;
    std::vector<double> differences;
    std::map<std::size_t, std::vector<double>> by_replicate;
    for (std::size_t i = 0; i < cells.rows(); ++i)
        for (std::size_t j = 0; j < cells.rows(); ++j) {
            if (cells.coordinate[axis][i] != a || cells.coordinate[axis][j] != b) continue;
            if (!alike_but_for(cells, i, j, axis)) continue;
            if (cells.state[i] != CellState::done || cells.state[j] != CellState::done) continue;
            const std::vector<double> first = replicates(cells, measure, i);
            const std::vector<double> second = replicates(cells, measure, j);
            const DifferenceTest test = paired_test(first, second);
            if (test.first_size == 0) continue;
            result.p_of_rows[{i, j}] = test.p_value;
            p_values.push_back(test.p_value);
            differences.push_back(test.difference.mean);
            for (std::size_t r = 0; r < first.size(); ++r)
                if (!std::isnan(second[r] - first[r]))
                    by_replicate[r].push_back(second[r] - first[r]);
        }
    // Benjamini and Hochberg as their paper says it: the largest k with p_(k) <= k q / m.
    std::vector<double> sorted = p_values;
    std::ranges::sort(sorted);
    double cut = -1.0;
    for (std::size_t k = 1; k <= sorted.size(); ++k)
        if (sorted[k - 1] <= static_cast<double>(k) * 0.05 / static_cast<double>(sorted.size()))
            cut = sorted[k - 1];
    for (std::size_t c = 0; c < p_values.size(); ++c) {
        const bool better = metric == "recall_error" ? differences[c] < 0 : differences[c] > 0;
        if (!(p_values[c] <= cut))
            ++result.ties;
        else
            ++(better ? result.wins : result.losses);
    }
    std::vector<double> means;
    for (const auto& [r, values] : by_replicate) {
        double sum = 0.0;
        for (const double value : values)
            sum += value;
        means.push_back(sum / static_cast<double>(values.size()));
    }
    result.overall = paired_test(std::vector<double>(means.size()), means);
    return result;
}

} // namespace basin::tests
