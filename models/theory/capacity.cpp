#include "models/theory/capacity.hpp"

#include <boost/math/distributions/binomial.hpp>
#include <boost/math/special_functions/erf.hpp>
#include <boost/math/special_functions/lambert_w.hpp>

#include <cmath>
#include <stdexcept>

namespace basin {
namespace {

/// (2n - 3)!! = 1 * 3 * ... * (2n - 3); 1 for n = 1, 2.
double double_factorial(std::uint32_t vertex) {
    double product = 1.0;
    for (std::uint32_t k = 2; k < vertex; ++k)
        product *= 2.0 * k - 1.0;
    return product;
}

} // namespace

UnitNoise asymptotic_unit_noise(std::uint32_t dimension, std::uint32_t vertex) {
    const double n = vertex;
    const double power = std::pow(dimension, n - 1.0);
    return {.gap = 2.0 * n * power, .variance = 4.0 * n * n * double_factorial(vertex) * power};
}

UnitNoise exact_unit_noise(std::uint32_t dimension, Choice<Interactions> interaction,
                           const InteractionParameters& parameters) {
    const auto contrast = [&](double upper) {
        constexpr Arithmetic in_double{Float64::format};
        return interaction.visit([&](auto f) {
            return f.value(in_double, upper, parameters) -
                   f.value(in_double, upper - 2.0, parameters);
        });
    };
    const std::uint32_t others = dimension - 1;
    const boost::math::binomial_distribution<double> plus_signs(others, 0.5);
    UnitNoise noise{.gap = contrast(dimension), .variance = 0.0};
    for (std::uint32_t plus = 0; plus <= others; ++plus) {
        const double sum = 2.0 * plus - others;
        const double term = contrast(sum + 1.0);
        noise.variance += boost::math::pdf(plus_signs, plus) * term * term;
    }
    return noise;
}

double unit_error_probability(const UnitNoise& noise, double foreign_memories) {
    return 0.5 * std::erfc(noise.gap / std::sqrt(2.0 * noise.variance * foreign_memories));
}

double foreign_memories_at(const UnitNoise& noise, double probability) {
    const double z = std::sqrt(2.0) * boost::math::erfc_inv(2.0 * probability);
    return noise.gap * noise.gap / (z * z * noise.variance);
}

double errorless_capacity_asymptotic(std::uint32_t dimension, std::uint32_t vertex) {
    const double n = dimension;
    return std::pow(n, vertex - 1.0) / (2.0 * double_factorial(vertex) * std::log(n));
}

double errorless_capacity(std::uint32_t dimension, Choice<Interactions> interaction,
                          const InteractionParameters& parameters) {
    return 1.0 + foreign_memories_at(exact_unit_noise(dimension, interaction, parameters),
                                     1.0 / dimension);
}

double softmax_capacity_base(const SoftmaxSphere& sphere) {
    const double k2 = sphere.sphere_scale * sphere.sphere_scale;
    const double free_dimensions = sphere.dimension - 1.0;
    const double a = 2.0 / free_dimensions *
                     (1.0 + std::log(2.0 * sphere.beta * k2 * sphere.failure * free_dimensions));
    const double b = 2.0 * k2 * sphere.beta / 5.0;
    return b / boost::math::lambert_w0(std::exp(a + std::log(b)));
}

double softmax_capacity(const SoftmaxSphere& sphere) {
    return std::sqrt(sphere.failure) *
           std::pow(softmax_capacity_base(sphere), (sphere.dimension - 1.0) / 4.0);
}

SoftmaxThreshold softmax_threshold(double pattern_count) {
    if (!(pattern_count >= 3.0))
        throw std::invalid_argument("fewer than 3 patterns have no saddle-node");
    const double count = pattern_count;
    const auto beta_at = [&](double m) { return (count - 1.0) / (count * m * (1.0 - m)); };
    // The logarithm of the fixed point's equation, with the tangency put in. The other root of it,
    // 1 / N, is the mean of all patterns.
    const auto excess = [&](double m) {
        return std::log(m / (1.0 - m)) + std::log(count - 1.0) -
               beta_at(m) * (m * count - 1.0) / (count - 1.0);
    };
    double low = 0.5;
    double high = 1.0 - 1e-12;
    for (int i = 0; i < 100; ++i) {
        const double middle = 0.5 * (low + high);
        (excess(middle) > 0.0 ? low : high) = middle;
    }
    return {.beta = beta_at(low), .weight = low};
}

double softmax_critical_beta(double pattern_count) {
    return softmax_threshold(pattern_count).beta;
}

double softmax_orthonormal_capacity(double beta, double distance) {
    // K - 1 foreign patterns share 1 - m evenly.
    double foreign = 1.0;
    for (int i = 0; i < 100; ++i) {
        const double rest = distance / std::sqrt(1.0 + 1.0 / foreign);
        const double weight = 1.0 - rest;
        const double next = rest / weight * std::exp(beta * (weight - rest / foreign));
        if (!std::isfinite(next) || next < 1e-9) return 1.0 + std::max(next, 0.0);
        if (std::abs(next - foreign) <= 1e-12 * foreign) break;
        foreign = std::sqrt(next * foreign);
    }
    return 1.0 + foreign;
}

} // namespace basin
