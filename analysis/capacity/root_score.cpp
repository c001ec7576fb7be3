#include "analysis/capacity/root_score.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace basin {
namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();

double logistic(double z) {
    return 1.0 / (1.0 + std::exp(-z));
}

} // namespace

RootScore::RootScore(std::span<const CurveCell* const> cells, double threshold, double dispersion)
    : threshold_(threshold), logit_(std::log(threshold / (1.0 - threshold))),
      dispersion_(dispersion) {
    for (const CurveCell* cell : cells) {
        x_.push_back(cell->x);
        count_.push_back(cell->size());
        mean_.push_back(cell->mean);
    }
    const std::size_t n = size();
    shared_.assign(n * n, 0.0);
    cross_ = shift_ = shared_;
    for (std::size_t k = 0; k < n; ++k)
        for (std::size_t l = 0; l < n; ++l) {
            auto other = cells[l]->values.begin();
            for (const auto& [replicate, value] : cells[k]->values) {
                while (other != cells[l]->values.end() && other->first < replicate)
                    ++other;
                if (other == cells[l]->values.end()) break;
                if (other->first != replicate) continue;
                shared_[k * n + l] += 1.0;
                shift_[k * n + l] += value - mean_[k];
                cross_[k * n + l] += (value - mean_[k]) * (other->second - mean_[l]);
            }
        }
}

double RootScore::slope(double c) const {
    // The derivative of the quasi-likelihood falls with b: Newton's method within a bracket.
    double low = -infinite;
    double high = 0.0;
    double b = 0.0;
    for (int i = 0; i < 60; ++i) {
        double gradient = 0.0;
        double curvature = 0.0;
        for (std::size_t k = 0; k < size(); ++k) {
            const double d = x_[k] - c;
            const double mu = logistic(logit_ + b * d);
            gradient += d * (count_[k] * (mean_[k] - mu) + dispersion_ * (threshold_ - mu));
            curvature += d * d * (count_[k] + dispersion_) * mu * (1.0 - mu);
        }
        if (gradient > 0.0)
            low = b;
        else
            high = b;
        if (low >= 0.0 || curvature == 0.0) break;
        double next = b + gradient / curvature;
        if (next >= high || next <= low)
            next = std::isinf(low) ? 2.0 * high - 1.0 : 0.5 * (low + high);
        if (high == 0.0 && next > 0.0) next = 0.0;
        const bool settled = std::abs(next - b) <= 1e-9 * std::abs(next);
        b = next;
        if (settled) break;
    }
    return b;
}

RootScore::Fit RootScore::fit(double c) const {
    const double b = slope(c);
    Fit fit{std::vector<double>(size()), std::vector<double>(size())};
    double first = 0.0;
    double second = 0.0;
    for (std::size_t k = 0; k < size(); ++k) {
        const double d = x_[k] - c;
        fit.mean[k] = logistic(logit_ + b * d);
        const double information = count_[k] * fit.mean[k] * (1.0 - fit.mean[k]);
        first += information * d;
        second += information * d * d;
    }
    const double projection = second > 0.0 ? first / second : 0.0;
    for (std::size_t k = 0; k < size(); ++k)
        fit.score[k] = 1.0 - projection * (x_[k] - c);
    return fit;
}

double RootScore::replicates(double c) const {
    const Fit at = fit(c);
    double sum = 0.0;
    double squares = 0.0;
    const auto share = [&](std::size_t k) {
        return at.score[k] * at.score[k] * at.mean[k] * (1.0 - at.mean[k]);
    };
    for (std::size_t k = 0; k < size(); ++k) {
        sum += count_[k] * share(k);
        for (std::size_t l = 0; l < size(); ++l)
            squares += shared_[k * size() + l] * share(k) * share(l);
    }
    return squares > 0.0 ? sum * sum / squares : 0.0;
}

double RootScore::statistic(double c) const {
    const Fit at = fit(c);
    const std::size_t n = size();
    double sum = 0.0;
    double model = 0.0;
    double squares = 0.0;
    double shares = 0.0;
    const auto share = [&](std::size_t k) {
        return at.score[k] * at.score[k] * at.mean[k] * (1.0 - at.mean[k]);
    };
    for (std::size_t k = 0; k < n; ++k) {
        const double residual = mean_[k] - at.mean[k];
        sum += at.score[k] * count_[k] * residual;
        model += count_[k] * share(k);
        for (std::size_t l = 0; l < n; ++l) {
            const double other = mean_[l] - at.mean[l];
            squares += at.score[k] * at.score[l] *
                       (cross_[k * n + l] + other * shift_[k * n + l] +
                        residual * shift_[l * n + k] + shared_[k * n + l] * residual * other);
            shares += shared_[k * n + l] * share(k) * share(l);
        }
    }
    if (sum == 0.0 || model == 0.0) return 0.0;
    const double replicates = model * model / shares;
    const double uncentred = sum * sum / std::max(squares, 0.0);
    const double between = uncentred >= replicates || squares <= 0.0
                               ? infinite
                               : uncentred * (replicates - 1.0) / (replicates - uncentred);
    const double of_model = sum * sum / (dispersion_ * model);
    return std::copysign(std::sqrt(std::min(between, of_model)), sum);
}

namespace {

/// Where the statistic passes the level between a (above) and b (not above).
double passing(const RootScore& score, double level, double a, double b) {
    for (int i = 0; i < 40 && std::abs(a - b) > 1e-10; ++i) {
        const double middle = 0.5 * (a + b);
        (score.statistic(middle) > level ? a : b) = middle;
    }
    return 0.5 * (a + b);
}

/// Where the statistic leaves +-reach between the root and `last`, by growing steps of the given
/// sign; infinite if it does not.
double end_of(const RootScore& score, double root, double last, double step, double reach) {
    const double sign = std::copysign(1.0, step);
    double inside = root;
    while (inside != last) {
        const double next = inside + step;
        const double outside = sign * next < sign * last ? next : last;
        if (-sign * score.statistic(outside) > reach)
            return sign < 0.0 ? passing(score, reach, outside, inside)
                              : passing(score, -reach, inside, outside);
        inside = outside;
        step *= 1.3;
    }
    return sign * infinite;
}

} // namespace

RootInterval root_interval(const RootScore& score, double guess, double step, double first,
                           double last, double confidence) {
    double low = guess;
    while (low > first && score.statistic(low) <= 0.0)
        low -= step;
    double high = std::max(guess, low + step);
    while (high < last && score.statistic(high) > 0.0)
        high += step;
    const double root = std::clamp(passing(score, 0.0, low, high), first, last);
    const double freedom = std::max(score.replicates(root) - 1.0, 1.0);
    const double reach = t_quantile(confidence, freedom);
    return {root, end_of(score, root, first, -step, reach), end_of(score, root, last, step, reach)};
}

} // namespace basin
