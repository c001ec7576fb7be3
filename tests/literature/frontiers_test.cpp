// Where powers leave the number formats, against published numbers and against the arithmetic.
// Table 4.2 and the numbers of 4.3 and 4.4 are those of the project's science notes, printed digits
// and all: a tolerance of half a unit in the last printed digit.
#include "models/theory/overflow.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

namespace basin {
namespace {

constexpr Format float16 = Float16::format;
constexpr Format bfloat16 = BFloat16::format;
constexpr Format float32 = Float32::format;
constexpr Format float64 = Float64::format;

/// A real n* to the digits printed, and the first failing integer.
struct Printed {
    double vertex;
    double half_unit;
    std::uint32_t first;
};

struct TableRow {
    int dimension;
    Printed half;
    Printed single;
    Printed twice;
    double single_with_2000_memories;
};

const std::vector<TableRow> table{
    {50, {2.83, .005, 3}, {22.68, .005, 23}, {181.4, .05, 182}, 20.74},
    {100, {2.41, .005, 3}, {19.27, .005, 20}, {154.1, .05, 155}, 17.62},
    {200, {2.09, .005, 3}, {16.75, .005, 17}, {133.96, .005, 134}, 15.31},
    {400, {1.85, .005, 2}, {14.81, .005, 15}, {118.5, .05, 119}, 13.54},
    {784, {1.66, .005, 2}, {13.31, .005, 14}, {106.5, .05, 107}, 12.17},
    {794, {1.66, .005, 2}, {13.29, .005, 14}, {106.3, .05, 107}, 12.15},
    {3072, {1.38, .005, 2}, {11.05, .005, 12}, {88.4, .05, 89}, 10.10},
    {10000, {1.20, .005, 2}, {9.63, .005, 10}, {77.06, .005, 78}, 8.81},
};

void expect_printed(const Printed& printed, const Format& format, int dimension) {
    EXPECT_NEAR(overflow_vertex(format, dimension), printed.vertex, printed.half_unit) << dimension;
    const Arguments arguments = original_arguments(format);
    EXPECT_EQ(first_infinite_power(format, arguments.at(dimension)), printed.first) << dimension;
}

TEST(Frontiers, OverflowOfOneMemoryIsTable42) {
    for (const TableRow& row : table) {
        expect_printed(row.half, float16, row.dimension);
        expect_printed(row.single, float32, row.dimension);
        expect_printed(row.twice, float64, row.dimension);
    }
}

TEST(Frontiers, BfloatReachesAsFarAsSingle) {
    // Its largest number is 0.4 % below float32's, which the table leaves out: 0.001 in n*.
    for (const TableRow& row : table)
        expect_printed({row.single.vertex, .0061, row.single.first}, bfloat16, row.dimension);
}

TEST(Frontiers, ManyMemoriesOverflowEarlier) {
    for (const TableRow& row : table)
        EXPECT_NEAR(overflow_vertex(float32, row.dimension, 2000), row.single_with_2000_memories,
                    .005)
            << row.dimension;
}

TEST(Frontiers, TheSeedDocumentsOwnTableHolds) {
    // Its exponent for n = 10 is printed as 18.89 and its float64 maximum as 1.8e304: both are
    // slips (E1 and E2 of the science notes). N^n at N = 100:
    constexpr Arithmetic in_double{float64};
    EXPECT_EQ(in_double.power(100, 2), 1e4);
    EXPECT_EQ(in_double.power(100, 5), 1e10);
    EXPECT_EQ(in_double.power(100, 10), 1e20);
    EXPECT_DOUBLE_EQ(in_double.power(100, 20), 1e40);
    EXPECT_NEAR(largest_finite(float64) / 1e308, 1.797693, 5e-7);
    EXPECT_GT(1e40, largest_finite(float32)) << "the document's case: n = 20 in single precision";
    EXPECT_EQ(first_infinite_power(float32, 100), 20u);
}

TEST(Frontiers, TheEdgeIsExact) {
    EXPECT_EQ(first_infinite_power(float64, 2), 1024u);
    EXPECT_EQ(first_infinite_power(float32, 2), 128u);
    EXPECT_EQ(first_infinite_power(float16, 256), 2u) << "65536 is beyond 65504 and its half unit";
    EXPECT_EQ(first_infinite_power(float16, 65504), 2u);
    EXPECT_EQ(first_infinite_power(float16, std::numeric_limits<double>::infinity()), 1u);
    EXPECT_EQ(first_infinite_power(float32, 1), std::nullopt);
    EXPECT_EQ(first_infinite_power(float32, -3), std::nullopt);
    EXPECT_EQ(first_zero_power(float32, 0.5), 150u) << "2^-150 ties with 0, which is even";
    EXPECT_EQ(first_zero_power(float64, 0.5), 1075u);
    EXPECT_EQ(first_zero_power(float16, 0.5), 25u);
    EXPECT_EQ(first_zero_power(float32, 0), 1u);
    EXPECT_EQ(first_zero_power(float32, 1), std::nullopt);
}

TEST(Frontiers, PowersRoundedOnceTurnWhereTheyAreSaidTo) {
    for (const Format& format : {float16, bfloat16, float32, float64}) {
        const Arithmetic once{format, Choice<PowerRoundings>::of<RoundedOnce>()};
        for (int h = 2; h <= 200; ++h) {
            const std::uint32_t n = first_infinite_power(format, h).value();
            EXPECT_TRUE(std::isinf(once.power(h, n))) << h;
            EXPECT_TRUE(std::isfinite(once.power(h, n - 1))) << h;
        }
        for (int percent = 10; percent < 100; percent += 4) {
            const double x = round_to(format, percent / 100.0);
            const std::uint32_t n = first_zero_power(format, x).value();
            EXPECT_EQ(once.power(x, n), 0.0) << x;
            EXPECT_GT(once.power(x, n - 1), 0.0) << x;
        }
    }
}

TEST(Frontiers, FirstNanByFlippedUnits) {
    // N = 100, cues with 0, 5, 10, 20 flipped units.
    const std::vector<std::uint32_t> flips{0, 5, 10, 20};
    const auto nan_aligned = [&](const Format& format) {
        std::vector<std::uint32_t> first;
        for (const std::uint32_t flipped : flips)
            first.push_back(
                state_frontiers(original_arguments(format), 100, flipped).nan_aligned.value());
        return first;
    };

    EXPECT_EQ(nan_aligned(float32), (std::vector<std::uint32_t>{20, 20, 21, 22}));
    EXPECT_EQ(nan_aligned(bfloat16), (std::vector<std::uint32_t>{20, 20, 21, 22}));
    EXPECT_EQ(nan_aligned(float64), (std::vector<std::uint32_t>{155, 159, 163, 175}));
    EXPECT_EQ(nan_aligned(float16), (std::vector<std::uint32_t>{3, 3, 3, 3}));
    const auto nan_opposed = [&](std::uint32_t flipped) {
        return state_frontiers(original_arguments(float64), 100, flipped).nan_opposed.value();
    };
    EXPECT_EQ(nan_opposed(5), 158u);
    EXPECT_EQ(nan_opposed(10), 162u);
    EXPECT_EQ(nan_opposed(20), 174u);
}

TEST(Frontiers, FlushToZeroOfTheOutsideBeta) {
    struct Row {
        double temperature, zero32, subnormal32, zero64, subnormal64, digit32, digit64;
    };
    // n at which T^-n becomes 0 and subnormal, float32 and float64; half units as printed.
    for (const Row& row : std::vector<Row>{{30, 30.6, 25.7, 219, 208, .05, .5},
                                           {100, 22.6, 19.0, 161.8, 153.8, .05, .05},
                                           {250, 18.8, 15.8, 135, 128, .05, .5},
                                           {400, 17.4, 14.6, 124, 118, .05, .5},
                                           {540, 16.5, 13.9, 118, 112.6, .05, .55},
                                           {700, 15.9, 13.3, 113.7, 108.1, .05, .05}}) {
        const double beta = 1 / row.temperature;
        EXPECT_NEAR(underflow_vertex(float32, beta), row.zero32, row.digit32) << row.temperature;
        EXPECT_NEAR(subnormal_vertex(float32, beta), row.subnormal32, row.digit32);
        EXPECT_NEAR(underflow_vertex(float64, beta), row.zero64, row.digit64);
        EXPECT_NEAR(subnormal_vertex(float64, beta), row.subnormal64, row.digit64);
        EXPECT_EQ(first_zero_beta(float32, row.temperature), std::ceil(row.zero32));
        EXPECT_EQ(first_subnormal_beta(float32, row.temperature), std::ceil(row.subnormal32));
    }
    EXPECT_LE(first_zero_beta(float32, 400), 20u) << "n = 20 with T = 400 ... 700 needs float64";
    EXPECT_EQ(first_zero_beta(float32, 2), 150u);
    EXPECT_EQ(first_subnormal_beta(float32, 2), 127u) << "2^-126 is normal";
}

TEST(Frontiers, LargestSafeBetaOfTheNormalizedFormulation) {
    EXPECT_EQ(std::floor(largest_safe_beta(float32, 10)), 7131) << "printed without its fraction";
    EXPECT_NEAR(largest_safe_beta(float32, 20), 84.4, .05);
    EXPECT_NEAR(largest_safe_beta(float32, 30), 19.2, .05);
    EXPECT_NEAR(largest_safe_beta(float32, 50), 5.90, .005);
    EXPECT_NEAR(largest_safe_beta(float32, 100), 2.43, .005);
    EXPECT_NEAR(largest_safe_beta(float64, 10) / 1e30, 6.7, .05);
    EXPECT_NEAR(largest_safe_beta(float64, 20) / 1e15, 2.6, .05);
    EXPECT_NEAR(largest_safe_beta(float64, 30) / 1e10, 1.9, .05);
    EXPECT_NEAR(largest_safe_beta(float64, 50) / 1e6, 1.5, .05);
    EXPECT_NEAR(largest_safe_beta(float64, 100), 1209, .5);
    EXPECT_DOUBLE_EQ(largest_safe_beta(float32, 10, 0.5), 2 * largest_safe_beta(float32, 10));
}

TEST(Frontiers, BetaUpToOneNeverOverflowsNormalized) {
    for (const Format& format : {float16, bfloat16, float32, float64}) {
        EXPECT_TRUE(std::isinf(overflow_vertex(format, 1.0)));
        const Arguments arguments = normalized_arguments(format, 0.9, 100);
        EXPECT_EQ(state_frontiers(arguments, 100, 0).overflow, std::nullopt);
    }
}

TEST(Frontiers, EveryTermVanishesNormalized) {
    struct Row {
        Format format;
        std::vector<double> vertex; // at beta m = .1, .3, .5, .8, .82
        double digit;
    };
    for (const Row& row : std::vector<Row>{{float32, {45, 86, 150, 466, 524}, .5},
                                           {float64, {324, 619, 1075, 3339, 3755}, .5},
                                           {bfloat16, {40, 77, 134, 416, 468}, .5},
                                           {float16, {7.5, 14.4, 25, 77.7, 87.3}, .05}}) {
        const std::vector<double> x{.1, .3, .5, .8, .82};
        for (std::size_t i = 0; i < x.size(); ++i)
            EXPECT_NEAR(underflow_vertex(row.format, x[i]), row.vertex[i], row.digit) << x[i];
    }
}

TEST(Frontiers, NormalizedSingleLosesItsTermsTheSoonerTheMoreUnitsAreFlipped) {
    // beta = 1, N = 100: the largest term is that of the units to be set right, ((h + 2) / N)^n.
    const Arguments arguments = normalized_arguments(float32, 1.0, 100);
    const auto all_zero = [&](std::uint32_t flips) {
        return state_frontiers(arguments, 100, flips).all_zero;
    };

    EXPECT_EQ(all_zero(0), std::nullopt) << "in the memory itself the term is 1";
    EXPECT_EQ(all_zero(5), 1247u);
    EXPECT_EQ(all_zero(10), 524u) << "alive at 400, all zero at 1000";
    EXPECT_EQ(all_zero(20), 218u);
    EXPECT_EQ(state_frontiers(original_arguments(float32), 100, 10).all_zero, std::nullopt);
}

TEST(Frontiers, ABetaOutsideMayOverflowBeforeThePowers) {
    EXPECT_EQ(first_scaled_overflow(float32, 1.0, 100), 20u);
    EXPECT_EQ(first_scaled_overflow(float32, 10.0, 100), 20u) << "10 (100^19 - 98^19) = 3.19e38";
    EXPECT_EQ(first_scaled_overflow(float32, 100.0, 100), 19u);
    EXPECT_EQ(first_scaled_overflow(float32, 1e-3, 100), 21u);
}

} // namespace
} // namespace basin
