// exp on every path that this machine has: the same bits, and how near to the truth.

#include "models/base/random.hpp"
#include "models/continuous/loops/real_loops.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <mpfr.h>

#include "support/real_numbers.hpp"

namespace basin {
namespace {

using tests::Numbers;
using tests::same;
using tests::simd_paths;

using Types = testing::Types<float, double>;

/// exp to 200 bits. Subnormal results are compared in units of the least subnormal number.
class TrueExponential {
public:
    TrueExponential() { mpfr_init2(x_, 200); }
    ~TrueExponential() { mpfr_clear(x_); }
    TrueExponential(const TrueExponential&) = delete;
    TrueExponential& operator=(const TrueExponential&) = delete;

    /// |result - exp(x)| in units of the last place of T at exp(x).
    template <class T>
    double error(T x, T result) {
        using Limits = std::numeric_limits<T>;
        mpfr_set_d(x_, static_cast<double>(x), MPFR_RNDN);
        mpfr_exp(x_, x_, MPFR_RNDN);
        const auto exponent = std::max(static_cast<int>(mpfr_get_exp(x_)), Limits::min_exponent);
        mpfr_sub_d(x_, x_, static_cast<double>(result), MPFR_RNDN);
        mpfr_mul_2si(x_, x_, Limits::digits - exponent, MPFR_RNDN);
        return std::abs(mpfr_get_d(x_, MPFR_RNDN));
    }

private:
    mpfr_t x_;
};

template <class T>
Numbers<T> exponentials(SimdPath path, Numbers<T> x) {
    real_loops_of<T>(path).exponentials(x.data(), x.size());
    return x;
}

template <class T>
T exponential(SimdPath path, T x) {
    return exponentials(path, Numbers<T>{x})[0];
}

/// Where neither 0 nor inf is due.
template <class T>
T lowest() {
    return sizeof(T) == 4 ? T(-103.97) : T(-745.13);
}
template <class T>
T highest() {
    return sizeof(T) == 4 ? T(88.72) : T(709.78);
}

template <class T>
Numbers<T> spread(std::size_t size) {
    Stream stream(key_of("exponentials"), StreamRole::patterns);
    Numbers<T> x(size);
    for (T& each : x) // half of them within -1 ... 1
        each = static_cast<T>(stream.bernoulli(0.5)
                                  ? 2.0 * stream.uniform() - 1.0
                                  : double{lowest<T>()} +
                                        stream.uniform() * (double{highest<T>()} - lowest<T>()));
    return x;
}

template <class T>
class RealExponentials : public testing::Test {};
TYPED_TEST_SUITE(RealExponentials, Types);

TYPED_TEST(RealExponentials, AreExactAtTheEnds) {
    using T = TypeParam;
    using Limits = std::numeric_limits<T>;
    constexpr T inf = Limits::infinity();
    const Numbers<T> x{T{0},
                       -T{0},
                       inf,
                       -inf,
                       Limits::max(),
                       Limits::lowest(),
                       Limits::denorm_min(),
                       -Limits::min(),
                       std::nextafter(highest<T>() + T(0.01), inf),
                       lowest<T>() - T(0.01)};
    const Numbers<T> truth{1, 1, inf, 0, inf, 0, 1, 1, inf, 0};
    for (const SimdPath path : simd_paths())
        EXPECT_EQ(exponentials(path, x), truth) << name_of(path);
}

TYPED_TEST(RealExponentials, AreNaNOnlyAtNaNAndReachBothEndsOfTheNumbers) {
    using T = TypeParam;
    using Limits = std::numeric_limits<T>;
    for (const SimdPath path : simd_paths()) {
        EXPECT_TRUE(std::isnan(exponential(path, Limits::quiet_NaN()))) << name_of(path);
        EXPECT_TRUE(std::isnan(exponential(path, -Limits::quiet_NaN()))) << name_of(path);
        EXPECT_EQ(exponential(path, lowest<T>()), Limits::denorm_min()) << name_of(path);
        EXPECT_TRUE(std::isfinite(exponential(path, highest<T>()))) << name_of(path);
    }
}

TYPED_TEST(RealExponentials, AreTheSameBitsOnAnyPathAndForAnyCount) {
    using T = TypeParam;
    for (std::size_t count = 0; count <= 40; ++count) {
        const Numbers<T> x = spread<T>(count);
        const Numbers<T> truth = exponentials(SimdPath::baseline, x);
        for (const SimdPath path : simd_paths())
            EXPECT_EQ(exponentials(path, x), truth) << name_of(path) << " count " << count;
    }
    const Numbers<T> x = spread<T>(300000);
    const Numbers<T> truth = exponentials(SimdPath::baseline, x);
    for (const SimdPath path : simd_paths())
        EXPECT_EQ(exponentials(path, x), truth) << name_of(path);
}

TYPED_TEST(RealExponentials, AreRightWithinOneUnitOfTheLastPlace) {
    using T = TypeParam;
    const Numbers<T> x = spread<T>(200000);
    const Numbers<T> y = exponentials(simd_path(), x);
    TrueExponential truth;
    double largest = 0.0;
    for (std::size_t j = 0; j < x.size(); ++j)
        largest = std::max(largest, truth.error(x[j], y[j]));
    EXPECT_LT(largest, 1.0);
    EXPECT_GT(largest, 0.5); // or nothing was measured
}

/// Where n of x = n ln 2 + r steps, r jumps from one end to the other.
TYPED_TEST(RealExponentials, DoNotFallAtTheSeams) {
    using T = TypeParam;
    const int least = sizeof(T) == 4 ? -149 : -1074;
    const int most = sizeof(T) == 4 ? 127 : 1023;
    for (const SimdPath path : simd_paths())
        for (int n = least; n < most; ++n) {
            Numbers<T> x(129);
            x[64] = static_cast<T>((n + 0.5) * 0.69314718055994530942);
            for (std::size_t j = 0; j < 64; ++j) {
                x[65 + j] = std::nextafter(x[64 + j], T(1000));
                x[63 - j] = std::nextafter(x[64 - j], T(-1000));
            }
            const Numbers<T> y = exponentials(path, x);
            ASSERT_TRUE(std::is_sorted(y.begin(), y.end())) << name_of(path) << " n = " << n;
        }
}

/// Where exp is flat for x's last place: errors of a rounded sum would show.
TYPED_TEST(RealExponentials, DoNotFallBetweenNeighbours) {
    using T = TypeParam;
    for (const double start : {-0.3466, -0.25, -0.22, -0.125, 0.125, 0.3465}) {
        Numbers<T> x{static_cast<T>(start)};
        while (x.size() < 200000)
            x.push_back(std::nextafter(x.back(), T(1)));
        const Numbers<T> y = exponentials(simd_path(), x);
        EXPECT_TRUE(std::is_sorted(y.begin(), y.end())) << start;
    }
}

TEST(RealExponentials, OfFloatsAreRightAndTheSameOverAllTheirBits) {
    Numbers<float> x;
    for (std::uint64_t bits = 0; bits < std::uint64_t{1} << 32U; bits += 997)
        x.push_back(std::bit_cast<float>(static_cast<std::uint32_t>(bits)));
    const Numbers<float> y = exponentials(SimdPath::baseline, x);
    for (const SimdPath path : simd_paths()) {
        const Numbers<float> mine = exponentials(path, x);
        EXPECT_TRUE(std::equal(mine.begin(), mine.end(), y.begin(), same<float>)) << name_of(path);
    }
    double largest = 0.0; // a double is truth enough: its own error is 2^-29 of a unit
    for (std::size_t j = 0; j < x.size(); ++j) {
        const double truth = std::exp(static_cast<double>(x[j]));
        if (!(truth < std::numeric_limits<float>::max())) {
            ASSERT_TRUE(same(y[j], static_cast<float>(truth))) << x[j];
            continue;
        }
        const int exponent = std::max(truth > 0.0 ? std::ilogb(truth) + 1 : -200, -125);
        largest = std::max(largest, std::ldexp(std::abs(y[j] - truth), 24 - exponent));
    }
    EXPECT_LT(largest, 1.0);
}

} // namespace
} // namespace basin
