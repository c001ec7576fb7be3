#include "models/geometry/min_norm_point.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numeric>

namespace basin {

namespace {

/// What a pivot loses by cancellation before its point counts as a combination of the others.
constexpr double dependent = 1e-13;

/// x . (a - b)
double product(std::span<const double> x, std::span<const float> a, std::span<const float> b) {
    return sum_of(x.size(), [&](std::size_t i) { return x[i] * (double{a[i]} - double{b[i]}); });
}

double square_of(std::span<const double> x) {
    return sum_of(x.size(), [&](std::size_t i) { return x[i] * x[i]; });
}

} // namespace

bool Corral::take_in(std::size_t j) {
    if (!admit(j)) return false;
    std::vector<Member> before = members_;
    before.pop_back();
    while (true) {
        const std::vector<bool> leaves = moved_towards(affine_weights());
        if (std::ranges::find(leaves, true) == leaves.end()) break;
        if (!remove(leaves)) {
            members_ = std::move(before);
            return false;
        }
    }
    std::vector<double> weights;
    for (const Member& member : members_)
        weights.push_back(member.weight);
    std::vector<double> nearest = combined(weights);
    const double square = square_of(nearest);
    // The first point comes from nowhere; another one has to bring the combination nearer.
    if (!before.empty() && !(square < square_)) {
        members_ = std::move(before);
        return false;
    }
    nearest_ = std::move(nearest);
    square_ = square;
    return true;
}

/// Moves weights towards those as far as none gets negative. [member] those who are to leave.
std::vector<bool> Corral::moved_towards(std::span<const double> wanted) {
    double part = 1.0;
    std::size_t leaver = members_.size();
    for (std::size_t m = 0; m < members_.size(); ++m)
        if (const double weight = members_[m].weight; wanted[m] <= 0.0)
            if (const double far = weight > 0.0 ? weight / (weight - wanted[m]) : 0.0;
                leaver == members_.size() || far < part) {
                part = far;
                leaver = m;
            }
    for (std::size_t m = 0; m < members_.size(); ++m)
        members_[m].weight += part * (wanted[m] - members_[m].weight);
    // A point that has just come in may have no weight yet, and stays.
    std::vector<bool> leaves(members_.size());
    for (std::size_t m = 0; m < members_.size(); ++m)
        leaves[m] = m == leaver || (wanted[m] <= 0.0 && !(members_[m].weight > 0.0));
    return leaves;
}

/// Puts y_j behind the members, with weight 0 (the first: 1).
bool Corral::admit(std::size_t j) {
    const std::span<const float> origin = points_->row(origin_);
    std::vector<double> y(points_->columns);
    for (std::size_t i = 0; i < y.size(); ++i)
        y[i] = double{points_->row(j)[i]} - double{origin[i]};
    std::vector<double> products;
    for (const Member& member : members_)
        products.push_back(product(y, points_->row(member.point), origin));
    products.push_back(square_of(y));
    if (members_.empty()) lift_ = products[0] > 0.0 ? products[0] : 1.0;
    products_.push_back(std::move(products));
    members_.push_back({j, members_.empty() ? 1.0 : 0.0});
    if (factor_from(members_.size() - 1)) return true;
    products_.pop_back();
    members_.pop_back();
    factor_.resize(members_.size());
    return false;
}

/// Makes the rows of the factor from `first` on; false if some point depends on those before it.
bool Corral::factor_from(std::size_t first) {
    factor_.resize(members_.size());
    for (std::size_t r = first; r < members_.size(); ++r) {
        std::vector<double>& row = factor_[r];
        row.assign(r + 1, 0.0);
        for (std::size_t c = 0; c <= r; ++c) {
            const std::vector<double>& other = factor_[c];
            const double whole = products_[r][c] + lift_;
            const double rest = whole - sum_of(c, [&](std::size_t k) { return row[k] * other[k]; });
            if (c < r)
                row[c] = rest / other[c];
            else if (rest > dependent * whole)
                row[r] = std::sqrt(rest);
            else
                return false;
        }
    }
    return true;
}

/// (products + lift)^-1 right
std::vector<double> Corral::solved(std::vector<double> right) const {
    for (std::size_t r = 0; r < right.size(); ++r) {
        right[r] -= sum_of(r, [&](std::size_t k) { return factor_[r][k] * right[k]; });
        right[r] /= factor_[r][r];
    }
    for (std::size_t r = right.size(); r-- > 0;) {
        right[r] /= factor_[r][r];
        for (std::size_t k = 0; k < r; ++k)
            right[k] -= factor_[r][k] * right[r];
    }
    return right;
}

/// [member] weights, some perhaps negative, of the least combination whose weights add up to 1.
std::vector<double> Corral::affine_weights() const {
    const std::vector<double> ones = solved(std::vector<double>(members_.size(), 1.0));
    const double all = std::accumulate(ones.begin(), ones.end(), 0.0);
    std::vector<double> weights(ones);
    for (double& weight : weights)
        weight /= all;
    // Products are squares of lengths, and so are their errors: a step back to the points makes
    // weights as good as those of an orthogonal factor.
    const std::vector<double> x = combined(weights);
    std::vector<double> slopes;
    for (const Member& member : members_)
        slopes.push_back(product(x, points_->row(member.point), points_->row(origin_)));
    const std::vector<double> step = solved(std::move(slopes));
    const double surplus = std::accumulate(step.begin(), step.end(), 0.0) / all;
    for (std::size_t m = 0; m < weights.size(); ++m)
        weights[m] += surplus * ones[m] - step[m];
    return weights;
}

std::vector<double> Corral::combined(std::span<const double> weights) const {
    std::vector<double> x(points_->columns);
    const std::span<const float> origin = points_->row(origin_);
    for (std::size_t m = 0; m < members_.size(); ++m) {
        const std::span<const float> point = points_->row(members_[m].point);
        for (std::size_t i = 0; i < x.size(); ++i)
            x[i] += weights[m] * (double{point[i]} - double{origin[i]});
    }
    return x;
}

/// False if the factor of those who stay cannot be made.
bool Corral::remove(const std::vector<bool>& leaves) {
    std::size_t first = members_.size();
    for (std::size_t m = members_.size(); m-- > 0;) {
        if (!leaves[m]) continue;
        const auto at = static_cast<std::ptrdiff_t>(m);
        members_.erase(members_.begin() + at);
        products_.erase(products_.begin() + at);
        for (std::size_t r = m; r < products_.size(); ++r)
            products_[r].erase(products_[r].begin() + at);
        first = m;
    }
    return factor_from(first);
}

} // namespace basin
