#include "analysis/capacity/crossing.hpp"

#include "analysis/capacity/local_fit.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace basin {
namespace {

constexpr double unbounded = std::numeric_limits<double>::infinity();

std::vector<const CurveCell*> all_cells(const Curve& curve) {
    std::vector<const CurveCell*> cells;
    for (const CurveCell& cell : curve.cells)
        cells.push_back(&cell);
    return cells;
}

struct Verdicts {
    double passes_to = 0.0;        ///< last K whose mean is significantly above
    double fails_from = unbounded; ///< first K whose mean is significantly below
    bool returns = false;          ///< a pass after a failure, allowing for the number of cells
};

Verdicts verdicts(const Curve& curve, const CrossingRule& rule) {
    const double spread = dispersion(all_cells(curve), curve.threshold, rule.unseen_dispersion);
    const double error = (1.0 - rule.confidence) / static_cast<double>(curve.cells.size());
    Verdicts found;
    bool failed = false;
    for (const CurveCell& cell : curve.cells) {
        if (cell.values.size() < 2) continue;
        const double t = standing(cell, curve.threshold, spread);
        const double reach = t_quantile(rule.confidence, cell.size() - 1.0);
        const auto k = static_cast<double>(cell.pattern_count);
        if (t > reach) found.passes_to = k;
        if (t < -reach) found.fails_from = std::min(found.fails_from, k);
        const double strict = t_quantile(1.0 - error, cell.size() - 1.0);
        if (t > strict && failed) found.returns = true;
        if (t < -strict) failed = true;
    }
    return found;
}

/// The estimate's neighbours among the allowed K, or the bracket where the curve is not resolved.
void widen(Crossing& found, const Curve& curve, const LocalFit& fit, const CrossingRule& rule) {
    const std::vector<std::uint64_t> steps = ladder(rule);
    const auto above =
        std::ranges::upper_bound(steps, found.estimate, std::less_equal(),
                                 [](std::uint64_t k) { return static_cast<double>(k); });
    double below = found.estimate;
    double next = found.estimate;
    if (above != steps.begin()) below = static_cast<double>(above[-1]);
    if (above != steps.end()) next = static_cast<double>(*above);
    if (!fit.resolved) {
        below = std::min(below, static_cast<double>(curve.cells[fit.passing].pattern_count));
        next = std::max(next, static_cast<double>(curve.cells[fit.failing].pattern_count));
    }
    found.lower = std::min(found.lower, below);
    found.upper = std::max(found.upper, next);
    const auto inside = [&](std::uint64_t k) {
        return static_cast<double>(k) > found.lower && static_cast<double>(k) < found.upper;
    };
    const bool ladder_bound = std::ranges::none_of(steps, inside);
    const bool narrow = (found.upper - found.lower) <= rule.relative_width * found.estimate;
    const bool known = fit.replicates >= rule.min_replicates;
    found.state = known && (narrow || ladder_bound) ? CrossingState::found : CrossingState::wide;
}

} // namespace

Crossing crossing(std::span<const Observation> observations, const CrossingRule& rule) {
    const Curve curve = curve_of(observations, rule);
    Crossing found;
    for (const CurveCell& cell : curve.cells)
        found.observations += cell.values.size();
    if (curve.cells.empty()) {
        if (rule.limit != 0 && rule.limit < rule.least) found.state = CrossingState::above_limit;
        return found;
    }
    const Verdicts sure = verdicts(curve, rule);
    const std::vector<std::uint64_t> steps = ladder(rule);
    const std::size_t failing = first_failing(curve);
    if (sure.returns) {
        found.state = CrossingState::not_monotone;
    } else if (failing == 0) {
        found.upper = sure.fails_from;
        if (steps.empty() || curve.cells.front().pattern_count <= steps.front())
            found.state = CrossingState::below_range;
    } else if (failing == curve.cells.size()) {
        const bool limited = rule.limit != 0 && rule.limit < rule.most;
        found.lower = sure.passes_to;
        if (steps.empty() || curve.cells.back().pattern_count >= steps.back())
            found.state = limited ? CrossingState::above_limit : CrossingState::above_range;
    } else {
        const LocalFit fit = local_fit(curve, rule);
        found.lower = std::exp(fit.interval.lower);
        found.upper = std::exp(fit.interval.upper);
        if (fit.replicates < 2.0) {
            found.state = CrossingState::no_interval;
            found.lower = static_cast<double>(curve.cells[fit.passing].pattern_count);
            found.upper = static_cast<double>(curve.cells[fit.failing].pattern_count);
        } else if (found.lower == 0.0 || std::isinf(found.upper)) {
            return found;
        }
        found.estimate = std::exp(fit.interval.root);
        found.slope = curve.sign * fit.slope;
        if (fit.replicates >= 2.0) widen(found, curve, fit, rule);
    }
    return found;
}

} // namespace basin
