#include "models/continuous/softmax_terms.hpp"

#include "models/continuous/loops/real_weighing.hpp"
#include "models/draws/normal.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace basin {

template <class T>
SoftmaxTerms<T>::SoftmaxTerms(const SeparationRule& rule, const Extremes<T>& extremes)
    : is_stable_(rule.exponential.is<StableExponential>()), factor_(static_cast<T>(rule.beta)),
      extremes_(&extremes), shift_(extremes.largest.size()), sums_(shift_.size()),
      moments_(shift_.size()), squares_(shift_.size()),
      smallest_(shift_.size(), std::numeric_limits<T>::infinity()), largest_(shift_.size()) {
    // Rounding does not change an order: the largest of the products is that of the largest.
    if (is_stable_)
        std::ranges::transform(extremes.largest, shift_.begin(),
                               [this](T s) { return factor_ * s; });
}

template <class T>
void SoftmaxTerms<T>::take(const T* scores, T* exponentials, std::size_t memories) {
    const std::size_t queries = shift_.size();
    weigh_loops_of<T>(simd_path())
        .exponentiate(
            scores, queries, exponentials, queries, memories, queries, factor_, shift_.data(),
            {sums_.data(), moments_.data(), squares_.data(), smallest_.data(), largest_.data()});
}

template <class T>
void SoftmaxTerms<T>::describe(std::span<Separated> made) const {
    constexpr T infinity = std::numeric_limits<T>::infinity();
    for (std::size_t q = 0; q < made.size(); ++q) {
        Separated& own = made[q];
        if (factor_ * extremes_->smallest[q] == -infinity ||
            factor_ * extremes_->largest[q] == infinity)
            own.flags |= flag::score_overflow;
        if (smallest_[q] == T(0)) own.flags |= flag::exp_underflow;
        if (largest_[q] == infinity) own.flags |= flag::exp_overflow;
        own.total = sums_[q];
        if (!(sums_[q] > 0) || std::isinf(sums_[q])) continue;
        const double log_sum = natural_logarithm(sums_[q]);
        own.log_partition = static_cast<double>(shift_[q]) + log_sum;
        // Without a shift squares may leave the numbers where the weights do not.
        if (!is_stable_) continue;
        own.entropy = log_sum - moments_[q] / sums_[q];
        own.squares = squares_[q] / (sums_[q] * sums_[q]);
    }
}

template class SoftmaxTerms<float>;
template class SoftmaxTerms<double>;

} // namespace basin
