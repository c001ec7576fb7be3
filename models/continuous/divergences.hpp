#pragma once
// Divergences of distributions, as loops over a tile (real_loops.hpp) without a fast path: a
// logarithm a unit outweighs the rest.

#include "models/continuous/loops/real_loops.hpp"

namespace basin {

/// C(m, q) += A (L(A) - L(B)) and reverse[m * c_stride + q] += B (L(B) - L(A)) for one k after the
/// other, L(a) = ln(a + 1e-4), the published guard against ln 0 (Millidge et al. 2022, code).
template <class T>
void add_divergences(const RealTile<T>& tile, T* reverse);

/// C(m, q) += (A ln(A / M) + B ln(B / M)) / 2, M = (A + B) / 2, 0 ln 0 = 0 (Lin 1991).
template <class T>
void add_jensen_shannon(const RealTile<T>& tile);

} // namespace basin
