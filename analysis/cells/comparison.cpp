#include "analysis/cells/comparison.hpp"

#include <algorithm>
#include <cmath>

namespace basin {
namespace {

/// Sums of the metric over the pairs of a replicate.
struct PairSums {
    double first = 0.0;
    double second = 0.0;
    std::size_t count = 0;
};

} // namespace

std::vector<Comparison> compared_with(const Cells& cells, const std::vector<std::size_t>& rows,
                                      std::size_t axis, std::size_t baseline,
                                      std::string_view metric) {
    const Measure* measure = cells.measure(metric);
    if (measure == nullptr || measure->each.empty()) return {};
    const std::vector<double>& each = measure->each;
    const std::size_t values = cells.axes[axis].size();
    const std::uint64_t stride = cells.stride(axis);
    std::vector<std::vector<PairSums>> sums(values, std::vector<PairSums>(cells.replicates));
    std::vector<std::size_t> common(values);
    const auto before = [&](std::size_t row, std::uint64_t place) {
        return cells.place(row) < place;
    };

    for (const std::size_t row : rows) {
        const std::size_t value = cells.coordinate[axis][row];
        if (value == baseline) continue;
        const std::uint64_t partner_place = cells.place(row) - value * stride + baseline * stride;
        const auto found = std::lower_bound(rows.begin(), rows.end(), partner_place, before);
        if (found == rows.end() || cells.place(*found) != partner_place) continue;
        bool paired = false;
        for (std::size_t r = 0; r < cells.replicates; ++r) {
            const double first = each[*found * cells.replicates + r];
            const double second = each[row * cells.replicates + r];
            if (std::isnan(first) || std::isnan(second)) continue;
            PairSums& sum = sums[value][r];
            sum.first += first;
            sum.second += second;
            ++sum.count;
            paired = true;
        }
        common[value] += paired ? 1 : 0;
    }

    std::vector<Comparison> comparisons;
    for (std::size_t value = 0; value < values; ++value) {
        if (common[value] == 0) continue;
        std::vector<double> first;
        std::vector<double> second;
        for (const PairSums& sum : sums[value])
            if (sum.count > 0) {
                first.push_back(sum.first / static_cast<double>(sum.count));
                second.push_back(sum.second / static_cast<double>(sum.count));
            }
        comparisons.push_back(
            {axis, baseline, value, common[value], paired_difference(first, second), first.size()});
    }
    return comparisons;
}

} // namespace basin
