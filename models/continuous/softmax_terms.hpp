#pragma once
// The exponentials of similarities, row by row of memories, and what is known of their sums.

#include "models/continuous/separations.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace basin {

/// e = exp(beta s - shift), where shift is the largest beta s of a query, or 0 for the naive
/// exponential; 0 where that is subnormal. Softmax weights are e / sum e.
template <class T>
class SoftmaxTerms {
public:
    /// Of queries with these extremes of their similarities.
    SoftmaxTerms(const SeparationRule& rule, const Extremes<T>& extremes);

    /// Makes exponentials of some more memories' similarities, [memory][query]: in order, and a
    /// multiple of 4 but the last time. They may be the same numbers.
    void take(const T* scores, T* exponentials, std::size_t memories);

    /// [query] all that is known after the last memory, but for what is wrong with the sums.
    void describe(std::span<Separated> made) const;

    std::span<const double> totals() const { return sums_; } ///< [query] sum e

    T factor() const { return factor_; }
    std::span<const T> shift() const { return shift_; }

private:
    bool is_stable_;
    T factor_;
    const Extremes<T>* extremes_;
    std::vector<T> shift_;
    std::vector<double> sums_;
    std::vector<double> moments_; ///< of e (beta s - shift)
    std::vector<double> squares_; ///< of e^2
    std::vector<T> smallest_;     ///< e
    std::vector<T> largest_;      ///< e
};

extern template class SoftmaxTerms<float>;
extern template class SoftmaxTerms<double>;

} // namespace basin
