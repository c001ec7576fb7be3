// Every path that this machine has, against the formulas of real_loops.hpp, bit for bit.

#include "models/continuous/real_loops.hpp"
#include "models/random.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <mpfr.h>
#include <type_traits>
#include <vector>

namespace basin {
namespace {

std::vector<SimdPath> paths() {
    std::vector<SimdPath> all{SimdPath::baseline};
    if (offered_simd_path() >= SimdPath::avx2) all.push_back(SimdPath::avx2);
    if (offered_simd_path() >= SimdPath::avx512) all.push_back(SimdPath::avx512);
    return all;
}

template <class T>
using Bits = std::conditional_t<sizeof(T) == 4, std::uint32_t, std::uint64_t>;

template <class T>
bool same(T a, T b) {
    return std::bit_cast<Bits<T>>(a) == std::bit_cast<Bits<T>>(b) ||
           (std::isnan(a) && std::isnan(b));
}

template <class T>
using Numbers = std::vector<T>;

/// Of both signs and many sizes: sums of them round at every step.
template <class T>
Numbers<T> ordinary(Stream& stream, std::size_t size) {
    Numbers<T> numbers(size);
    for (T& number : numbers)
        number = static_cast<T>(
            std::ldexp(stream.uniform() - 0.5, static_cast<int>(stream.below(12)) - 6));
    return numbers;
}

/// One in eight is zero, subnormal, infinite, NaN or so large that products overflow.
template <class T>
Numbers<T> special(Stream& stream, std::size_t size) {
    using Limits = std::numeric_limits<T>;
    const T specials[]{T{0},
                       -T{0},
                       Limits::denorm_min(),
                       -3 * Limits::denorm_min(),
                       Limits::min(),
                       Limits::max(),
                       Limits::lowest(),
                       Limits::infinity(),
                       -Limits::infinity(),
                       Limits::quiet_NaN()};
    Numbers<T> numbers = ordinary<T>(stream, size);
    for (T& number : numbers)
        if (stream.below(8) == 0) number = specials[stream.below(std::size(specials))];
    return numbers;
}

/// So small that all results are subnormal or near.
template <class T>
Numbers<T> tiny(Stream& stream, std::size_t size) {
    Numbers<T> numbers = ordinary<T>(stream, size);
    for (T& number : numbers)
        number *= std::sqrt(std::numeric_limits<T>::min());
    return numbers;
}

template <class T>
T product(T a, T b, T c) {
    return std::fma(a, b, c);
}

template <class T>
T squared_distance(T a, T b, T c) {
    const T d = a - b;
    return std::fma(d, d, c);
}

template <class T>
T manhattan_distance(T a, T b, T c) {
    return c + std::abs(a - b);
}

struct Shape {
    std::size_t terms, rows, queries;
};

/// What a tile may look like in memory: which stride of A is 1, and gaps behind rows.
struct Layout {
    bool terms_side_by_side;
    bool rows_side_by_side;
    std::size_t gap;
};

constexpr Layout layouts[]{{true, false, 0}, {false, true, 0},   {true, false, 3},
                           {false, true, 5}, {false, false, 19}, {true, false, 1024}};

template <class T>
class RealTiles : public testing::Test {
protected:
    using Fill = Numbers<T> (*)(Stream&, std::size_t);

    /// All three loops on all paths. Gaps must be left alone.
    void check(const Shape& shape, const Layout& layout, Fill fill) {
        const auto& [terms, rows, queries] = shape;
        const std::size_t between = layout.gap + 1; // where neither stride is 1
        RealTile<T> tile{.terms = terms, .rows = rows, .queries = queries};
        tile.term_stride = layout.terms_side_by_side  ? 1
                           : layout.rows_side_by_side ? rows + layout.gap
                                                      : between * rows;
        tile.row_stride = layout.terms_side_by_side  ? terms + layout.gap
                          : layout.rows_side_by_side ? 1
                                                     : between;
        tile.b_stride = queries + layout.gap;
        tile.c_stride = queries + 2 * layout.gap;
        const std::size_t size_of_a = terms * tile.term_stride + rows * tile.row_stride;
        const Numbers<T> a = fill(stream_, size_of_a);
        const Numbers<T> b = fill(stream_, terms * tile.b_stride + 1);
        const Numbers<T> c = fill(stream_, rows * tile.c_stride + 1);
        tile.a = a.data();
        tile.b = b.data() + 1; // no vector's boundary
        using Loops = RealLoops<T>;
        compare(tile, c, &Loops::products, product<T>);
        compare(tile, c, &Loops::squared_distances, squared_distance<T>);
        compare(tile, c, &Loops::manhattan_distances, manhattan_distance<T>);
    }

    void compare(RealTile<T> tile, const Numbers<T>& before,
                 void (*RealLoops<T>::*loop)(const RealTile<T>&), T (*formula)(T, T, T)) {
        Numbers<T> truth = before;
        for (std::size_t m = 0; m < tile.rows; ++m)
            for (std::size_t k = 0; k < tile.terms; ++k)
                for (std::size_t q = 0; q < tile.queries; ++q) {
                    T& result = truth[1 + m * tile.c_stride + q];
                    result = formula(tile.a[k * tile.term_stride + m * tile.row_stride],
                                     tile.b[k * tile.b_stride + q], result);
                }
        for (const SimdPath path : paths()) {
            Numbers<T> results = before;
            tile.c = results.data() + 1;
            (real_loops_of<T>(path).*loop)(tile);
            const auto [mine, other] =
                std::mismatch(results.begin(), results.end(), truth.begin(), same<T>);
            ASSERT_EQ(mine, results.end())
                << name_of(path) << ": " << *mine << " not " << *other << " at "
                << mine - results.begin() << " of " << tile.terms << " terms, " << tile.rows
                << " rows, " << tile.queries << " queries, strides " << tile.term_stride << ", "
                << tile.row_stride;
        }
    }

    Stream stream_{key_of("real loops"), StreamRole::patterns, sizeof(T)};
};

using Types = testing::Types<float, double>;
TYPED_TEST_SUITE(RealTiles, Types);

TYPED_TEST(RealTiles, AreTheFormulasForAnyNumberOfRows) {
    for (std::size_t rows = 1; rows <= 40; ++rows)
        for (const std::size_t terms : {1U, 7U, 65U})
            for (const std::size_t queries : {16U, 32U, 48U})
                for (const Layout& layout : {layouts[0], layouts[1]})
                    this->check({terms, rows, queries}, layout, ordinary<TypeParam>);
}

TYPED_TEST(RealTiles, AreTheFormulasForAnyNumberOfTerms) {
    for (const std::size_t terms : {0U,   1U,   2U,   3U,   15U,  16U,  17U,  63U,  64U,  65U,
                                    127U, 128U, 129U, 159U, 160U, 161U, 320U, 321U, 641U, 1000U})
        for (const Layout& layout : layouts)
            this->check({terms, 15, 48}, layout, ordinary<TypeParam>);
}

TYPED_TEST(RealTiles, AreTheFormulasForAnyNumberOfQueries) {
    for (const std::size_t queries : {0U, 16U, 240U, 256U, 272U, 304U, 528U})
        for (const Layout& layout : layouts)
            this->check({290, 17, queries}, layout, ordinary<TypeParam>);
}

TYPED_TEST(RealTiles, KeepSpecialNumbers) {
    for (const Layout& layout : layouts)
        for (const std::size_t terms : {1U, 4U, 70U}) { // later all is NaN
            this->check({terms, 29, 48}, layout, special<TypeParam>);
            this->check({terms, 29, 48}, layout, tiny<TypeParam>);
        }
}

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
    for (const SimdPath path : paths())
        EXPECT_EQ(exponentials(path, x), truth) << name_of(path);
}

TYPED_TEST(RealExponentials, AreNaNOnlyAtNaNAndReachBothEndsOfTheNumbers) {
    using T = TypeParam;
    using Limits = std::numeric_limits<T>;
    for (const SimdPath path : paths()) {
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
        for (const SimdPath path : paths())
            EXPECT_EQ(exponentials(path, x), truth) << name_of(path) << " count " << count;
    }
    const Numbers<T> x = spread<T>(300000);
    const Numbers<T> truth = exponentials(SimdPath::baseline, x);
    for (const SimdPath path : paths())
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
    for (const SimdPath path : paths())
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
    for (const SimdPath path : paths()) {
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
