#pragma once
// What theory expects of random memories: curves to lay over what was measured.

#include "models/scene/setting.hpp"

#include <cstdint>

namespace basin {

/// Gaussian picture of one unit of a stored memory among other random ones (Krotov & Hopfield 2016,
/// section 2): the memory's own term, and the variance that each foreign memory adds to the
/// contrastive difference.
struct UnitNoise {
    double gap;      ///< mean of d in favour of the memory
    double variance; ///< of one foreign term
};

/// Leading order in N, F(x) = x^n: gap 2 n N^(n-1), variance 4 n^2 (2n - 3)!! N^(n-1).
/// dimension >= 1, vertex >= 1 with (-1)!! = 1.
UnitNoise asymptotic_unit_noise(std::uint32_t dimension, std::uint32_t vertex);

/// Exact at this N, for any interaction and the dot product: gap F(N) - F(N-2), variance the mean
/// of [F(S+1) - F(S-1)]^2 over the sum S of N-1 fair signs. Evaluated in double, so F(N)^2 has to
/// be finite there (n ln N < 354): infinite or NaN beyond. dimension >= 1.
UnitNoise exact_unit_noise(std::uint32_t dimension, Choice<Interactions> interaction,
                           const InteractionParameters& parameters);

/// Probability that the unit leaves its memory: erfc(gap / sqrt(2 variance foreign)) / 2.
/// foreign_memories > 0; K - 1 in an exact count, K in the asymptotic formulas.
double unit_error_probability(const UnitNoise& noise, double foreign_memories);

/// Number of foreign memories at which the unit error reaches `probability`, in (0, 1/2): the
/// inverse of unit_error_probability.
double foreign_memories_at(const UnitNoise& noise, double probability);

/// Krotov & Hopfield 2016, eq. 6: memories recalled without error, for large N,
/// K = N^(n-1) / (2 (2n - 3)!! ln N). At N of a few hundred the finite-N value is 1.5 to 1.8 times
/// that. dimension >= 2.
double errorless_capacity_asymptotic(std::uint32_t dimension, std::uint32_t vertex);

/// Memories at which the unit error is 1/N, with the moments that hold at this N. dimension >= 3.
double errorless_capacity(std::uint32_t dimension, Choice<Interactions> interaction,
                          const InteractionParameters& parameters);

/// Softmax network on a sphere of radius sphere_scale sqrt(d - 1) in d dimensions (Ramsauer et al.
/// 2021, theorem 3): with probability 1 - p at least sqrt(p) c^((d-1)/4) random patterns are
/// stored, provided that c >= (2 / sqrt(p))^(4/(d-1)).
struct SoftmaxSphere {
    double beta;         ///< > 0
    double sphere_scale; ///< K of the paper, > 0
    double dimension;    ///< d > 1
    double failure;      ///< p, in (0, 1]
};

/// c = b / W0(exp(a + ln b)), a = 2/(d-1) (1 + ln(2 beta K^2 p (d-1))), b = 2 K^2 beta / 5.
double softmax_capacity_base(const SoftmaxSphere& sphere);

/// sqrt(p) c^((d-1)/4).
double softmax_capacity(const SoftmaxSphere& sphere);

/// Where a softmax network over orthonormal patterns, started at one of them, begins to hold on to
/// it: a saddle-node, the tangency beta m (1 - m) N / (N - 1) = 1 at the fixed point
/// m = 1 / (1 + (N - 1) exp(-beta (m - (1 - m) / (N - 1)))).
struct SoftmaxThreshold {
    double beta;   ///< for patterns of norm M, M^2 times their beta
    double weight; ///< m, of the pattern at its birth
};

/// pattern_count >= 3; throws std::invalid_argument below.
SoftmaxThreshold softmax_threshold(double pattern_count);

/// Its beta alone: 4.56 for 10 patterns, 7.46 for 100, 10.1 for 1000.
double softmax_critical_beta(double pattern_count);

/// Number of orthonormal patterns up to which a softmax network that starts at one of them stays
/// within `distance` of it, in (0, 1): the same fixed point, at which 1 - m is
/// distance / sqrt(1 + 1 / (K - 1)), solved for K. beta > 0; at least 1.
double softmax_orthonormal_capacity(double beta, double distance);

} // namespace basin
