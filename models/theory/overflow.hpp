#pragma once
// At which interaction vertex n the powers of F(x) = x^n leave a number format: closed forms, to
// lay over what was measured. They hold for the power rounded once; each_product
// (models/arithmetic/precisions.hpp) may differ where a power comes within n 2^-p of the edge.
// Other memories' terms are left out: beside the memory that a state is near to they vanish.
//
// Real-valued vertices are those of the papers. The integers are decided exactly, against the
// number from which on the format rounds to infinity or to 0.

#include "models/arithmetic/precisions.hpp"

#include <cstdint>
#include <optional>

namespace basin {

/// Vertices beyond this one are not looked for.
inline constexpr std::uint32_t largest_vertex_examined = 1'000'000;

/// A vertex, or nothing if none up to largest_vertex_examined will do.
using Vertex = std::optional<std::uint32_t>;

/// n at which `memories` terms x^n together reach the largest finite number:
/// log(largest / memories) / log(x). Krotov & Hopfield 2016, eq. 2, original formulation: x = N, or
/// m N at overlap m; normalized (McAlister et al. 2024): x = beta m. Infinite for x <= 1.
double overflow_vertex(const Format& format, double x, double memories = 1.0);

/// n at which x^n comes down to half the smallest subnormal, below which it rounds to 0:
/// log(smallest subnormal / 2) / log(x). x = beta m, or 1 / T for the beta = T^-n of Krotov &
/// Hopfield 2016, appendix A. Infinite for x >= 1; x > 0.
double underflow_vertex(const Format& format, double x);

/// n at which x^n comes down to the smallest normal number. As underflow_vertex.
double subnormal_vertex(const Format& format, double x);

/// Least n with x^n infinite in the format. x is a number of the format; nothing for x <= 1.
Vertex first_infinite_power(const Format& format, double x);

/// Least n with x^n = 0 in the format. x >= 0; nothing for x >= 1. x is a number of the format, or
/// any: a paired beta is (beta / N)^n, rounded to the format at the end.
Vertex first_zero_power(const Format& format, double x);

/// Least n at which beta = T^-n is 0, and below the smallest normal number. temperature > 1.
Vertex first_zero_beta(const Format& format, double temperature);
Vertex first_subnormal_beta(const Format& format, double temperature);

/// Largest beta whose power (beta overlap)^n stays finite, normalized formulation:
/// largest^(1/n) / overlap. overlap m in (0, 1], vertex >= 1.
double largest_safe_beta(const Format& format, std::uint32_t vertex, double overlap = 1.0);

/// What F sees of overlap h under the dot product: fl(h), or fl(gain fl(h)) where there is a gain
/// (models/bipolar/decision_table.hpp).
struct Arguments {
    Format format{};
    std::optional<double> gain; ///< fl(fl(beta) / fl(scale)) of the normalized formulation

    double at(int overlap) const;
};

Arguments original_arguments(const Format& format);
Arguments normalized_arguments(const Format& format, double beta, double scale);

/// First vertices at which something happens to the units of a state of overlap h with its memory.
/// Contrastive rule, sum_of_differences: a unit that is as in the memory compares F(h) with F(h-2),
/// one that is not F(h+2) with F(h).
struct StateFrontiers {
    Vertex overflow;    ///< some F is infinite in units as in the memory: F(h)
    Vertex nan_aligned; ///< ... both F are, and infinity less infinity decides nothing: F(h-2)
    Vertex nan_opposed; ///< ... and in units that are not: F(h)
    /// Every F is 0: F(h+2), or F(h) in the memory itself. Their differences may be 0 a vertex or
    /// two earlier, where both round to the same subnormal number.
    Vertex all_zero;
};

/// Of a state with `flips` units other than in its memory, h = N - 2 flips. flips <= dimension.
StateFrontiers state_frontiers(const Arguments& arguments, std::uint32_t dimension,
                               std::uint32_t flips);

/// Least n at which beta (N^n - (N-2)^n) is infinite: the memory's own decision in the original
/// formulation, whose powers may still be finite. beta > 0, fl(beta) finite; dimension >= 2.
Vertex first_scaled_overflow(const Format& format, double beta, std::uint32_t dimension);

} // namespace basin
