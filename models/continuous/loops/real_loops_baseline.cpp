// x86-64-v2 has no fused multiplication: one number at a time, by the C library's.

#include "models/continuous/loops/real_loops_of.hpp"
#include "models/continuous/loops/real_weighing_of.hpp"

#include <cmath>

namespace basin {

namespace {

template <class T>
struct One {
    using Element = T;
    using Vector = T;
    static constexpr std::size_t lanes = 1;
    static constexpr std::size_t vectors = 4;
    using Heights = std::index_sequence<2, 1>;

    static T all(T x) { return x; }
    static T load(const T* at) { return *at; }
    static void store(T* at, T v) { *at = v; }
    static T add(T a, T b) { return a + b; }
    static T subtract(T a, T b) { return a - b; }
    static T multiply(T a, T b) { return a * b; }
    static T fma(T a, T b, T c) { return std::fma(a, b, c); }
    static T absolute(T a) { return std::abs(a); }
    static T least(T a, T b) { return a < b ? a : b; }
    static T greatest(T a, T b) { return a > b ? a : b; }
    static T at_least(T a, T lowest) { return a < lowest ? T(0) : a; }
    static std::uint32_t not_below(T a, T b) { return a < b ? 0U : 1U; }
    static void add_to(double* sums, T v) { *sums += static_cast<double>(v); }
    static T scaled(T p, T n, T) { return std::isnan(n) ? n : std::ldexp(p, static_cast<int>(n)); }
};

} // namespace

const RealLoopsOfPath baseline_real_loops{real_loops_on<One<float>>, real_loops_on<One<double>>};

const WeighLoopsOfPath baseline_weigh_loops{weigh_loops_on<One<float>>,
                                            weigh_loops_on<One<double>>};

} // namespace basin
