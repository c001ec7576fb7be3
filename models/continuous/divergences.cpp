#include "models/continuous/divergences.hpp"

#include "models/draws/normal.hpp"

#include <limits>
#include <vector>

namespace basin {

namespace {

constexpr double guard = 1e-4;

/// NaN for a negative sum, inf at infinity: what a state that left the numbers gives.
double guarded_logarithm(double a) {
    const double x = a + guard;
    if (x > 0 && x <= std::numeric_limits<double>::max()) return natural_logarithm(x);
    if (x == 0) return -std::numeric_limits<double>::infinity();
    return x > 0 ? x : std::numeric_limits<double>::quiet_NaN();
}

/// a ln a, 0 at 0.
double plogp(double a) {
    if (a == 0) return 0.0;
    if (!(a > 0) || a > std::numeric_limits<double>::max())
        return std::numeric_limits<double>::quiet_NaN();
    return a * natural_logarithm(a);
}

} // namespace

template <class T>
void add_divergences(const RealTile<T>& tile, T* reverse) {
    std::vector<T> state_logs(tile.terms * tile.queries);
    for (std::size_t k = 0; k < tile.terms; ++k)
        for (std::size_t q = 0; q < tile.queries; ++q)
            state_logs[k * tile.queries + q] =
                static_cast<T>(guarded_logarithm(tile.b[k * tile.b_stride + q]));
    for (std::size_t m = 0; m < tile.rows; ++m)
        for (std::size_t k = 0; k < tile.terms; ++k) {
            const T z = tile.a[k * tile.term_stride + m * tile.row_stride];
            const T log = static_cast<T>(guarded_logarithm(z));
            const T* x = tile.b + k * tile.b_stride;
            const T* logs = state_logs.data() + k * tile.queries;
            T* sum = tile.c + m * tile.c_stride;
            T* back = reverse + m * tile.c_stride;
            for (std::size_t q = 0; q < tile.queries; ++q) {
                const T difference = log - logs[q];
                sum[q] += z * difference;
                back[q] -= x[q] * difference;
            }
        }
}

template <class T>
void add_jensen_shannon(const RealTile<T>& tile) {
    std::vector<double> own(tile.terms * tile.queries);
    for (std::size_t k = 0; k < tile.terms; ++k)
        for (std::size_t q = 0; q < tile.queries; ++q)
            own[k * tile.queries + q] = plogp(tile.b[k * tile.b_stride + q]);
    for (std::size_t m = 0; m < tile.rows; ++m)
        for (std::size_t k = 0; k < tile.terms; ++k) {
            const double z = tile.a[k * tile.term_stride + m * tile.row_stride];
            const double z_own = plogp(z);
            for (std::size_t q = 0; q < tile.queries; ++q) {
                const double middle = plogp((z + tile.b[k * tile.b_stride + q]) / 2);
                tile.c[m * tile.c_stride + q] +=
                    static_cast<T>((z_own + own[k * tile.queries + q]) / 2 - middle);
            }
        }
}

template void add_divergences<float>(const RealTile<float>&, float*);
template void add_divergences<double>(const RealTile<double>&, double*);
template void add_jensen_shannon<float>(const RealTile<float>&);
template void add_jensen_shannon<double>(const RealTile<double>&);

} // namespace basin
