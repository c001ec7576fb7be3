#include "models/reference/real_oracle_weights.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <string>
#include <string_view>

namespace basin {

namespace {

constexpr long double infinity = std::numeric_limits<long double>::infinity();

struct Pair {
    const LongVector& z;
    const LongVector& x;

    long double dot() const {
        long double sum = 0;
        for (std::size_t i = 0; i < z.size(); ++i)
            sum += z[i] * x[i];
        return sum;
    }
    long double squared_distance() const {
        long double sum = 0;
        for (std::size_t i = 0; i < z.size(); ++i)
            sum += (z[i] - x[i]) * (z[i] - x[i]);
        return sum;
    }
    long double manhattan_distance() const {
        long double sum = 0;
        for (std::size_t i = 0; i < z.size(); ++i)
            sum += std::abs(z[i] - x[i]);
        return sum;
    }
};

long double length_of(const LongVector& v) {
    return std::sqrt(Pair{v, v}.dot());
}

LongVector shares_of(LongVector v) {
    long double sum = 0;
    for (const long double value : v)
        sum += value;
    for (long double& value : v)
        value /= sum;
    return v;
}

/// Kullback & Leibler 1951, with 1e-4 in the logarithms.
long double guarded_divergence(const LongVector& p, const LongVector& q) {
    long double sum = 0;
    for (std::size_t i = 0; i < p.size(); ++i)
        sum += p[i] * (std::log(p[i] + 1e-4L) - std::log(q[i] + 1e-4L));
    return sum;
}

/// sum p ln(p / q), 0 ln 0 = 0.
long double divergence(const LongVector& p, const LongVector& q) {
    long double sum = 0;
    for (std::size_t i = 0; i < p.size(); ++i)
        if (p[i] != 0) sum += p[i] * std::log(p[i] / q[i]);
    return sum;
}

long double jensen_shannon(const LongVector& p, const LongVector& q) {
    LongVector middle;
    for (std::size_t i = 0; i < p.size(); ++i)
        middle.push_back((p[i] + q[i]) / 2);
    return divergence(p, middle) / 2 + divergence(q, middle) / 2;
}

long double quotient_or_0(long double a, long double b) {
    return b == 0 ? 0 : a / b;
}

long double similarity(std::string_view name, const Pair& pair, long double delta,
                       long double all) {
    const auto units = static_cast<long double>(pair.x.size());
    if (name == "dot") return pair.dot();
    if (name == "cosine") return quotient_or_0(pair.dot(), length_of(pair.z) * length_of(pair.x));
    if (name == "euclidean_overlap") return units - pair.squared_distance() / 2;
    if (name == "manhattan_overlap") return units - pair.manhattan_distance();
    if (name == "inverse_squared_euclidean") return 1 / (pair.squared_distance() + delta);
    if (name == "negative_squared_euclidean") return -pair.squared_distance();
    if (name == "negative_manhattan") return -pair.manhattan_distance();
    if (name == "negative_euclidean") return -std::sqrt(pair.squared_distance());
    if (name == "inverse_manhattan") return 1 / (pair.manhattan_distance() + delta);
    if (name == "published_cosine") return quotient_or_0(pair.dot(), all * length_of(pair.x));
    if (name == "published_euclidean") return std::sqrt(pair.squared_distance());
    if (name == "published_manhattan") return pair.manhattan_distance();

    const LongVector z = shares_of(pair.z);
    const LongVector x = shares_of(pair.x);
    if (name == "mean_normalized_dot") return Pair{z, x}.dot();
    if (name == "inverse_kullback_leibler") return 1 / (guarded_divergence(z, x) + delta);
    if (name == "inverse_reverse_kullback_leibler") return 1 / (guarded_divergence(x, z) + delta);
    if (name == "inverse_jensen_shannon") return 1 / (jensen_shannon(z, x) + delta);
    if (name == "published_jensen_shannon")
        return 2 / (1 / guarded_divergence(z, x) + 1 / guarded_divergence(x, z));
    throw std::logic_error("the oracle has no similarity " + std::string(name));
}

/// What of a number is left in the format that is computed in.
struct Range {
    long double largest;
    long double smallest; ///< half of the smallest subnormal number rounds to 0
    long double normal;   ///< exponentials below the smallest normal number count as 0

    explicit Range(bool is_double)
        : largest(is_double ? static_cast<long double>(std::numeric_limits<double>::max())
                            : static_cast<long double>(std::numeric_limits<float>::max())),
          smallest(is_double
                       ? static_cast<long double>(std::numeric_limits<double>::denorm_min()) / 2
                       : static_cast<long double>(std::numeric_limits<float>::denorm_min()) / 2),
          normal(is_double ? static_cast<long double>(std::numeric_limits<double>::min())
                           : static_cast<long double>(std::numeric_limits<float>::min())) {}

    long double of(long double x) const {
        if (std::abs(x) > largest) return std::copysign(infinity, x);
        if (std::abs(x) <= smallest) return 0;
        return x;
    }
};

long double sum_of(const LongVector& terms) {
    long double sum = 0;
    for (const long double term : terms)
        sum += term;
    return sum;
}

/// Each term's share of the sum of all.
void share_out(const LongVector& terms, const Range& range, OracleWeights& made) {
    const bool all_finite = std::ranges::all_of(terms, [](auto t) { return std::isfinite(t); });
    const long double sum = range.of(sum_of(terms));
    if (all_finite && std::isinf(sum)) made.flags |= flag::sum_overflow;
    if (std::ranges::all_of(terms, [](auto t) { return t == 0; })) made.flags |= flag::all_zero;
    for (const long double term : terms)
        made.weights.push_back(term / sum);
}

void softmax(const LongVector& z, bool is_naive, const Range& range, OracleWeights& made) {
    const long double largest = *std::ranges::max_element(z);
    long double partition = 0;
    for (const long double score : z)
        partition += std::exp(score - largest);
    made.log_partition = largest + std::log(partition);

    LongVector terms;
    for (const long double score : z) {
        const long double term = std::exp(is_naive ? score : score - largest);
        terms.push_back(term < range.normal ? 0 : range.of(term));
        if (std::isinf(terms.back())) made.flags |= flag::exp_overflow;
        if (terms.back() == 0) made.flags |= flag::exp_underflow;
    }
    share_out(terms, range, made);
}

void power(const LongVector& similarities, std::uint32_t n, const Range& range,
           OracleWeights& made) {
    LongVector terms;
    for (const long double s : similarities) {
        long double product = 1;
        for (std::uint32_t i = 0; i < n; ++i)
            product *= s;
        terms.push_back(range.of(product));
        if (std::isinf(terms.back()) && !std::isinf(s)) made.flags |= flag::pow_overflow;
        if (terms.back() == 0 && s != 0) made.flags |= flag::pow_underflow;
    }
    share_out(terms, range, made);
}

/// The weights of threshold tau that add up to 1: their sum falls where tau grows.
template <class Weight>
LongVector bisect(const LongVector& z, long double low, long double high, Weight weight) {
    LongVector weights(z.size());
    const auto sum_at = [&](long double tau) {
        for (std::size_t m = 0; m < z.size(); ++m)
            weights[m] = weight(z[m], tau);
        return sum_of(weights);
    };
    for (int halving = 0; halving < 200; ++halving) {
        const long double middle = (low + high) / 2;
        (sum_at(middle) >= 1 ? low : high) = middle;
    }
    sum_at(low);
    return weights;
}

LongVector sparsemax(LongVector z) {
    const long double largest = *std::ranges::max_element(z);
    for (long double& score : z)
        score -= largest; // the same weights, and thresholds near 0
    return bisect(z, -1, 0, [](auto score, auto tau) { return std::max(score - tau, 0.0L); });
}

LongVector entmax15(LongVector z) {
    const long double largest = *std::ranges::max_element(z);
    for (long double& score : z)
        score -= largest;
    return bisect(z, -1, 0, [](auto score, auto tau) {
        const long double root = std::max(score / 2 - tau, 0.0L);
        return root * root;
    });
}

} // namespace

LongVector oracle_similarities(const std::vector<LongVector>& memories, const LongVector& state,
                               const Setting& setting) {
    long double square = 0;
    for (const LongVector& memory : memories)
        square += Pair{memory, memory}.dot();
    LongVector similarities;
    for (const LongVector& memory : memories)
        similarities.push_back(similarity(setting.real_similarity.name(), {memory, state},
                                          setting.similarity_delta, std::sqrt(square)));
    return similarities;
}

OracleWeights oracle_weights(const LongVector& similarities, const Setting& setting) {
    const bool is_double = setting.precision.is<Float64>();
    const Range range(is_double);
    OracleWeights made;
    LongVector s;
    LongVector z;
    for (const long double value : similarities) {
        s.push_back(range.of(value));
        z.push_back(setting.beta * s.back());
        if (std::isinf(s.back())) made.flags |= flag::score_overflow;
    }

    const std::string_view separation =
        setting.formulation.is<Softmax>() ? "softmax" : setting.separation.name();
    const bool any_nan = std::ranges::any_of(s, [](auto value) { return std::isnan(value); });
    if (any_nan) {
        made.weights.assign(s.size(), std::numeric_limits<long double>::quiet_NaN());
    } else if (separation == "softmax") {
        softmax(z, setting.exponential.is<NaiveExponential>(), range, made);
    } else if (separation == "power") {
        power(s, setting.interaction_parameters.vertex, range, made);
    } else if (separation == "identity") {
        share_out(s, range, made);
    } else if (separation == "max") {
        // The first of those that are as large, up to 32 roundings of the format.
        const long double top = *std::ranges::max_element(s);
        const long double least =
            std::isinf(top) ? top : top - std::ldexp(std::abs(top), is_double ? -47 : -18);
        made.weights.assign(s.size(), 0);
        made.weights[static_cast<std::size_t>(
            std::ranges::find_if(s, [&](auto value) { return value >= least; }) - s.begin())] = 1;
        if (s.size() > 1 && std::ranges::all_of(s, [](auto value) { return value == 0; }))
            made.flags |= flag::all_zero;
    } else if (separation == "sparsemax") {
        made.weights = sparsemax(z);
    } else if (separation == "entmax15") {
        made.weights = entmax15(z);
    } else {
        throw std::logic_error("the oracle has no separation " + std::string(separation));
    }
    made.is_defined =
        std::ranges::none_of(made.weights, [](auto weight) { return std::isnan(weight); });
    if (!made.is_defined) made.flags |= flag::undefined_weights;
    return made;
}

} // namespace basin
