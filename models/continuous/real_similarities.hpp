#pragma once
// How alike a memory z and a state x are, as real vectors of N units. Larger means more similar,
// but for the published_ ones, which are kept to explain published curves and say what they get
// wrong. Names state the formula.
// To add a similarity: one struct here and its line in RealSimilarities.
//
//   measure   what is added up over the units
//   shares    z and x enter divided by their sums: as distributions. They must not be negative
//   range     the sign of its values
//   of(pair)  the similarity

#include "models/catalog.hpp"

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace basin {

/// What is added up over the units.
enum class RealMeasure : std::uint8_t {
    products,            ///< z x
    squared_distances,   ///< (z - x)^2
    manhattan_distances, ///< |z - x|
    divergences,         ///< z (L(z) - L(x)) and x (L(x) - L(z)), L(a) = ln(a + 1e-4)
    mixture,             ///< the Jensen-Shannon divergence's terms
};

enum class SignRange : std::uint8_t { positive, any, negative };

/// What a similarity is made of.
template <class T>
struct RealPair {
    T sum{};     ///< the measure
    T reverse{}; ///< of divergences: the other one
    T memory{};  ///< |z|
    T state{};   ///< |x|
    T all{};     ///< root of the sum of all |z|^2
    T units{};   ///< N
    T delta{};
};

/// s = z . x.
struct RealDot {
    static constexpr std::string_view name = "dot";
    static constexpr std::string_view help = "zeta . sigma";
    static constexpr RealMeasure measure = RealMeasure::products;
    static constexpr bool shares = false;
    static constexpr SignRange range = SignRange::any;
    template <class T>
    static T of(const RealPair<T>& p) {
        return p.sum;
    }
};

/// s = z . x / (|z| |x|), row by row; 0 where either is zero.
struct RealCosine {
    static constexpr std::string_view name = "cosine";
    static constexpr std::string_view help = "zeta . sigma / (|zeta| |sigma|)";
    static constexpr RealMeasure measure = RealMeasure::products;
    static constexpr bool shares = false;
    static constexpr SignRange range = SignRange::any;
    template <class T>
    static T of(const RealPair<T>& p) {
        const T lengths = p.memory * p.state;
        return lengths == T(0) ? T(0) : p.sum / lengths;
    }
};

struct RealEuclideanOverlap {
    static constexpr std::string_view name = "euclidean_overlap";
    static constexpr std::string_view help = "N - |zeta - sigma|^2 / 2";
    static constexpr RealMeasure measure = RealMeasure::squared_distances;
    static constexpr bool shares = false;
    static constexpr SignRange range = SignRange::any;
    template <class T>
    static T of(const RealPair<T>& p) {
        return p.units - p.sum / T(2);
    }
};

struct RealManhattanOverlap {
    static constexpr std::string_view name = "manhattan_overlap";
    static constexpr std::string_view help = "N - |zeta - sigma|_1";
    static constexpr RealMeasure measure = RealMeasure::manhattan_distances;
    static constexpr bool shares = false;
    static constexpr SignRange range = SignRange::any;
    template <class T>
    static T of(const RealPair<T>& p) {
        return p.units - p.sum;
    }
};

/// s = 1 / (|z - x|^2 + delta).
struct RealInverseSquaredEuclidean {
    static constexpr std::string_view name = "inverse_squared_euclidean";
    static constexpr std::string_view help = "1 / (|zeta - sigma|^2 + similarity_delta)";
    static constexpr RealMeasure measure = RealMeasure::squared_distances;
    static constexpr bool shares = false;
    static constexpr SignRange range = SignRange::positive;
    template <class T>
    static T of(const RealPair<T>& p) {
        return T(1) / (p.sum + p.delta);
    }
};

struct RealNegativeSquaredEuclidean {
    static constexpr std::string_view name = "negative_squared_euclidean";
    static constexpr std::string_view help = "-|zeta - sigma|^2";
    static constexpr RealMeasure measure = RealMeasure::squared_distances;
    static constexpr bool shares = false;
    static constexpr SignRange range = SignRange::negative;
    template <class T>
    static T of(const RealPair<T>& p) {
        return -p.sum;
    }
};

struct RealNegativeManhattan {
    static constexpr std::string_view name = "negative_manhattan";
    static constexpr std::string_view help = "-|zeta - sigma|_1";
    static constexpr RealMeasure measure = RealMeasure::manhattan_distances;
    static constexpr bool shares = false;
    static constexpr SignRange range = SignRange::negative;
    template <class T>
    static T of(const RealPair<T>& p) {
        return -p.sum;
    }
};

/// s = (z / sum z) . (x / sum x): the dot product of distributions (Millidge et al. 2022).
struct RealMeanNormalizedDot {
    static constexpr std::string_view name = "mean_normalized_dot";
    static constexpr std::string_view help = "(zeta / sum zeta) . (sigma / sum sigma)";
    static constexpr RealMeasure measure = RealMeasure::products;
    static constexpr bool shares = true;
    static constexpr SignRange range = SignRange::positive;
    template <class T>
    static T of(const RealPair<T>& p) {
        return p.sum;
    }
};

struct RealNegativeEuclidean {
    static constexpr std::string_view name = "negative_euclidean";
    static constexpr std::string_view help = "-|zeta - sigma|";
    static constexpr RealMeasure measure = RealMeasure::squared_distances;
    static constexpr bool shares = false;
    static constexpr SignRange range = SignRange::negative;
    template <class T>
    static T of(const RealPair<T>& p) {
        return -std::sqrt(p.sum);
    }
};

struct RealInverseManhattan {
    static constexpr std::string_view name = "inverse_manhattan";
    static constexpr std::string_view help = "1 / (|zeta - sigma|_1 + similarity_delta)";
    static constexpr RealMeasure measure = RealMeasure::manhattan_distances;
    static constexpr bool shares = false;
    static constexpr SignRange range = SignRange::positive;
    template <class T>
    static T of(const RealPair<T>& p) {
        return T(1) / (p.sum + p.delta);
    }
};

/// s = 1 / (D(z || x) + delta), both as distributions (Millidge et al. 2022; 1e-4 in the logs).
struct RealInverseKullbackLeibler {
    static constexpr std::string_view name = "inverse_kullback_leibler";
    static constexpr std::string_view help =
        "1 / (D + similarity_delta), D = sum z (ln(z + 1e-4) - ln(x + 1e-4)), of shares";
    static constexpr RealMeasure measure = RealMeasure::divergences;
    static constexpr bool shares = true;
    static constexpr SignRange range = SignRange::positive;
    template <class T>
    static T of(const RealPair<T>& p) {
        return T(1) / (p.sum + p.delta);
    }
};

struct RealInverseReverseKullbackLeibler {
    static constexpr std::string_view name = "inverse_reverse_kullback_leibler";
    static constexpr std::string_view help =
        "1 / (D + similarity_delta), D = sum x (ln(x + 1e-4) - ln(z + 1e-4)), of shares";
    static constexpr RealMeasure measure = RealMeasure::divergences;
    static constexpr bool shares = true;
    static constexpr SignRange range = SignRange::positive;
    template <class T>
    static T of(const RealPair<T>& p) {
        return T(1) / (p.reverse + p.delta);
    }
};

/// s = 1 / (J + delta), J the Jensen-Shannon divergence (Lin 1991), in nats.
struct RealInverseJensenShannon {
    static constexpr std::string_view name = "inverse_jensen_shannon";
    static constexpr std::string_view help =
        "1 / (J + similarity_delta), J the Jensen-Shannon divergence of shares";
    static constexpr RealMeasure measure = RealMeasure::mixture;
    static constexpr bool shares = true;
    static constexpr SignRange range = SignRange::positive;
    template <class T>
    static T of(const RealPair<T>& p) {
        return T(1) / (p.sum + p.delta);
    }
};

/// What the code of Millidge et al. 2022 calls Jensen-Shannon: 1 / (1/2 1/D + 1/2 1/D'), a mean of
/// divergences, larger where the two are less alike.
struct PublishedJensenShannon {
    static constexpr std::string_view name = "published_jensen_shannon";
    static constexpr std::string_view help =
        "bug-compatible: 2 / (1/D + 1/D') of Kullback-Leibler divergences, larger for less alike";
    static constexpr RealMeasure measure = RealMeasure::divergences;
    static constexpr bool shares = true;
    static constexpr SignRange range = SignRange::positive;
    template <class T>
    static T of(const RealPair<T>& p) {
        return T(1) / (T(0.5) / p.sum + T(0.5) / p.reverse);
    }
};

/// What the same code calls cosine: the norm is that of the whole memory matrix, so the ranking is
/// that of the dot product.
struct PublishedCosine {
    static constexpr std::string_view name = "published_cosine";
    static constexpr std::string_view help =
        "bug-compatible: zeta . sigma / (|all memories| |sigma|), which ranks like dot";
    static constexpr RealMeasure measure = RealMeasure::products;
    static constexpr bool shares = false;
    static constexpr SignRange range = SignRange::any;
    template <class T>
    static T of(const RealPair<T>& p) {
        const T lengths = p.all * p.state;
        return lengths == T(0) ? T(0) : p.sum / lengths;
    }
};

/// Distances that were given to a softmax without a minus sign: the farthest memory wins.
struct PublishedEuclidean {
    static constexpr std::string_view name = "published_euclidean";
    static constexpr std::string_view help =
        "bug-compatible: |zeta - sigma| itself, so the farthest memory is retrieved";
    static constexpr RealMeasure measure = RealMeasure::squared_distances;
    static constexpr bool shares = false;
    static constexpr SignRange range = SignRange::positive;
    template <class T>
    static T of(const RealPair<T>& p) {
        return std::sqrt(p.sum);
    }
};

struct PublishedManhattan {
    static constexpr std::string_view name = "published_manhattan";
    static constexpr std::string_view help =
        "bug-compatible: |zeta - sigma|_1 itself, so the farthest memory is retrieved";
    static constexpr RealMeasure measure = RealMeasure::manhattan_distances;
    static constexpr bool shares = false;
    static constexpr SignRange range = SignRange::positive;
    template <class T>
    static T of(const RealPair<T>& p) {
        return p.sum;
    }
};

/// Those that are a function of the overlap on bipolar vectors come first, in the order of
/// Similarities, which has the same names for them.
using RealSimilarities =
    Catalog<RealDot, RealCosine, RealEuclideanOverlap, RealManhattanOverlap,
            RealInverseSquaredEuclidean, RealNegativeSquaredEuclidean, RealNegativeManhattan,
            RealMeanNormalizedDot, RealNegativeEuclidean, RealInverseManhattan,
            RealInverseKullbackLeibler, RealInverseReverseKullbackLeibler, RealInverseJensenShannon,
            PublishedJensenShannon, PublishedCosine, PublishedEuclidean, PublishedManhattan>;

} // namespace basin
