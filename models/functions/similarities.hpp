#pragma once
// How alike a memory and a state are. Larger means more similar. Names state the formula.
//
// For bipolar vectors every similarity here is a function of the overlap h = zeta . sigma alone, an
// integer in -N ... N: |zeta - sigma|^2 = 2 (N - h) and |zeta - sigma|_1 = N - h.
// To add a similarity: one struct here and its line in Similarities.
//
//   value(a, h, N, delta)  the similarity at overlap h, computed in arithmetic `a` as a plain
//                          implementation computes it: h enters rounded to the format
//   scale(N, delta)        what the normalized formulation divides by: the value at a perfect
//                          match, or the unit of the range where that value is 0
//   form                   what the value is of h in exact arithmetic (SimilarityForm)
//   slope(N)               d value / d h, exactly, of the linear ones
//   counted(h, N)          how far a running sum of ones has to count to compute the value
//   negated                a negated distance: every value <= 0

#include "models/arithmetic/precisions.hpp"
#include "models/base/catalog.hpp"

#include <cstdint>
#include <string_view>

namespace basin {

/// What a similarity is as a function of the overlap h, without rounding: what exact decisions are
/// made of (models/bipolar/exact/exact_model.cpp).
enum class SimilarityForm : std::uint8_t {
    linear,                   ///< slope h + a constant; the gradient rule is defined for these
    inverse_squared_distance, ///< 1 / (2 (N - h) + delta)
};

/// A positive rational number.
struct Ratio {
    std::int64_t numerator;
    std::int64_t denominator;
};

/// Units in which two vectors of overlap h differ: what a distance counts. h may be the overlap of
/// the N - 1 other units.
constexpr int differing_units(int h, int dimension) {
    return (dimension - h) / 2;
}

/// s = zeta . sigma, in [-N, N].
struct Dot {
    static constexpr std::string_view name = "dot";
    static constexpr std::string_view help = "zeta . sigma";
    static constexpr SimilarityForm form = SimilarityForm::linear;
    static constexpr bool negated = false;
    static double value(const Arithmetic& a, int h, int, double) { return a.number(h); }
    static double scale(int dimension, double) { return dimension; }
    static Ratio slope(std::int64_t) { return {1, 1}; }
    static int counted(int h, int) { return h < 0 ? -h : h; }
};

/// s = zeta . sigma / (|zeta| |sigma|), in [-1, 1]; |zeta| |sigma| = N for bipolar vectors.
struct Cosine {
    static constexpr std::string_view name = "cosine";
    static constexpr std::string_view help = "zeta . sigma / (|zeta| |sigma|)";
    static constexpr SimilarityForm form = SimilarityForm::linear;
    static constexpr bool negated = false;
    static double value(const Arithmetic& a, int h, int dimension, double) {
        return a.divide(a.number(h), a.number(dimension));
    }
    static double scale(int, double) { return 1.0; }
    static Ratio slope(std::int64_t dimension) { return {1, dimension}; }
    static int counted(int h, int) { return h < 0 ? -h : h; }
};

/// s = N - |zeta - sigma|^2 / 2, in [-N, N]. Equals the dot product on bipolar vectors.
struct EuclideanOverlap {
    static constexpr std::string_view name = "euclidean_overlap";
    static constexpr std::string_view help = "N - |zeta - sigma|^2 / 2";
    static constexpr SimilarityForm form = SimilarityForm::linear;
    static constexpr bool negated = false;
    static double value(const Arithmetic& a, int h, int dimension, double) {
        const double squared_distance = a.number(2.0 * (dimension - h));
        return a.subtract(a.number(dimension), a.multiply(0.5, squared_distance));
    }
    static double scale(int dimension, double) { return dimension; }
    static Ratio slope(std::int64_t) { return {1, 1}; }
    static int counted(int h, int dimension) { return differing_units(h, dimension); }
};

/// s = N - |zeta - sigma|_1, in [-N, N]. Equals the dot product on bipolar vectors.
struct ManhattanOverlap {
    static constexpr std::string_view name = "manhattan_overlap";
    static constexpr std::string_view help = "N - |zeta - sigma|_1";
    static constexpr SimilarityForm form = SimilarityForm::linear;
    static constexpr bool negated = false;
    static double value(const Arithmetic& a, int h, int dimension, double) {
        return a.subtract(a.number(dimension), a.number(dimension - h));
    }
    static double scale(int dimension, double) { return dimension; }
    static Ratio slope(std::int64_t) { return {1, 1}; }
    static int counted(int h, int dimension) { return differing_units(h, dimension); }
};

/// s = 1 / (|zeta - sigma|^2 + delta), in (0, 1/delta]. A different kernel from the dot product: it
/// falls off with the inverse distance, so near memories dominate at any vertex.
struct InverseSquaredEuclidean {
    static constexpr std::string_view name = "inverse_squared_euclidean";
    static constexpr std::string_view help = "1 / (|zeta - sigma|^2 + similarity_delta)";
    static constexpr SimilarityForm form = SimilarityForm::inverse_squared_distance;
    static constexpr bool negated = false;
    static double value(const Arithmetic& a, int h, int dimension, double delta) {
        const double squared_distance = a.number(2.0 * (dimension - h));
        return a.divide(1.0, a.add(squared_distance, a.number(delta)));
    }
    static double scale(int, double delta) { return 1.0 / delta; }
    static int counted(int h, int dimension) { return differing_units(h, dimension); }
};

/// s = -|zeta - sigma|^2, in [-4N, 0]. Its perfect match is 0, so the normalized formulation
/// divides by 2N: the exponential then sees h/N - 1.
struct NegativeSquaredEuclidean {
    static constexpr std::string_view name = "negative_squared_euclidean";
    static constexpr std::string_view help = "-|zeta - sigma|^2";
    static constexpr SimilarityForm form = SimilarityForm::linear;
    static constexpr bool negated = true;
    static double value(const Arithmetic& a, int h, int dimension, double) {
        return -a.number(2.0 * (dimension - h));
    }
    static double scale(int dimension, double) { return 2.0 * dimension; }
    static Ratio slope(std::int64_t) { return {2, 1}; }
    static int counted(int h, int dimension) { return differing_units(h, dimension); }
};

/// s = -|zeta - sigma|_1, in [-2N, 0]. Its perfect match is 0, so the normalized formulation
/// divides by N: the exponential then sees h/N - 1.
struct NegativeManhattan {
    static constexpr std::string_view name = "negative_manhattan";
    static constexpr std::string_view help = "-|zeta - sigma|_1";
    static constexpr SimilarityForm form = SimilarityForm::linear;
    static constexpr bool negated = true;
    static double value(const Arithmetic& a, int h, int dimension, double) {
        return -a.number(dimension - h);
    }
    static double scale(int dimension, double) { return dimension; }
    static Ratio slope(std::int64_t) { return {1, 1}; }
    static int counted(int h, int dimension) { return differing_units(h, dimension); }
};

using Similarities = Catalog<Dot, Cosine, EuclideanOverlap, ManhattanOverlap,
                             InverseSquaredEuclidean, NegativeSquaredEuclidean, NegativeManhattan>;

} // namespace basin
