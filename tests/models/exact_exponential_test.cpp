// The exact network of the exponential interaction against fixed-point numbers of thousands of
// bits. Memories that say the same cancel to 0 there as they do in truth; every other sum has to
// stand out from the rounding of the fixed point, which each decision checks.

#include <boost/multiprecision/cpp_bin_float.hpp>
#include <boost/multiprecision/cpp_int.hpp>
#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <vector>

#include "support/exact_checker.hpp"

namespace basin {
namespace {

using namespace tests;

using boost::multiprecision::cpp_bin_float;
using boost::multiprecision::cpp_int;
using boost::multiprecision::number;

constexpr std::uint32_t unit_count = 20;

/// 40 values, each off by less than 1, are far below.
const cpp_int resolution = 1 << 20;

/// The argument of the exponential at overlap h, by the definitions of similarity and formulation.
template <class Real>
Real argument(const Setting& setting, int h) {
    const int n = static_cast<int>(unit_count);
    const Real delta = setting.similarity_delta;
    Real similarity = h; // dot product
    Real scale = n;
    if (setting.similarity.is<Cosine>()) {
        similarity = Real(h) / n;
        scale = 1;
    } else if (setting.similarity.is<NegativeSquaredEuclidean>()) {
        similarity = -2 * (n - h);
        scale = 2 * n;
    } else if (setting.similarity.is<NegativeManhattan>()) {
        similarity = -(n - h);
    } else if (setting.similarity.is<InverseSquaredEuclidean>()) {
        similarity = 1 / (2 * (n - h) + delta);
        scale = 1 / delta;
    }
    return setting.formulation.is<Normalized>() ? Real(setting.beta / scale * similarity)
                                                : similarity;
}

/// e^x in units of 2^-bits, relative to the smallest x. A step of x beyond 60 is as good as 60:
/// either way a memory outweighs all that are farther away.
template <class Real>
std::vector<cpp_int> exponentials(const Setting& setting, int bits) {
    const int n = static_cast<int>(unit_count);
    const int stride = setting.rule.is<Gradient>() ? 1 : 2; // overlaps that occur
    Real before = argument<Real>(setting, -n);
    Real above = 0;
    std::vector<cpp_int> values;
    for (int h = -n; h <= n; ++h) {
        if ((h + n) % stride == 0) {
            const Real here = argument<Real>(setting, h);
            above += here - before < 60 ? Real(here - before) : Real(60);
            before = here;
        }
        values.push_back(Real(floor(ldexp(Real(exp(above)), bits))).template convert_to<cpp_int>());
    }
    return values;
}

/// Enough for the tiniest gains: terms of order gain^8 are still seen where gain is 1e-302.
std::vector<cpp_int> fine_exponentials(const Setting& setting) {
    return exponentials<number<cpp_bin_float<2700>>>(setting, 8'500);
}

std::vector<cpp_int> plain_exponentials(const Setting& setting) {
    return exponentials<number<cpp_bin_float<830>>>(setting, 1'000);
}

class ExactExponential : public testing::Test {
protected:
    ExactExponential() { setting_.interaction = Choice<Interactions>::of<Exponential>(); }

    void check(std::vector<cpp_int> values) {
        const Seen seen = run(setting_, unit_count, std::move(values), 1500, 20, resolution);
        decisions_ += seen.decisions;
        ties_ += seen.ties;
        last_digit_ += seen.last_digit;
    }

    template <class Similarity>
    void normalized(double beta, double delta = 1.0) {
        setting_.formulation = Choice<Formulations>::of<Normalized>();
        setting_.similarity = Choice<Similarities>::of<Similarity>();
        setting_.beta = beta;
        setting_.similarity_delta = delta;
    }

    Setting setting_;
    std::uint64_t decisions_ = 0;
    std::uint64_t ties_ = 0;
    std::uint64_t last_digit_ = 0;
};

TEST_F(ExactExponential, LinearSimilarities) {
    for (std::size_t rule = 0; rule < Rules::size; ++rule) {
        setting_.rule = Choice<Rules>::at(rule);
        for (const double beta : {0.1, 1.0, 30.0, 1e300}) {
            normalized<Dot>(beta);
            check(plain_exponentials(setting_));
            normalized<NegativeSquaredEuclidean>(beta);
            check(plain_exponentials(setting_));
        }
        setting_.formulation = Choice<Formulations>::of<Original>();
        for (const auto similarity :
             {Choice<Similarities>::of<Dot>(), Choice<Similarities>::of<Cosine>(),
              Choice<Similarities>::of<NegativeSquaredEuclidean>(),
              Choice<Similarities>::of<NegativeManhattan>()}) {
            setting_.similarity = similarity;
            check(plain_exponentials(setting_));
        }
    }
    EXPECT_GE(decisions_, 36'000U);
    EXPECT_GT(ties_, 1000U);
    EXPECT_GT(last_digit_, 30U);
}

TEST_F(ExactExponential, InverseDistances) {
    for (const double delta : {0.25, 1.0, 1e-3}) {
        for (const double beta : {0.1, 1.0, 1000.0, 1e300}) {
            normalized<InverseSquaredEuclidean>(beta, delta);
            check(plain_exponentials(setting_));
        }
        setting_.formulation = Choice<Formulations>::of<Original>();
        check(plain_exponentials(setting_));
    }
    EXPECT_GE(decisions_, 22'500U);
    EXPECT_GT(ties_, 500U);
    EXPECT_GT(last_digit_, 30U);
}

/// The terms are equal to hundreds of digits: the decision is that of the first power of beta whose
/// terms do not cancel.
TEST_F(ExactExponential, TinyBeta) {
    normalized<Dot>(1e-300);
    check(fine_exponentials(setting_));
    normalized<InverseSquaredEuclidean>(1e-300, 0.25);
    check(fine_exponentials(setting_));
    normalized<InverseSquaredEuclidean>(1.0, 1e-300);
    check(fine_exponentials(setting_));
    EXPECT_GE(decisions_, 4500U);
    EXPECT_GT(ties_, 100U);
    EXPECT_GT(last_digit_, 100U);
}

} // namespace
} // namespace basin
