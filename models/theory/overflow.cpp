#include "models/theory/overflow.hpp"

#include "models/arithmetic/dyadic.hpp"

#include <boost/multiprecision/cpp_int.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

namespace basin {
namespace {

using boost::multiprecision::cpp_int;

constexpr double never = std::numeric_limits<double>::infinity();

/// factor * 2^exponent.
struct Scaled {
    std::uint64_t factor;
    int exponent;
};

/// The least number that rounds to infinity: the largest finite one and half a unit in its last
/// place, which ties to the even neighbour.
Scaled infinity_edge(const Format& format) {
    const int p = format.significand_bits;
    return {(std::uint64_t{2} << p) - 1, format.max_exponent - p};
}

/// Half the smallest subnormal: the largest number that rounds to 0.
Scaled zero_edge(const Format& format) {
    return {1, 1 - format.max_exponent - format.significand_bits};
}

/// The least number that rounds to the smallest normal one.
Scaled normal_edge(const Format& format) {
    const int p = format.significand_bits;
    return {(std::uint64_t{1} << p) - 1, 1 - format.max_exponent - p};
}

/// Sign of a 2^i - b 2^j.
int compare(const cpp_int& a, long i, const cpp_int& b, long j) {
    if (i >= j) return cpp_int(a << static_cast<unsigned long>(i - j)).compare(b);
    return a.compare(cpp_int(b << static_cast<unsigned long>(j - i)));
}

double log2_of(const Scaled& edge) {
    return std::log2(static_cast<double>(edge.factor)) + edge.exponent;
}

/// Sign of x^n - edge. x > 0.
int compare_power(double x, std::uint32_t n, const Scaled& edge) {
    // Both logarithms are good to 1e-12 where they matter, near the edge: only a closer call needs
    // the integers, which are large.
    const double gap = n * std::log2(x) - log2_of(edge);
    if (std::abs(gap) > 1e-9) return gap > 0 ? 1 : -1;
    const Dyadic base = dyadic(x);
    return compare(pow(cpp_int(base.integer), n), base.exponent * static_cast<long>(n),
                   cpp_int(edge.factor), edge.exponent);
}

/// The least n >= 1 for which holds(n), given that it holds from some n on which is near
/// `estimate`.
template <class Holds>
Vertex least_vertex(double estimate, Holds&& holds) {
    if (!(estimate < largest_vertex_examined)) return std::nullopt;
    auto n = static_cast<std::uint32_t>(std::max(1.0, std::floor(estimate) - 1.0));
    while (n > 1 && holds(n - 1))
        --n;
    while (!holds(n))
        ++n;
    return n;
}

Vertex from_infinity_edge(const Format& format, double x) {
    return least_vertex(overflow_vertex(format, x), [&](std::uint32_t n) {
        return compare_power(x, n, infinity_edge(format)) >= 0;
    });
}

} // namespace

double overflow_vertex(const Format& format, double x, double memories) {
    if (!(x > 1.0)) return never;
    return (std::log(largest_finite(format)) - std::log(memories)) / std::log(x);
}

double underflow_vertex(const Format& format, double x) {
    if (x >= 1.0) return never;
    return log2_of(zero_edge(format)) / std::log2(x);
}

double subnormal_vertex(const Format& format, double x) {
    if (x >= 1.0) return never;
    return std::log(smallest_normal(format)) / std::log(x);
}

Vertex first_infinite_power(const Format& format, double x) {
    if (std::isinf(x)) return 1;
    if (!(x > 1.0)) return std::nullopt;
    return from_infinity_edge(format, x);
}

Vertex first_zero_power(const Format& format, double x) {
    if (x == 0.0) return 1;
    return least_vertex(underflow_vertex(format, x), [&](std::uint32_t n) {
        return compare_power(x, n, zero_edge(format)) <= 0;
    });
}

Vertex first_zero_beta(const Format& format, double temperature) {
    const Scaled edge = zero_edge(format);
    return least_vertex(underflow_vertex(format, 1.0 / temperature), [&](std::uint32_t n) {
        return compare_power(temperature, n, {edge.factor, -edge.exponent}) >= 0;
    });
}

Vertex first_subnormal_beta(const Format& format, double temperature) {
    // T^-n < edge: T^n > 1 / edge, which is no dyadic number.
    const Scaled edge = normal_edge(format);
    const Dyadic base = dyadic(temperature);
    return least_vertex(subnormal_vertex(format, 1.0 / temperature), [&](std::uint32_t n) {
        return compare(pow(cpp_int(base.integer), n) * edge.factor,
                       base.exponent * static_cast<long>(n) + edge.exponent, 1, 0) > 0;
    });
}

double largest_safe_beta(const Format& format, std::uint32_t vertex, double overlap) {
    return std::exp(std::log(largest_finite(format)) / vertex) / overlap;
}

double Arguments::at(int overlap) const {
    const Arithmetic a{format};
    const double similarity = a.number(overlap);
    return gain ? a.multiply(*gain, similarity) : similarity;
}

Arguments original_arguments(const Format& format) {
    return {format, std::nullopt};
}

Arguments normalized_arguments(const Format& format, double beta, double scale) {
    const Arithmetic a{format};
    return {format, a.divide(a.number(beta), a.number(scale))};
}

StateFrontiers state_frontiers(const Arguments& arguments, std::uint32_t dimension,
                               std::uint32_t flips) {
    const int h = static_cast<int>(dimension) - 2 * static_cast<int>(flips);
    const auto infinite = [&](int overlap) {
        return first_infinite_power(arguments.format, arguments.at(overlap));
    };
    const double largest = std::max(0.0, arguments.at(flips == 0 ? h : h + 2));
    return {.overflow = infinite(h),
            .nan_aligned = infinite(h - 2),
            .nan_opposed = infinite(h),
            .all_zero = first_zero_power(arguments.format, largest)};
}

Vertex first_scaled_overflow(const Format& format, double beta, std::uint32_t dimension) {
    const Dyadic factor = dyadic(round_to(format, beta));
    if (factor.integer == 0) return std::nullopt;
    const Scaled edge = infinity_edge(format);
    cpp_int on = 1;
    cpp_int off = 1;
    for (std::uint32_t n = 1;; ++n) {
        on *= dimension;
        off *= dimension - 2;
        const cpp_int product = factor.integer * (on - off);
        if (compare(product, factor.exponent, edge.factor, edge.exponent) >= 0) return n;
    }
}

} // namespace basin
