// Values of exact models against doubles that hold them, and signs of sums made by hand.

#include "models/bipolar/exact/exact_values.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace basin {
namespace {

double value(const ExactValues& values, std::uint32_t node) {
    BigFloat out(256);
    values.value(out, node);
    return mpfr_get_d(out.get(), MPFR_RNDN);
}

ExactModel power(std::uint32_t vertex) {
    return {.form = ExactForm::power, .vertex = vertex};
}

ExactModel leaky(std::uint32_t vertex, double leak) {
    return {.form = ExactForm::leaky_power, .vertex = vertex, .leak = leak};
}

ExactModel exponential(double beta, std::int64_t denominator) {
    return {.form = ExactForm::exponential, .beta = beta, .denominator = denominator};
}

TEST(ExactValues, NodesAreTheOverlapsOfOneParity) {
    const ExactValues contrastive(power(2), 10);
    ExactModel slope = power(2);
    slope.gradient = true;
    const ExactValues gradient(slope, 10);

    EXPECT_EQ(contrastive.node_count(), 11U);
    EXPECT_EQ(contrastive.overlap(0), -10);
    EXPECT_EQ(contrastive.overlap(10), 10);
    EXPECT_EQ(gradient.node_count(), 10U); // of the other units
    EXPECT_EQ(gradient.overlap(0), -9);
    EXPECT_EQ(gradient.overlap(9), 9);
}

TEST(ExactValues, PowersAreIntegers) {
    const ExactValues cubic(power(3), 10);
    ExactModel cut = power(3);
    cut.form = ExactForm::rectified_power;
    const ExactValues rectified(cut, 10);
    for (std::uint32_t node = 0; node <= 10; ++node) {
        const double h = 2.0 * node - 10.0;
        EXPECT_EQ(value(cubic, node), h * h * h);
        EXPECT_EQ(value(rectified, node), h > 0 ? h * h * h : 0.0);
    }
}

TEST(ExactValues, SlopesDropPositiveFactorsOfHomogeneousForms) {
    ExactModel slope = power(3);
    slope.gradient = true;
    const ExactValues values(slope, 10);

    for (std::uint32_t node = 0; node < 10; ++node)
        EXPECT_EQ(value(values, node), std::pow(2.0 * node - 9.0, 2.0));
}

TEST(ExactValues, ALinearSlopeIsOneEverywhere) {
    ExactModel slope = power(1);
    slope.gradient = true;
    const ExactValues values(slope, 9); // a node has overlap 0

    for (std::uint32_t node = 0; node < 9; ++node)
        EXPECT_EQ(value(values, node), 1.0);
}

TEST(ExactValues, LeakyFormsKeepTheirGain) {
    ExactModel model = leaky(2, -0.25);
    model.beta = 3.0;
    model.denominator = 8; // x = 3 h / 8
    const ExactValues values(model, 8);
    EXPECT_EQ(value(values, 8), 9.0);
    EXPECT_EQ(value(values, 4), 0.0);
    EXPECT_EQ(value(values, 0), 0.75);

    model.gradient = true; // F' = 2 x, or the leak
    const ExactValues slopes(model, 9);
    EXPECT_EQ(value(slopes, 8), 6.0);
    EXPECT_EQ(value(slopes, 4), -0.25); // x = 0 is on the leaky side
    EXPECT_EQ(value(slopes, 0), -0.25);
}

TEST(ExactValues, ExponentialsAreRelativeToTheFirst) {
    const ExactValues values(exponential(1.0, 1), 10);

    EXPECT_EQ(value(values, 0), 1.0);
    EXPECT_DOUBLE_EQ(value(values, 3), std::exp(6.0));
}

TEST(ExactValues, SteepExponentialsAreBroughtNear) {
    const ExactValues values(exponential(1e300, 1), 3);

    EXPECT_DOUBLE_EQ(value(values, 1), std::exp(256.0));
    EXPECT_DOUBLE_EQ(value(values, 2) / value(values, 1), std::exp(256.0));
}

TEST(ExactValues, InverseDistances) {
    ExactModel model = power(2);
    model.inverse = true;
    model.delta = 0.5;
    const ExactValues values(model, 10);

    EXPECT_EQ(value(values, 10), 4.0);                   // 1 / (0 + 1/2)
    EXPECT_DOUBLE_EQ(value(values, 9), 1 / (4.5 * 4.5)); // one unit differs: 4 + 1/2
}

TEST(ExactSign, OfNothingIsZero) {
    const ExactValues values(power(2), 10);

    EXPECT_EQ(values.sign({}), 0);
    EXPECT_EQ(values.sign(std::vector<CountedNode>{{3, 0}, {7, 0}}), 0);
}

TEST(ExactSign, OfOneTermIsItsOwn) {
    const ExactValues values(power(3), 10);

    EXPECT_EQ(values.sign(std::vector<CountedNode>{{9, 2}}), 1);
    EXPECT_EQ(values.sign(std::vector<CountedNode>{{9, -2}}), -1);
    EXPECT_EQ(values.sign(std::vector<CountedNode>{{1, 2}}), -1); // (-8)^3
    EXPECT_EQ(values.sign(std::vector<CountedNode>{{5, 2}}), 0);  // 0^3
}

TEST(ExactSign, APythagoreanTripleIsATie) {
    const ExactValues squares(power(2), 10); // h = 2 node - 10: 6, 8 and 10
    std::vector<CountedNode> terms{{8, 1}, {9, 1}, {10, -1}};

    EXPECT_EQ(squares.sign(terms), 0);
    terms[0].count = 2;
    EXPECT_EQ(squares.sign(terms), 1);
    EXPECT_EQ(ExactValues(power(3), 10).sign(terms), -1); // 2 216 + 512 < 1000
}

TEST(ExactSign, TheLastDigitDecides) {
    // 3^100 is 1^100 and 158 bits more. Odd overlaps need an odd dimension.
    const ExactValues values(power(100), 99);
    const std::uint32_t three = 51;
    const std::uint32_t one = 50;
    const std::uint32_t minus_three = 48;
    EXPECT_EQ(values.sign(std::vector<CountedNode>{{three, 1}, {minus_three, -1}, {one, 1}}), 1);
    EXPECT_EQ(values.sign(std::vector<CountedNode>{{three, 1}, {minus_three, -1}, {one, -1}}), -1);
    EXPECT_EQ(values.sign(std::vector<CountedNode>{{three, 1}, {minus_three, -1}}), 0);
    // 99^100 and (-99)^100 cancel 663 bits above the 1.
    EXPECT_EQ(values.sign(std::vector<CountedNode>{{99, 1}, {0, -1}, {one, -1}}), -1);
}

TEST(ExactSign, LeakyTermsCancelPowers) {
    // leak 1/4 at h = -8 is -2; x^2 at h = 4 is 16: eight times the one takes away the other.
    const ExactValues values(leaky(2, 0.25), 10);

    EXPECT_EQ(values.sign(std::vector<CountedNode>{{1, 8}, {7, 1}}), 0);
    EXPECT_EQ(values.sign(std::vector<CountedNode>{{1, 9}, {7, 1}}), -1);
}

TEST(ExactSign, TinyGainsAreNoZeros) {
    ExactModel model = leaky(2, 1.0);
    model.beta = 1e-300;
    const ExactValues values(model, 10);

    // The leaks cancel; what is left is 1e-300 as large.
    EXPECT_EQ(values.sign(std::vector<CountedNode>{{1, 1}, {3, -2}, {7, 1}}), 1);
    EXPECT_EQ(values.sign(std::vector<CountedNode>{{1, 1}, {3, -2}, {7, -1}}), -1);
    EXPECT_EQ(values.sign(std::vector<CountedNode>{{1, 1}, {3, -2}}), 0);
}

TEST(ExactSign, FractionsTie) {
    ExactModel model = power(1);
    model.inverse = true;
    model.delta = 4.0;
    const ExactValues values(model, 10); // at node 10 - j, j units differ: 1 / (4 j + 4)

    EXPECT_EQ(values.sign(std::vector<CountedNode>{{9, 2}, {10, -1}}), 0);
    EXPECT_EQ(values.sign(std::vector<CountedNode>{{8, 1}, {5, 2}, {7, -1}, {6, -1}}), 1);
    // 1/12 + 1/24 = 1/8
    EXPECT_EQ(values.sign(std::vector<CountedNode>{{8, 1}, {5, 1}, {9, -1}}), 0);
}

TEST(ExactSign, ExponentialsTieOnlyWhereNothingIsLeft) {
    for (const double beta : {1e-300, 0.1, 1.0, 700.0, 1e300}) {
        const ExactValues values(exponential(beta, 10), 10);

        // (e^x)^2 + 1 - 2 e^x = (e^x - 1)^2 > 0, as small as e^x is near 1.
        EXPECT_EQ(values.sign(std::vector<CountedNode>{{6, 1}, {5, -2}, {4, 1}}), 1) << beta;
        EXPECT_EQ(values.sign(std::vector<CountedNode>{{6, -1}, {5, 2}, {4, -1}}), -1) << beta;
        EXPECT_EQ(values.sign(std::vector<CountedNode>{{6, 0}, {5, 0}}), 0) << beta;
        // Third and fourth differences are positive too.
        EXPECT_EQ(values.sign(std::vector<CountedNode>{{7, 1}, {6, -3}, {5, 3}, {4, -1}}), 1)
            << beta;
        EXPECT_EQ(values.sign(std::vector<CountedNode>{{8, 1}, {7, -4}, {6, 6}, {5, -4}, {4, 1}}),
                  1)
            << beta;
    }
}

} // namespace
} // namespace basin
