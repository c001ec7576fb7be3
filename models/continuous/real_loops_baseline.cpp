#include "models/continuous/real_loops.hpp"

#include <cmath>

namespace basin {

namespace {

/// C(m, q) = step(A(k, m), B(k, q), C(m, q)).
template <class T, class Step>
void each_term(const RealTile<T>& tile, Step step) {
    for (std::size_t m = 0; m < tile.rows; ++m)
        for (std::size_t k = 0; k < tile.terms; ++k) {
            const T a = tile.a[k * tile.term_stride + m * tile.row_stride];
            for (std::size_t q = 0; q < tile.queries; ++q) {
                T& c = tile.c[m * tile.c_stride + q];
                c = step(a, tile.b[k * tile.b_stride + q], c);
            }
        }
}

template <class T>
void products(const RealTile<T>& tile) {
    each_term(tile, [](T a, T b, T c) { return std::fma(a, b, c); });
}

template <class T>
void squared_distances(const RealTile<T>& tile) {
    each_term(tile, [](T a, T b, T c) { return std::fma(a - b, a - b, c); });
}

template <class T>
void manhattan_distances(const RealTile<T>& tile) {
    each_term(tile, [](T a, T b, T c) { return c + std::abs(a - b); });
}

template <class T>
void exponentials(T* x, std::size_t count) {
    for (std::size_t j = 0; j < count; ++j)
        x[j] = std::exp(x[j]);
}

template <class T>
constexpr RealLoops<T> all{products<T>, squared_distances<T>, manhattan_distances<T>,
                           exponentials<T>};

} // namespace

const RealLoopsOfPath baseline_real_loops{all<float>, all<double>};
const RealLoopsOfPath avx2_real_loops = baseline_real_loops;
const RealLoopsOfPath avx512_real_loops = baseline_real_loops;

} // namespace basin
