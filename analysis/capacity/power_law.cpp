#include "analysis/capacity/power_law.hpp"

#include "models/draws/normal.hpp"
#include "results/files/undefined.hpp"

#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>

#include <cmath>

namespace basin {
namespace {

struct WeightedPoint {
    double x, y, weight;
    std::size_t index;
};

bool usable(const Crossing& crossing) {
    const bool measured =
        crossing.state == CrossingState::found || crossing.state == CrossingState::wide;
    return measured && crossing.lower > 0.0 && crossing.upper > crossing.lower &&
           std::isfinite(crossing.upper);
}

std::vector<WeightedPoint> weighted(std::span<const CapacityPoint> points, double confidence) {
    const double quantile = boost::math::quantile(boost::math::normal(), 0.5 + 0.5 * confidence);
    std::vector<WeightedPoint> kept;
    for (std::size_t i = 0; i < points.size(); ++i) {
        const Crossing& crossing = points[i].crossing;
        if (!usable(crossing)) continue;
        const double error = natural_logarithm(crossing.upper / crossing.lower) / (2.0 * quantile);
        kept.push_back({natural_logarithm(points[i].dimension),
                        natural_logarithm(crossing.estimate), 1.0 / (error * error), i});
    }
    return kept;
}

} // namespace

PowerLaw power_law(std::span<const CapacityPoint> points, double confidence) {
    const std::vector<WeightedPoint> kept = weighted(points, confidence);
    PowerLaw law;
    law.residuals.assign(points.size(), undefined);
    law.used = kept.size();
    law.left_out = points.size() - kept.size();
    double weight = 0.0;
    double mean_x = 0.0;
    double mean_y = 0.0;
    for (const WeightedPoint& point : kept) {
        weight += point.weight;
        mean_x += point.weight * point.x;
        mean_y += point.weight * point.y;
    }
    mean_x /= weight;
    mean_y /= weight;
    double squares = 0.0;
    double products = 0.0;
    bool differ = false;
    for (const WeightedPoint& point : kept) {
        squares += point.weight * (point.x - mean_x) * (point.x - mean_x);
        products += point.weight * (point.x - mean_x) * (point.y - mean_y);
        differ = differ || point.x != kept.front().x;
    }
    if (!differ) return law;
    law.exponent = products / squares;
    law.factor = std::exp(mean_y - law.exponent * mean_x);
    double chi_squared = 0.0;
    for (const WeightedPoint& point : kept) {
        const double residual = point.y - mean_y - law.exponent * (point.x - mean_x);
        law.residuals[point.index] = residual;
        chi_squared += point.weight * residual * residual;
    }
    if (kept.size() < 3) return law;
    const auto freedom = static_cast<double>(kept.size() - 2);
    law.scatter = chi_squared / freedom;
    const double reach =
        boost::math::quantile(boost::math::students_t(freedom), 0.5 + 0.5 * confidence) *
        std::sqrt(law.scatter / squares);
    law.exponent_lower = law.exponent - reach;
    law.exponent_upper = law.exponent + reach;
    return law;
}

} // namespace basin
