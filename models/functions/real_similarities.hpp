#pragma once
// How alike a memory z and a state x are, as real vectors of N units. Larger means more similar,
// but for the published_ ones, which are kept to explain published curves and say what they get
// wrong. Names state the formula.
// To add a similarity: one struct here and its line in RealSimilarities.
//
//   measure   what is added up over the units
//   shares    z and x enter divided by their sums: as distributions. They must not be negative
//   lengths   those of z and x are asked for too
//   range     the sign of its values
//   of(pair)  the similarity

#include "models/base/catalog.hpp"

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace basin {

/// What is added up over the units.
enum class RealMeasure : std::uint8_t {
    products,            ///< z x
    squared_distances,   ///< (z - x)^2
    distances,           ///< (z - x)^2, of which the root is taken
    manhattan_distances, ///< |z - x|
    divergences,         ///< z (L(z) - L(x)) and x (L(x) - L(z)), L(a) = ln(a + 1e-4)
    mixture,             ///< the Jensen-Shannon divergence's terms
};

enum class SignRange : std::uint8_t { positive, any, negative };

/// What a similarity is made of.
template <class T>
struct RealPair {
    // Those with lengths or shares get a vector that is far from 1 scaled by a power of two.
    T sum{};     ///< the measure
    T reverse{}; ///< of divergences: the other one
    T memory{};  ///< |z|
    T state{};   ///< |x|
    T all{};     ///< root of the sum of all |z|^2
    T units{};   ///< N
    T delta{};
};

template <RealMeasure Measure, SignRange Range, bool Shares = false, bool Lengths = false>
struct OfVectors {
    static constexpr RealMeasure measure = Measure;
    static constexpr SignRange range = Range;
    static constexpr bool shares = Shares;
    static constexpr bool lengths = Lengths;
};

template <RealMeasure Measure, SignRange Range>
using OfShares = OfVectors<Measure, Range, true>;

template <RealMeasure Measure, SignRange Range>
using OfLengths = OfVectors<Measure, Range, false, true>;

/// s = z . x.
struct RealDot : OfVectors<RealMeasure::products, SignRange::any> {
    static constexpr std::string_view name = "dot";
    static constexpr std::string_view help = "zeta . sigma";
    template <class T>
    static T of(const RealPair<T>& p) {
        return p.sum;
    }
};

/// s = z . x / (|z| |x|), row by row; 0 where either is zero.
struct RealCosine : OfLengths<RealMeasure::products, SignRange::any> {
    static constexpr std::string_view name = "cosine";
    static constexpr std::string_view help = "zeta . sigma / (|zeta| |sigma|)";
    template <class T>
    static T of(const RealPair<T>& p) {
        const T lengths = p.memory * p.state;
        return lengths == T(0) ? T(0) : p.sum / lengths;
    }
};

struct RealEuclideanOverlap : OfVectors<RealMeasure::squared_distances, SignRange::any> {
    static constexpr std::string_view name = "euclidean_overlap";
    static constexpr std::string_view help = "N - |zeta - sigma|^2 / 2";
    template <class T>
    static T of(const RealPair<T>& p) {
        return p.units - p.sum / T(2);
    }
};

struct RealManhattanOverlap : OfVectors<RealMeasure::manhattan_distances, SignRange::any> {
    static constexpr std::string_view name = "manhattan_overlap";
    static constexpr std::string_view help = "N - |zeta - sigma|_1";
    template <class T>
    static T of(const RealPair<T>& p) {
        return p.units - p.sum;
    }
};

/// s = 1 / (|z - x|^2 + delta).
struct RealInverseSquaredEuclidean
    : OfVectors<RealMeasure::squared_distances, SignRange::positive> {
    static constexpr std::string_view name = "inverse_squared_euclidean";
    static constexpr std::string_view help = "1 / (|zeta - sigma|^2 + similarity_delta)";
    template <class T>
    static T of(const RealPair<T>& p) {
        return T(1) / (p.sum + p.delta);
    }
};

struct RealNegativeSquaredEuclidean
    : OfVectors<RealMeasure::squared_distances, SignRange::negative> {
    static constexpr std::string_view name = "negative_squared_euclidean";
    static constexpr std::string_view help = "-|zeta - sigma|^2";
    template <class T>
    static T of(const RealPair<T>& p) {
        return -p.sum;
    }
};

struct RealNegativeManhattan : OfVectors<RealMeasure::manhattan_distances, SignRange::negative> {
    static constexpr std::string_view name = "negative_manhattan";
    static constexpr std::string_view help = "-|zeta - sigma|_1";
    template <class T>
    static T of(const RealPair<T>& p) {
        return -p.sum;
    }
};

/// s = (z / sum z) . (x / sum x): the dot product of distributions (Millidge et al. 2022).
struct RealMeanNormalizedDot : OfShares<RealMeasure::products, SignRange::positive> {
    static constexpr std::string_view name = "mean_normalized_dot";
    static constexpr std::string_view help = "(zeta / sum zeta) . (sigma / sum sigma)";
    template <class T>
    static T of(const RealPair<T>& p) {
        return p.sum;
    }
};

struct RealNegativeEuclidean : OfVectors<RealMeasure::distances, SignRange::negative> {
    static constexpr std::string_view name = "negative_euclidean";
    static constexpr std::string_view help = "-|zeta - sigma|";
    template <class T>
    static T of(const RealPair<T>& p) {
        return -p.sum;
    }
};

struct RealInverseManhattan : OfVectors<RealMeasure::manhattan_distances, SignRange::positive> {
    static constexpr std::string_view name = "inverse_manhattan";
    static constexpr std::string_view help = "1 / (|zeta - sigma|_1 + similarity_delta)";
    template <class T>
    static T of(const RealPair<T>& p) {
        return T(1) / (p.sum + p.delta);
    }
};

/// s = 1 / (D(z || x) + delta), both as distributions (Millidge et al. 2022; 1e-4 in the logs).
struct RealInverseKullbackLeibler : OfShares<RealMeasure::divergences, SignRange::positive> {
    static constexpr std::string_view name = "inverse_kullback_leibler";
    static constexpr std::string_view help =
        "1 / (D + similarity_delta), D = sum z (ln(z + 1e-4) - ln(x + 1e-4)), of shares";
    template <class T>
    static T of(const RealPair<T>& p) {
        return T(1) / (p.sum + p.delta);
    }
};

struct RealInverseReverseKullbackLeibler : OfShares<RealMeasure::divergences, SignRange::positive> {
    static constexpr std::string_view name = "inverse_reverse_kullback_leibler";
    static constexpr std::string_view help =
        "1 / (D + similarity_delta), D = sum x (ln(x + 1e-4) - ln(z + 1e-4)), of shares";
    template <class T>
    static T of(const RealPair<T>& p) {
        return T(1) / (p.reverse + p.delta);
    }
};

/// s = 1 / (J + delta), J the Jensen-Shannon divergence (Lin 1991), in nats.
struct RealInverseJensenShannon : OfShares<RealMeasure::mixture, SignRange::positive> {
    static constexpr std::string_view name = "inverse_jensen_shannon";
    static constexpr std::string_view help =
        "1 / (J + similarity_delta), J the Jensen-Shannon divergence of shares";
    template <class T>
    static T of(const RealPair<T>& p) {
        return T(1) / (p.sum + p.delta);
    }
};

/// What the code of Millidge et al. 2022 calls Jensen-Shannon: 1 / (1/2 1/D + 1/2 1/D'), a mean of
/// divergences, larger where the two are less alike.
struct PublishedJensenShannon : OfShares<RealMeasure::divergences, SignRange::positive> {
    static constexpr std::string_view name = "published_jensen_shannon";
    static constexpr std::string_view help =
        "bug-compatible: 2 / (1/D + 1/D') of Kullback-Leibler divergences, larger for less alike";
    template <class T>
    static T of(const RealPair<T>& p) {
        return T(1) / (T(0.5) / p.sum + T(0.5) / p.reverse);
    }
};

/// What the same code calls cosine: the norm is that of the whole memory matrix, so the ranking is
/// that of the dot product.
struct PublishedCosine : OfLengths<RealMeasure::products, SignRange::any> {
    static constexpr std::string_view name = "published_cosine";
    static constexpr std::string_view help =
        "bug-compatible: zeta . sigma / (|all memories| |sigma|), which ranks like dot";
    template <class T>
    static T of(const RealPair<T>& p) {
        const T lengths = p.all * p.state;
        return lengths == T(0) ? T(0) : p.sum / lengths;
    }
};

/// Distances that were given to a softmax without a minus sign: the farthest memory wins.
struct PublishedEuclidean : OfVectors<RealMeasure::distances, SignRange::positive> {
    static constexpr std::string_view name = "published_euclidean";
    static constexpr std::string_view help =
        "bug-compatible: |zeta - sigma| itself, so the farthest memory is retrieved";
    template <class T>
    static T of(const RealPair<T>& p) {
        return p.sum;
    }
};

struct PublishedManhattan : OfVectors<RealMeasure::manhattan_distances, SignRange::positive> {
    static constexpr std::string_view name = "published_manhattan";
    static constexpr std::string_view help =
        "bug-compatible: |zeta - sigma|_1 itself, so the farthest memory is retrieved";
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
