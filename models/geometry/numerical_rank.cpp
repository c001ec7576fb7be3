#include "models/geometry/numerical_rank.hpp"

#include "models/data/real_matrix.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

namespace basin {

namespace {

template <class Real>
double product(const Real* a, const Real* b, std::size_t length) {
    return sum_of(length, [a, b](std::size_t i) { return double{a[i]} * double{b[i]}; });
}

/// Candidates whose products are computed together, so that the other rows are read once for all.
constexpr std::size_t batch = 16;

template <class Real>
class Elimination {
public:
    Elimination(std::span<const std::span<const Real>> rows, double radius)
        : rows_(rows), square_(radius * radius), squares_(rows.size()), factors_(rows.size()),
          left_(rows.size()) {
        std::iota(left_.begin(), left_.end(), std::size_t{0});
        for (std::size_t j = 0; j < rows.size(); ++j)
            squares_[j] = product(rows[j].data(), rows[j].data(), rows[j].size());
    }

    bool is_finite() const {
        return std::ranges::all_of(squares_, [](double square) { return std::isfinite(square); });
    }

    std::size_t rank(std::size_t most) {
        while (true) {
            std::erase_if(left_, [&](std::size_t j) { return !(squares_[j] > square_); });
            if (left_.empty() || rank_ == most) return rank_;
            take_some(most);
        }
    }

private:
    bool is_farther(std::size_t a, std::size_t b) const {
        return squares_[a] != squares_[b] ? squares_[a] > squares_[b] : a < b;
    }

    /// Takes the farthest row, and others as long as they are at least half as far.
    void take_some(std::size_t most) {
        const auto farther = [&](std::size_t a, std::size_t b) { return is_farther(a, b); };
        std::vector<std::size_t> candidates(std::min(batch, left_.size()));
        std::ranges::partial_sort_copy(left_, candidates, farther);
        const double least = std::max(square_, squares_[candidates[0]] / 4);
        std::vector<double> products(left_.size() * candidates.size()); // [left][candidate]
        for (std::size_t l = 0; l < left_.size(); ++l)
            for (std::size_t c = 0; c < candidates.size(); ++c)
                products[l * candidates.size() + c] =
                    product(rows_[candidates[c]].data(), rows_[left_[l]].data(), rows_[0].size());
        while (rank_ < most) {
            const auto taken = std::ranges::min_element(candidates, farther);
            if (!(squares_[*taken] > least)) return;
            take(*taken, products, static_cast<std::size_t>(taken - candidates.begin()),
                 candidates.size());
        }
    }

    void take(std::size_t taken, const std::vector<double>& products, std::size_t candidate,
              std::size_t candidates) {
        const double length = std::sqrt(squares_[taken]);
        const std::vector<double> own = factors_[taken];
        for (std::size_t l = 0; l < left_.size(); ++l) {
            std::vector<double>& factors = factors_[left_[l]];
            const double rest = products[l * candidates + candidate] -
                                product(own.data(), factors.data(), own.size());
            factors.push_back(rest / length);
            squares_[left_[l]] -= factors.back() * factors.back();
        }
        squares_[taken] = 0.0;
        ++rank_;
    }

    std::span<const std::span<const Real>> rows_;
    double square_;                            ///< of the radius
    std::vector<double> squares_;              ///< [row] of its distance from the span
    std::vector<std::vector<double>> factors_; ///< [row][taken] its part along what that one added
    std::vector<std::size_t> left_;            ///< rows that are not in the span
    std::size_t rank_ = 0;
};

} // namespace

template <class Real>
std::optional<std::size_t> numerical_rank(std::span<const std::span<const Real>> rows,
                                          double radius, std::size_t most) {
    Elimination<Real> elimination(rows, radius);
    if (!elimination.is_finite()) return std::nullopt;
    return rows.empty() ? 0 : elimination.rank(std::min(most, rows[0].size()));
}

std::uint64_t rank_work(std::size_t rows, std::size_t columns, std::size_t most) {
    return std::uint64_t{rows} * columns * std::min({rows, columns, most});
}

template std::optional<std::size_t> numerical_rank<float>(std::span<const std::span<const float>>,
                                                          double, std::size_t);
template std::optional<std::size_t> numerical_rank<double>(std::span<const std::span<const double>>,
                                                           double, std::size_t);

} // namespace basin
