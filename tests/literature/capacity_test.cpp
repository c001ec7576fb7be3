// Capacity formulas against the numbers printed in the literature and computed for the project
// (tables A, B and C: K without errors asymptotically, K at 0.5 % unit errors, K at 1/N unit errors
// with the moments of finite N).
#include "models/theory/capacity.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <cstddef>
#include <stdexcept>

namespace basin {
namespace {

constexpr std::array<std::uint32_t, 6> vertices{2, 3, 4, 5, 10, 20};

struct CapacityRow {
    std::uint32_t dimension;
    std::array<double, vertices.size()> capacity;
};

InteractionParameters of_vertex(std::uint32_t vertex) {
    InteractionParameters parameters;
    parameters.vertex = vertex;
    return parameters;
}

/// Tables are printed to `digits` digits: off by less than 0.51 units of the last one.
void expect_printed(double value, double printed, int digits) {
    const double last = std::pow(10.0, std::floor(std::log10(printed)) - (digits - 1));
    EXPECT_NEAR(value, printed, 0.51 * last);
}

TEST(KrotovHopfield2016, CapacityWithoutErrors) {
    constexpr std::array<CapacityRow, 4> table{{
        {50, {6.391, 106.5, 1065, 7608, 7.244e6, 2.973e9}},
        {100, {10.86, 361.9, 7238, 1.034e5, 3.151e9, 1.324e15}},
        {200, {18.87, 1258, 50330, 1.438e6, 1.402e12, 6.033e20}},
        {400, {33.38, 4451, 3.561e5, 2.035e7, 6.348e14, 2.797e26}},
    }};
    for (const CapacityRow& row : table)
        for (std::size_t i = 0; i < vertices.size(); ++i) {
            SCOPED_TRACE(testing::Message() << "N " << row.dimension << ", n " << vertices[i]);
            expect_printed(errorless_capacity_asymptotic(row.dimension, vertices[i]),
                           row.capacity[i], 4);
        }
}

TEST(KrotovHopfield2016, CapacitiesAsPrintedInThePaper) {
    // Section 2, N = 100: "K_max = 11, 360, 7240".
    EXPECT_NEAR(errorless_capacity_asymptotic(100, 2), 11, 0.5);
    EXPECT_NEAR(errorless_capacity_asymptotic(100, 3), 360, 5);
    EXPECT_NEAR(errorless_capacity_asymptotic(100, 4), 7240, 5);
}

TEST(KrotovHopfield2016, CapacityAtHalfAPercentOfErrors) {
    constexpr std::array<CapacityRow, 4> table{{
        {50, {7.54, 125.6, 1256, 8971, 8.543e6, 3.505e9}},
        {100, {15.07, 502.4, 10048, 1.435e5, 4.374e9, 1.838e15}},
        {200, {30.14, 2010, 80383, 2.297e6, 2.239e12, 9.636e20}},
        {400, {60.29, 8038, 6.431e5, 3.675e7, 1.147e15, 5.052e26}},
    }};
    for (const CapacityRow& row : table)
        for (std::size_t i = 0; i < vertices.size(); ++i) {
            SCOPED_TRACE(testing::Message() << "N " << row.dimension << ", n " << vertices[i]);
            const UnitNoise noise = asymptotic_unit_noise(row.dimension, vertices[i]);
            const int digits = row.dimension == 50 && vertices[i] == 2 ? 3 : 4;
            expect_printed(foreign_memories_at(noise, 0.005), row.capacity[i], digits);
        }
}

TEST(KrotovHopfield2016, CapacityAtFiniteSize) {
    struct Finite {
        std::uint32_t dimension;
        std::uint32_t vertex;
        double polynomial;
        double rectified;
    };
    constexpr std::array<Finite, 24> table{{
        {50, 2, 12.6, 24.2},        {50, 3, 192.5, 384},         {50, 4, 1924, 3847},
        {50, 5, 13992, 27983},      {50, 10, 1.81e7, 3.62e7},    {50, 20, 4.21e10, 8.41e10},
        {100, 2, 19.3, 37.6},       {100, 3, 607, 1214},         {100, 4, 12151, 24302},
        {100, 5, 1.751e5, 3.502e5}, {100, 10, 6.18e9, 1.24e10},  {100, 20, 5.93e15, 1.19e16},
        {200, 2, 31.0, 61.0},       {200, 3, 1995, 3989},        {200, 4, 79828, 1.597e5},
        {200, 5, 2.29e6, 4.58e6},   {200, 10, 2.40e12, 4.80e12}, {200, 20, 1.54e21, 3.09e21},
        {400, 2, 51.6, 102.3},      {400, 3, 6743, 13486},       {400, 4, 5.396e5, 1.079e6},
        {400, 5, 3.09e7, 6.18e7},   {400, 10, 9.99e14, 2.00e15}, {400, 20, 5.37e26, 1.07e27},
    }};
    for (const Finite& row : table) {
        SCOPED_TRACE(testing::Message() << "N " << row.dimension << ", n " << row.vertex);
        const InteractionParameters parameters = of_vertex(row.vertex);
        expect_printed(
            errorless_capacity(row.dimension, Choice<Interactions>::of<Polynomial>(), parameters),
            row.polynomial, 3);
        expect_printed(errorless_capacity(row.dimension,
                                          Choice<Interactions>::of<RectifiedPolynomial>(),
                                          parameters),
                       row.rectified, 3);
    }
}

TEST(KrotovHopfield2016, UnitErrorProbability) {
    struct Point {
        std::uint32_t dimension;
        std::uint32_t vertex;
        double memories;
        double asymptotic;
        double finite;
    };
    constexpr std::array<Point, 6> table{{
        {100, 2, 15, .00491, .00392},
        {100, 3, 502, .00499, .00524},
        {100, 3, 1005, .0343, .0353},
        {100, 4, 10048, .00500, .00526},
        {50, 5, 8971, .00500, .00516},
        {200, 3, 2010, .00500, .00514},
    }};
    for (const Point& point : table) {
        SCOPED_TRACE(testing::Message() << "N " << point.dimension << ", n " << point.vertex
                                        << ", K " << point.memories);
        const UnitNoise asymptotic = asymptotic_unit_noise(point.dimension, point.vertex);
        const UnitNoise finite = exact_unit_noise(
            point.dimension, Choice<Interactions>::of<Polynomial>(), of_vertex(point.vertex));
        expect_printed(unit_error_probability(asymptotic, point.memories), point.asymptotic, 3);
        expect_printed(unit_error_probability(finite, point.memories - 1), point.finite, 3);
    }
}

TEST(KrotovHopfield2016, RectificationHalvesTheNoiseAtOddSums) {
    // N even: S is odd and F(S + 1) - F(S - 1) is one-sided.
    const InteractionParameters parameters = of_vertex(3);
    const UnitNoise full =
        exact_unit_noise(100, Choice<Interactions>::of<Polynomial>(), parameters);
    const UnitNoise half =
        exact_unit_noise(100, Choice<Interactions>::of<RectifiedPolynomial>(), parameters);

    EXPECT_EQ(full.gap, half.gap);
    EXPECT_NEAR(half.variance / full.variance, 0.5, 1e-12); // sums of 100 rounded terms
}

TEST(Ramsauer2021, ConstantsOfTheCapacityTheorem) {
    const SoftmaxSphere low{.beta = 1, .sphere_scale = 3, .dimension = 20, .failure = 0.001};
    const SoftmaxSphere high{.beta = 1, .sphere_scale = 1, .dimension = 75, .failure = 0.001};

    EXPECT_NEAR(softmax_capacity_base(low), 3.154611, 1e-6);
    EXPECT_NEAR(softmax_capacity_base(high), 1.371878, 1e-6);
    expect_printed(softmax_capacity(low), 7.41, 3);
    expect_printed(softmax_capacity(high), 10.97, 4);
}

TEST(SoftmaxOnOrthonormalPatterns, ThresholdsOfSinglePatterns) {
    struct Threshold {
        double patterns;
        double beta;
        double weight;
    };
    constexpr std::array<Threshold, 9> table{{{3, 2.745644, .58480},
                                              {5, 3.564502, .65989},
                                              {10, 4.559779, .72940},
                                              {20, 5.478778, .77677},
                                              {50, 6.625001, .81949},
                                              {100, 7.458675, .84245},
                                              {1000, 10.11074, .88884},
                                              {1e4, 12.66282, .91357},
                                              {6e4, 14.61005, .92609}}};
    for (const Threshold& row : table) {
        SCOPED_TRACE(row.patterns);
        const SoftmaxThreshold found = softmax_threshold(row.patterns);
        expect_printed(found.beta, row.beta, 7);
        EXPECT_NEAR(found.weight, row.weight, 1e-5);
        EXPECT_EQ(softmax_critical_beta(row.patterns), found.beta);
        // A fixed point, and the map's slope there is 1.
        const double n = row.patterns;
        const double m = found.weight;
        EXPECT_NEAR(m, 1 / (1 + (n - 1) * std::exp(-found.beta * (m - (1 - m) / (n - 1)))), 1e-9);
        EXPECT_NEAR(found.beta * m * (1 - m) * n / (n - 1), 1, 1e-9);
    }
    EXPECT_THROW(softmax_threshold(2), std::invalid_argument);
}

/// Distance from a pattern at which the softmax update ends that starts at it, among so many
/// orthonormal ones: iterated, not solved.
double distance_at_end(double beta, double pattern_count) {
    double weight = 1.0;
    for (int i = 0; i < 100000; ++i) {
        const double other = (1.0 - weight) / (pattern_count - 1.0);
        const double next =
            1.0 / (1.0 + (pattern_count - 1.0) * std::exp(-beta * (weight - other)));
        if (next == weight) break;
        weight = next;
    }
    const double rest = 1.0 - weight;
    return std::sqrt(rest * rest * (1.0 + 1.0 / (pattern_count - 1.0)));
}

TEST(SoftmaxOnOrthonormalPatterns, CapacityIsWhereTheIterationLeavesItsPattern) {
    for (const double beta : {5.0, 7.0, 8.0, 9.0, 12.0})
        for (const double distance : {0.01, 0.05}) {
            const double count = softmax_orthonormal_capacity(beta, distance);
            EXPECT_LT(distance_at_end(beta, count * 0.9999), distance) << beta;
            EXPECT_GT(distance_at_end(beta, count * 1.0001), distance) << beta;
        }
    EXPECT_NEAR(softmax_orthonormal_capacity(1e-9, 0.01), 1.0, 0.02);
}

} // namespace
} // namespace basin
