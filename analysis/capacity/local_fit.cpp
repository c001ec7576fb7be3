#include "analysis/capacity/local_fit.hpp"

#include <algorithm>
#include <cmath>

namespace basin {
namespace {

/// A root further outside the window than this (in ln K) is not looked for.
constexpr double extrapolation = 1.0;

struct Window {
    std::size_t first, last; ///< cells, both included
    bool operator==(const Window&) const = default;
};

struct WindowFit {
    RootInterval interval;
    double slope;
    bool bounded() const { return std::isfinite(interval.lower) && std::isfinite(interval.upper); }
};

double logit(double p) {
    return std::log(p / (1.0 - p));
}

WindowFit fitted(const Curve& curve, const Window& window, double guess, const CrossingRule& rule) {
    std::vector<const CurveCell*> cells;
    for (std::size_t i = window.first; i <= window.last; ++i)
        cells.push_back(&curve.cells[i]);
    const double spread = dispersion(cells, curve.threshold, rule.unseen_dispersion);
    const RootScore score(cells, curve.threshold, spread);
    const double step = 0.5 * std::log(rule.ladder_ratio);
    const RootInterval interval =
        root_interval(score, guess, step, cells.front()->x - extrapolation,
                      cells.back()->x + extrapolation, 1.0 - error_spent * (1.0 - rule.confidence));
    return {interval, score.slope(interval.root)};
}

/// The bracket and the neighbours that are within reach by their means.
Window wide_window(const Curve& curve, std::size_t passing, std::size_t failing) {
    const auto inside = [&](const CurveCell& cell) {
        const double shrunk = (cell.size() * cell.isotonic + curve.threshold) / (cell.size() + 1.0);
        return std::abs(logit(shrunk) - logit(curve.threshold)) <= wide_reach;
    };
    Window window{passing, failing};
    while (window.first > 0 && inside(curve.cells[window.first - 1]))
        --window.first;
    while (window.last + 1 < curve.cells.size() && inside(curve.cells[window.last + 1]))
        ++window.last;
    return window;
}

/// Cells of the wide window that are within reach of the root.
Window narrowed(const Curve& curve, const Window& wide, double root, double slope, double reach) {
    const auto side = [&](bool below) {
        double most = 0.0;
        for (std::size_t i = wide.first; i <= wide.last; ++i)
            if ((curve.cells[i].x <= root) == below) most = std::max(most, curve.cells[i].size());
        return most;
    };
    const double below = side(true);
    const double above = side(false);
    const auto well_known = [&](const CurveCell& cell) {
        return cell.size() >= 0.5 * (cell.x <= root ? below : above);
    };
    const auto inside = [&](std::size_t i) {
        return std::abs((curve.cells[i].x - root) * slope) <= reach;
    };
    std::size_t middle = wide.first;
    while (middle < wide.last && curve.cells[middle + 1].x <= root)
        ++middle;
    Window window{middle, std::min(middle + 1, wide.last)};
    while (window.first > wide.first &&
           (inside(window.first - 1) || !well_known(curve.cells[window.first])))
        --window.first;
    while (window.last < wide.last &&
           (inside(window.last + 1) || !well_known(curve.cells[window.last])))
        ++window.last;
    return window;
}

double best_known(const Curve& curve, const Window& window, double root) {
    double below = 0.0;
    double above = 0.0;
    for (std::size_t i = window.first; i <= window.last; ++i) {
        double& side = curve.cells[i].x <= root ? below : above;
        side = std::max(side, curve.cells[i].size());
    }
    return below == 0.0 || above == 0.0 ? std::max(below, above) : std::min(below, above);
}

} // namespace

LocalFit local_fit(const Curve& curve, const CrossingRule& rule) {
    LocalFit fit{};
    fit.failing = first_failing(curve);
    fit.passing = fit.failing - 1;
    const double bracket[] = {curve.cells[fit.passing].x, curve.cells[fit.failing].x};
    const Window wide = wide_window(curve, fit.passing, fit.failing);
    const WindowFit rough = fitted(curve, wide, 0.5 * (bracket[0] + bracket[1]), rule);
    double centre = rough.interval.root;
    Window window = wide;
    WindowFit local = rough;
    double reach = window_reach;
    while (true) {
        double slope = rough.slope;
        for (int round = 0; round < 3; ++round) {
            window = narrowed(curve, wide, centre, slope, reach);
            local = fitted(curve, window, centre, rule);
            centre = local.interval.root;
            slope = std::min(slope, local.slope);
        }
        if (local.bounded() || window == wide || reach > wide_reach) break;
        reach *= 1.5;
        centre = rough.interval.root;
    }
    fit.interval = local.interval;
    fit.slope = rough.slope;
    fit.replicates = best_known(curve, window, centre);
    fit.resolved = -fit.slope * (bracket[1] - bracket[0]) <= resolved_reach;
    return fit;
}

} // namespace basin
