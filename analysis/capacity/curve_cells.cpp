#include "analysis/capacity/curve_cells.hpp"

#include "models/draws/normal.hpp"

#include <boost/math/distributions/students_t.hpp>

#include <algorithm>
#include <cmath>
#include <map>
#include <stdexcept>

namespace basin {
namespace {

void sum_up(CurveCell& cell) {
    const double first = cell.values.front().second; // equal values: exactly no squares
    double sum = 0.0;
    for (const auto& [replicate, value] : cell.values)
        sum += value - first;
    cell.mean = first + sum / cell.size();
    cell.squares = 0.0;
    for (const auto& [replicate, value] : cell.values)
        cell.squares += (value - cell.mean) * (value - cell.mean);
    cell.isotonic = cell.mean;
}

/// Pool adjacent violators (Ayer et al. 1955).
void pool(std::vector<CurveCell>& cells) {
    struct Block {
        double mean, weight;
        std::size_t end;
    };
    std::vector<Block> blocks;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        blocks.push_back({cells[i].mean, cells[i].size(), i + 1});
        while (blocks.size() > 1 && blocks.end()[-2].mean < blocks.back().mean) {
            const Block last = blocks.back();
            blocks.pop_back();
            Block& block = blocks.back();
            const double weight = block.weight + last.weight;
            block.mean = (block.mean * block.weight + last.mean * last.weight) / weight;
            block.weight = weight;
            block.end = last.end;
        }
    }
    std::size_t i = 0;
    for (const Block& block : blocks)
        for (; i < block.end; ++i)
            cells[i].isotonic = block.mean;
}

} // namespace

Curve curve_of(std::span<const Observation> observations, const CrossingRule& rule) {
    const bool rising = rule.direction == Direction::rising;
    std::map<std::uint64_t, std::map<std::uint32_t, double>> sorted;
    for (const Observation& seen : observations) {
        if (std::isnan(seen.value)) continue;
        if (seen.pattern_count == 0 || seen.value < 0.0 || seen.value > 1.0)
            throw std::invalid_argument("an observation has K = 0 or a value outside [0, 1]");
        sorted[seen.pattern_count][seen.replicate] = rising ? 1.0 - seen.value : seen.value;
    }
    Curve curve{.cells = {},
                .threshold = rising ? 1.0 - rule.threshold : rule.threshold,
                .sign = rising ? -1.0 : 1.0};
    for (const auto& [pattern_count, values] : sorted) {
        CurveCell cell{.pattern_count = pattern_count,
                       .x = natural_logarithm(static_cast<double>(pattern_count)),
                       .values = {values.begin(), values.end()},
                       .mean = 0.0,
                       .squares = 0.0,
                       .isotonic = 0.0};
        sum_up(cell);
        curve.cells.push_back(std::move(cell));
    }
    pool(curve.cells);
    return curve;
}

std::size_t first_failing(const Curve& curve) {
    const auto fails = [&](const CurveCell& cell) { return cell.isotonic < curve.threshold; };
    return static_cast<std::size_t>(std::ranges::find_if(curve.cells, fails) - curve.cells.begin());
}

double dispersion(std::span<const CurveCell* const> cells, double threshold, double assumed) {
    const double weight = 0.5 * threshold * (1.0 - threshold);
    double seen = weight * assumed;
    double largest = weight;
    for (const CurveCell* cell : cells) {
        if (cell->values.size() < 2) continue;
        const double variance = cell->squares / (cell->size() - 1.0);
        seen += cell->size() * variance;
        largest += cell->size() * cell->mean * (1.0 - cell->mean) + variance;
    }
    return seen / largest;
}

double standing(const CurveCell& cell, double threshold, double dispersion) {
    if (cell.values.size() < 2) return 0.0;
    const double variance =
        std::max(cell.squares / (cell.size() - 1.0), dispersion * threshold * (1.0 - threshold));
    return (cell.mean - threshold) / std::sqrt(variance / cell.size());
}

double t_quantile(double confidence, double freedom) {
    return boost::math::quantile(boost::math::students_t(freedom), 0.5 + 0.5 * confidence);
}

} // namespace basin
