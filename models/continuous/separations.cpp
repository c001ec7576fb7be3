#include "models/continuous/separations.hpp"

#include "models/continuous/loops/real_weighing.hpp"
#include "models/continuous/simplex.hpp"
#include "models/continuous/softmax_terms.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace basin {

namespace {

/// Whether some term of a query is_it.
template <class T, class Is>
bool any_term(const Block<T>& terms, std::size_t q, const Is& is_it) {
    for (std::size_t mu = 0; mu < terms.rows; ++mu)
        if (is_it(terms.row(mu)[q])) return true;
    return false;
}

/// Divides weights by their sums, query by query. Says what is wrong with a sum.
template <class T>
void normalize(Block<T>& weights, std::span<const double> sums, std::span<Separated> made) {
    std::vector<T> totals(weights.queries);
    for (std::size_t q = 0; q < weights.queries; ++q) {
        totals[q] = static_cast<T>(sums[q]);
        Separated& own = made[q];
        const bool is_infinite = std::isinf(totals[q]);
        const bool has_infinite_terms =
            is_infinite && any_term(weights, q, [](T w) { return std::isinf(w); });
        if (totals[q] == T(0) && !any_term(weights, q, [](T w) { return w != T(0); }))
            own.flags |= flag::all_zero;
        if (is_infinite && !has_infinite_terms) own.flags |= flag::sum_overflow;
        own.is_defined =
            own.is_defined && !std::isnan(totals[q]) && totals[q] != T(0) && !has_infinite_terms;
        if (!own.is_defined) own.flags |= flag::undefined_weights;
    }
    weigh_loops_of<T>(simd_path())
        .divide(weights.values.data(), weights.rows, weights.queries, totals.data());
}

template <class T>
void normalize(Block<T>& weights, std::span<Separated> made) {
    std::vector<double> sums(weights.queries);
    for (std::size_t mu = 0; mu < weights.rows; ++mu)
        for (std::size_t q = 0; q < weights.queries; ++q)
            sums[q] += static_cast<double>(weights.row(mu)[q]);
    normalize(weights, sums, made);
}

template <class T>
void separate_by(SoftmaxSeparation, const SeparationRule& rule, Block<T>& scores,
                 const Extremes<T>& extremes, std::span<Separated> made) {
    SoftmaxTerms<T> softmax(rule, extremes);
    softmax.take(scores.values.data(), scores.values.data(), scores.rows);
    softmax.describe(made);
    normalize(scores, softmax.totals(), made);
}

/// x^n by repeated squaring.
template <class T>
T power(T x, std::uint32_t n) {
    T result(1);
    for (; n > 0; n >>= 1U) {
        if (n & 1U) result *= x;
        if (n > 1) x *= x;
    }
    return result;
}

template <class T>
void separate_by(PowerSeparation, const SeparationRule& rule, Block<T>& scores, const Extremes<T>&,
                 std::span<Separated> made) {
    for (std::size_t mu = 0; mu < scores.rows; ++mu)
        for (std::size_t q = 0; q < scores.queries; ++q) {
            T& s = scores.row(mu)[q];
            const T term = power(s, rule.vertex);
            if (std::isinf(term) && !std::isinf(s)) made[q].flags |= flag::pow_overflow;
            if (term == T(0) && s != T(0)) made[q].flags |= flag::pow_underflow;
            s = term;
        }
    normalize(scores, made);
}

template <class T>
void separate_by(IdentitySeparation, const SeparationRule&, Block<T>& scores, const Extremes<T>&,
                 std::span<Separated> made) {
    normalize(scores, made);
}

template <class T>
void separate_by(MaxSeparation separation, const SeparationRule&, Block<T>& scores,
                 const Extremes<T>& extremes, std::span<Separated> made) {
    const T rounding = static_cast<T>(separation.ties) * std::numeric_limits<T>::epsilon();
    std::vector<T> least(scores.queries);
    for (std::size_t q = 0; q < least.size(); ++q) {
        const T top = extremes.largest[q];
        least[q] = std::isinf(top) ? top : top - rounding * std::abs(top);
        if (scores.rows > 1 && top == T(0) && extremes.smallest[q] == T(0))
            made[q].flags |= flag::all_zero;
    }
    std::vector<std::size_t> leader(scores.queries, scores.rows);
    for (std::size_t mu = 0; mu < scores.rows; ++mu)
        for (std::size_t q = 0; q < scores.queries; ++q) {
            T& s = scores.row(mu)[q];
            if (std::isnan(s)) made[q].is_defined = false;
            if (s >= least[q] && leader[q] == scores.rows) leader[q] = mu;
            s = T(0);
        }
    for (std::size_t q = 0; q < scores.queries; ++q) {
        if (!made[q].is_defined) made[q].flags |= flag::undefined_weights;
        // There is no leader if all are NaN.
        scores.row(leader[q] % scores.rows)[q] =
            made[q].is_defined ? T(1) : std::numeric_limits<T>::quiet_NaN();
    }
}

/// Weights max(f(beta s) - tau, 0) to a power, query by query, with the threshold of `find`.
template <class T, class Find, class Weight>
void onto_simplex(double beta, Block<T>& scores, std::span<Separated> made, const Find& find,
                  const Weight& weight) {
    std::vector<double> column(scores.rows);
    for (std::size_t q = 0; q < scores.queries; ++q) {
        for (std::size_t mu = 0; mu < scores.rows; ++mu)
            column[mu] = static_cast<double>(static_cast<T>(beta) * scores.row(mu)[q]);
        if (!std::ranges::all_of(column, [](double s) { return std::isfinite(s); })) {
            made[q].is_defined = false;
            made[q].flags |= flag::undefined_weights;
            for (std::size_t mu = 0; mu < scores.rows; ++mu)
                scores.row(mu)[q] = std::numeric_limits<T>::quiet_NaN();
            continue;
        }
        const double top = std::ranges::max(column);
        for (double& s : column)
            s -= top;
        const double tau = find(column);
        for (std::size_t mu = 0; mu < scores.rows; ++mu)
            scores.row(mu)[q] = static_cast<T>(weight(column[mu], tau));
    }
}

template <class T>
void separate_by(SparsemaxSeparation, const SeparationRule& rule, Block<T>& scores,
                 const Extremes<T>&, std::span<Separated> made) {
    onto_simplex(rule.beta, scores, made, sparsemax_threshold, sparsemax_weight);
}

template <class T>
void separate_by(Entmax15Separation, const SeparationRule& rule, Block<T>& scores,
                 const Extremes<T>&, std::span<Separated> made) {
    onto_simplex(rule.beta, scores, made, entmax15_threshold, entmax15_weight);
}

} // namespace

template <class T>
void separate(const SeparationRule& rule, Block<T>& scores, const Extremes<T>& extremes,
              std::span<Separated> made) {
    constexpr T infinity = std::numeric_limits<T>::infinity();
    std::ranges::fill(made, Separated{});
    if (!rule.separation.is<SoftmaxSeparation>())
        for (std::size_t q = 0; q < made.size(); ++q)
            if (extremes.smallest[q] == -infinity || extremes.largest[q] == infinity)
                made[q].flags |= flag::score_overflow;
    rule.separation.visit(
        [&](auto separation) { separate_by(separation, rule, scores, extremes, made); });
}

template void separate<float>(const SeparationRule&, Block<float>&, const Extremes<float>&,
                              std::span<Separated>);
template void separate<double>(const SeparationRule&, Block<double>&, const Extremes<double>&,
                               std::span<Separated>);

} // namespace basin
