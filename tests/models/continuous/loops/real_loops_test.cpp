// Every path that this machine has, against the formulas of real_loops.hpp, bit for bit.

#include "models/base/random.hpp"
#include "models/continuous/loops/real_loops.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>

#include "support/real_numbers.hpp"

namespace basin {
namespace {

using tests::Numbers;
using tests::same;
using tests::simd_paths;

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
        for (const SimdPath path : simd_paths()) {
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

} // namespace
} // namespace basin
