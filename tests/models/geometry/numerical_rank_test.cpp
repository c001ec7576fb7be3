// Ranks of matrices, against exact elimination of small whole numbers.

#include "models/base/random.hpp"
#include "models/geometry/numerical_rank.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

namespace basin {
namespace {

__extension__ using Wide = __int128;

template <class Real>
using Matrix = std::vector<std::vector<Real>>;

template <class Real>
std::optional<std::size_t> rank(const Matrix<Real>& rows, double radius = 1e-6,
                                std::size_t most = 1000) {
    std::vector<std::span<const Real>> spans(rows.begin(), rows.end());
    return numerical_rank<Real>(spans, radius, most);
}

/// By fraction-free elimination (Bareiss 1968): every division leaves no rest.
std::size_t exact_rank(const Matrix<double>& rows) {
    std::vector<std::vector<Wide>> m;
    for (const auto& row : rows) {
        m.emplace_back();
        for (const double x : row)
            m.back().push_back(static_cast<Wide>(x));
    }
    std::size_t rank = 0;
    Wide before = 1;
    for (std::size_t c = 0; c < m[0].size() && rank < m.size(); ++c) {
        std::size_t pivot = rank;
        while (pivot < m.size() && m[pivot][c] == 0)
            ++pivot;
        if (pivot == m.size()) continue;
        std::swap(m[pivot], m[rank]);
        for (std::size_t r = rank + 1; r < m.size(); ++r) {
            for (std::size_t k = c + 1; k < m[r].size(); ++k) {
                const Wide value = m[rank][c] * m[r][k] - m[r][c] * m[rank][k];
                EXPECT_TRUE(value % before == 0);
                m[r][k] = value / before;
            }
            m[r][c] = 0;
        }
        before = m[rank][c];
        ++rank;
    }
    return rank;
}

Matrix<double> drawn(Stream& stream, std::size_t rows, std::size_t columns) {
    Matrix<double> matrix(rows, std::vector<double>(columns));
    for (auto& row : matrix)
        for (double& x : row)
            x = static_cast<double>(stream.below(5)) - 2;
    return matrix;
}

Matrix<double> product(const Matrix<double>& a, const Matrix<double>& b) {
    Matrix<double> c(a.size(), std::vector<double>(b[0].size()));
    for (std::size_t r = 0; r < a.size(); ++r)
        for (std::size_t k = 0; k < b.size(); ++k)
            for (std::size_t i = 0; i < c[r].size(); ++i)
                c[r][i] += a[r][k] * b[k][i];
    return c;
}

Matrix<float> in_float(const Matrix<double>& rows) {
    Matrix<float> result;
    for (const auto& row : rows)
        result.emplace_back(row.begin(), row.end());
    return result;
}

TEST(NumericalRank, IsThatOfExactElimination) {
    Stream stream(key_of("ranks"), StreamRole::patterns);
    std::vector<std::size_t> seen(9);
    for (int i = 0; i < 2000; ++i) {
        const std::size_t rows = 1 + stream.below(8);
        const std::size_t columns = 1 + stream.below(8);
        const std::size_t inner = 1 + stream.below(8);
        const Matrix<double> matrix =
            product(drawn(stream, rows, inner), drawn(stream, inner, columns));
        const std::size_t truth = exact_rank(matrix);
        ++seen[truth];
        EXPECT_EQ(rank(matrix), truth) << i;
        EXPECT_EQ(rank(in_float(matrix)), truth) << i;
    }
    EXPECT_GT(*std::ranges::min_element(seen), 0U); // of every rank from 0 to 8
}

TEST(NumericalRank, OfManyRowsInFewDirections) {
    Stream stream(key_of("blends"), StreamRole::patterns);
    const Matrix<double> basis = drawn(stream, 7, 200);
    Matrix<double> weights(60, std::vector<double>(7));
    for (auto& row : weights)
        for (double& w : row)
            w = stream.uniform();
    EXPECT_EQ(rank(product(weights, basis), 1e-5), 7U);
    EXPECT_EQ(rank(in_float(product(weights, basis)), 1e-3), 7U); // rounded to float32
}

TEST(NumericalRank, ADirectionCountsIfItIsLongerThanTheRadius) {
    const Matrix<double> rows{{3, 0, 0}, {3, 1e-4, 0}, {0, 0, 2}};
    EXPECT_EQ(rank(rows, 1e-5), 3U);
    EXPECT_EQ(rank(rows, 0.99e-4), 3U);
    EXPECT_EQ(rank(rows, 1.01e-4), 2U);
    EXPECT_EQ(rank(rows, 2.5), 1U);
    EXPECT_EQ(rank(rows, 3.5), 0U);
}

TEST(NumericalRank, IsBoundedByWhatIsKnown) {
    const Matrix<double> rows{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
    EXPECT_EQ(rank(rows, 1e-6, 2), 2U);
    EXPECT_EQ(rank(rows, 1e-6, 0), 0U);
}

TEST(NumericalRank, OfNothingAndOfWhatIsNotFinite) {
    constexpr double infinite = std::numeric_limits<double>::infinity();
    EXPECT_EQ(rank(Matrix<double>{}), 0U);
    EXPECT_EQ(rank(Matrix<double>{{0, 0}, {0, 0}}), 0U);
    EXPECT_EQ(rank(Matrix<double>{{1, 0}, {infinite, 0}}), std::nullopt);
    EXPECT_EQ(rank(Matrix<double>{{1, std::nan("")}}), std::nullopt);
    EXPECT_EQ(rank(Matrix<double>{{1e200, 0}}), std::nullopt); // its square is not
}

TEST(NumericalRank, WorkGrowsWithTheLeastSide) {
    EXPECT_EQ(rank_work(10, 7, 100), 490U);
    EXPECT_EQ(rank_work(7, 10, 100), 490U);
    EXPECT_EQ(rank_work(7, 10, 2), 140U);
    EXPECT_EQ(rank_work(1 << 20, 1 << 20, 8), std::uint64_t{1} << 43U);
}

} // namespace
} // namespace basin
