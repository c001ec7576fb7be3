#include "support/curve_cases.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>
#include <ostream>

namespace basin {
namespace {

SyntheticCurve curve(Shape shape, double slope, std::uint32_t probes, double replicate,
                     double scene) {
    return {.shape = shape,
            .centre = 100.0,
            .slope = slope,
            .probes = probes,
            .replicate = replicate,
            .scene = scene,
            .seed = {}};
}

const CurveCase smooth[] = {
    {"logistic", curve(Shape::logistic, 8, 10, 0.2, 0.1), 0.5, 0.1},
    {"logistic", curve(Shape::logistic, 8, 10, 0.2, 0.1), 0.9, 0.1},
    {"logistic, flat", curve(Shape::logistic, 2, 10, 0.2, 0.1), 0.5, 0.2},
    {"logistic, flat", curve(Shape::logistic, 2, 10, 0.0, 0.1), 0.9, 0.2},
    {"one probe", curve(Shape::logistic, 8, 1, 0.0, 0.0), 0.5, 0.1},
    {"one probe", curve(Shape::logistic, 8, 1, 0.0, 0.0), 0.9, 0.1},
    {"probit, one probe, common", curve(Shape::probit, 5, 1, 0.9, 0.0), 0.5, 0.1},
    {"probit", curve(Shape::probit, 5, 10, 0.3, 0.3), 0.5, 0.1},
    {"probit", curve(Shape::probit, 5, 10, 0.3, 0.3), 0.9, 0.1},
    {"Gompertz", curve(Shape::gompertz, 5, 10, 0.3, 0.1), 0.5, 0.1},
    {"Gompertz", curve(Shape::gompertz, 5, 10, 0.3, 0.1), 0.9, 0.1},
    {"erfc", curve(Shape::erfc, 5, 20, 0.3, 0.1), 0.5, 0.1},
    {"erfc", curve(Shape::erfc, 5, 20, 0.3, 0.1), 0.9, 0.1},
    {"all or nothing", curve(Shape::logistic, 10, 10, 0.5, 0.45), 0.5, 0.1},
    {"all or nothing", curve(Shape::logistic, 10, 10, 0.5, 0.45), 0.9, 0.1},
};

const CurveCase steep[] = {
    {"steep", curve(Shape::logistic, 30, 10, 0.2, 0.1), 0.5, 0.05},
    {"steep", curve(Shape::logistic, 30, 10, 0.2, 0.1), 0.9, 0.05},
    {"step", curve(Shape::logistic, 300, 10, 0.2, 0.1), 0.5, 0.1},
    {"step, one probe", curve(Shape::logistic, 300, 1, 0.0, 0.0), 0.9, 0.1},
};

} // namespace

std::ostream& operator<<(std::ostream& out, const CurveCase& each) {
    return out << each.name << " at " << each.threshold;
}

std::span<const CurveCase> smooth_cases() {
    return smooth;
}

std::span<const CurveCase> steep_cases() {
    return steep;
}

Coverage& Coverage::operator+=(const Coverage& other) {
    curves += other.curves;
    found += other.found;
    bounded += other.bounded;
    held += other.held;
    below += other.below;
    rounds += other.rounds;
    scenes += other.scenes;
    cost += other.cost;
    grid_cost += other.grid_cost;
    near_grid += other.near_grid;
    return *this;
}

Coverage coverage(const CurveCase& each, std::size_t curves) {
    CrossingRule rule;
    rule.threshold = each.threshold;
    rule.relative_width = each.relative_width;
    rule.ladder_ratio = ladder_ratio_for(each.relative_width);
    rule.least = 4;
    rule.most = 1000;
    rule.start = 30;
    rule.max_replicates = 1024;
    Coverage sum{.curves = curves};
    for (std::size_t i = 0; i < curves; ++i) {
        SyntheticCurve curve = each.curve;
        curve.centre *= std::exp(0.3 * static_cast<double>(i % 97) / 97.0);
        curve.seed =
            std::string(each.name) + "/" + std::to_string(each.threshold) + "/" + std::to_string(i);
        const SearchRun run = searched(curve, rule);
        const double truth = curve.root(each.threshold);
        const Crossing& end = run.crossing;
        sum.rounds += static_cast<double>(run.rounds);
        sum.scenes += static_cast<double>(run.observations.size());
        sum.cost += run.cost;
        std::map<std::uint64_t, double> replicates;
        for (const Observation& seen : run.observations)
            ++replicates[seen.pattern_count];
        const double most = std::ranges::max_element(replicates, {}, [](const auto& cell) {
                                return cell.second;
                            })->second;
        for (const std::uint64_t step : ladder(rule)) {
            const auto k = static_cast<double>(step);
            sum.grid_cost += most * k;
            if (k >= 0.5 * truth && k <= 2.0 * truth) sum.near_grid += most * k;
        }
        if (end.state == CrossingState::found) ++sum.found;
        if (end.state != CrossingState::found && end.state != CrossingState::wide) continue;
        ++sum.bounded;
        if (truth < end.lower)
            ++sum.below;
        else if (truth <= end.upper)
            ++sum.held;
    }
    const auto n = static_cast<double>(curves);
    std::printf("%-26s t %.1f  held %.4f, truth below %.4f; found %zu of %zu; rounds %.1f, "
                "scenes %.0f; cost 1/%.0f of the grid, 1/%.0f of one near the truth\n",
                each.name, each.threshold, sum.share(), static_cast<double>(sum.below) / n,
                sum.found, curves, sum.rounds / n, sum.scenes / n, sum.grid_cost / sum.cost,
                sum.near_grid / sum.cost);
    return sum;
}

} // namespace basin
