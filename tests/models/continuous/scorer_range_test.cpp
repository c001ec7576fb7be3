// Similarities of very small and very large vectors. What does not change with the size of vectors,
// or changes in proportion to it, must do so to the bit when all are multiplied by a power of two.

#include "models/continuous/scorer.hpp"
#include "models/reference/real_oracle.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "support/random_real.hpp"

namespace basin {
namespace {

using namespace tests;

/// Vectors multiplied by powers of two, one each.
RealMatrix scaled(const RealMatrix& matrix, const std::vector<int>& exponents) {
    std::vector<double> numbers(matrix.rows * matrix.columns);
    for (std::size_t r = 0; r < matrix.rows; ++r)
        for (std::size_t i = 0; i < matrix.columns; ++i)
            numbers[r * matrix.columns + i] = std::ldexp(double{matrix.row(r)[i]}, exponents[r]);
    return real_matrix(matrix.rows, matrix.columns, std::move(numbers));
}

/// [memory][cue]
template <class T>
std::vector<std::vector<T>> similarities(const RealMatrix& memories, const RealMatrix& cues,
                                         std::string_view similarity) {
    const Scorer<T> scorer(memories,
                           {Choice<RealSimilarities>::named(similarity).value(), 1.0,
                            std::is_same_v<T, float> ? Choice<Precisions>::of<Float32>()
                                                     : Choice<Precisions>::of<Float64>()});
    Block<T> states(cues.columns, RealTile<T>::query_step);
    for (std::size_t q = 0; q < states.queries; ++q)
        cues.see<T>(q % cues.rows, [&](auto cue) {
            for (std::size_t i = 0; i < states.rows; ++i)
                states.row(i)[q] = static_cast<T>(cue[i]);
        });
    Block<T> scores(memories.rows, states.queries);
    scorer.score(states, scores);
    std::vector<std::vector<T>> result;
    for (std::size_t mu = 0; mu < memories.rows; ++mu)
        result.emplace_back(scores.row(mu), scores.row(mu) + cues.rows);
    return result;
}

/// Positive whole numbers of 8 bits: no product or sum of them is rounded, whatever its size, as
/// long as it is in range.
RealMatrix bytes(Stream& stream, std::size_t rows, std::size_t columns) {
    RealMatrix matrix(rows, columns);
    for (float& x : matrix.values)
        x = static_cast<float>(1 + stream.below(255));
    return matrix;
}

template <class Number>
class ScorerRange : public testing::Test {
public:
    /// Far beyond where squares and products leave the range, up to where numbers do.
    static std::vector<int> exponents() {
        if (std::is_same_v<Number, float>) return {-141, -120, -75, -63, -41, 41, 60, 75, 110, 119};
        return {-1060, -900, -540, -500, -401, 401, 500, 540, 900, 1015};
    }
};
using Numbers = testing::Types<float, double>;
TYPED_TEST_SUITE(ScorerRange, Numbers);

TYPED_TEST(ScorerRange, WhatTakesDirectionsOrSharesIsTheSameAtEverySize) {
    Stream stream(key_of("similarities at every size"), StreamRole::patterns);
    const RealMatrix memories = bytes(stream, 6, 13);
    const RealMatrix cues = bytes(stream, 3, 13);
    for (std::size_t s = 0; s < RealSimilarities::size; ++s) {
        const auto similarity = Choice<RealSimilarities>::at(s);
        const bool is_free = similarity.visit([](auto one) { return one.shares || one.lengths; });
        if (!is_free) continue;
        const auto expected = similarities<TypeParam>(memories, cues, similarity.name());
        for (const int one : TestFixture::exponents())
            for (const int other : TestFixture::exponents()) {
                const auto found =
                    similarities<TypeParam>(scaled(memories, std::vector(6, one)),
                                            scaled(cues, std::vector(3, other)), similarity.name());
                EXPECT_EQ(found, expected) << similarity.name() << " " << one << " " << other;
            }
    }
}

TYPED_TEST(ScorerRange, CosinesAreTheSameWhateverTheSizeOfEachMemory) {
    Stream stream(key_of("memories of all sizes"), StreamRole::patterns);
    const std::vector<int> exponents = TestFixture::exponents();
    const RealMatrix memories = bytes(stream, exponents.size(), 13);
    const RealMatrix cues = bytes(stream, 1, 13);
    EXPECT_EQ(similarities<TypeParam>(scaled(memories, exponents), cues, "cosine"),
              similarities<TypeParam>(memories, cues, "cosine"));
    EXPECT_EQ(similarities<TypeParam>(scaled(memories, exponents), cues, "mean_normalized_dot"),
              similarities<TypeParam>(memories, cues, "mean_normalized_dot"));
}

TYPED_TEST(ScorerRange, DistancesGrowAsTheVectorsDo) {
    Stream stream(key_of("distances at every size"), StreamRole::patterns);
    const RealMatrix memories = bytes(stream, 6, 13);
    RealMatrix cues = bytes(stream, 3, 13);
    std::ranges::copy(memories.row(2), cues.row(0).begin()); // at distance 0
    for (const std::string_view similarity : {"negative_euclidean", "published_euclidean"}) {
        const auto expected = similarities<TypeParam>(memories, cues, similarity);
        EXPECT_EQ(expected[2][0], TypeParam(0));
        for (const int exponent : TestFixture::exponents()) {
            const auto found =
                similarities<TypeParam>(scaled(memories, std::vector(6, exponent)),
                                        scaled(cues, std::vector(3, exponent)), similarity);
            for (std::size_t mu = 0; mu < found.size(); ++mu)
                for (std::size_t q = 0; q < found[mu].size(); ++q)
                    // Subnormal numbers are rounded once.
                    EXPECT_EQ(found[mu][q], std::ldexp(expected[mu][q], exponent))
                        << similarity << " " << exponent << " " << mu << " " << q;
        }
    }
}

TEST(ScorerRangeOfZero, IsNoDirection) {
    const RealMatrix memories = matrix_of({{0, 0}, {1e-40F, 0}});
    const auto found = similarities<float>(memories, matrix_of({{1e-40F, 0}, {0, 0}}), "cosine");
    EXPECT_EQ(found, (std::vector<std::vector<float>>{{0, 0}, {1, 0}}));
}

/// A published norm of all memories is that of the largest ones.
TEST(ScorerRangeOfAll, TakesMemoriesOfAllSizes) {
    const RealMatrix memories = matrix_of({{3e30F, 4e30F}, {3e-30F, 4e-30F}});
    const auto found = similarities<float>(memories, matrix_of({{1e30F, 0}}), "published_cosine");
    EXPECT_FLOAT_EQ(found[0][0], 0.6F);
    EXPECT_EQ(found[1][0], 0.0F); // 6e-61
}

/// What users saw: four memories of about 1e-20, of which one is the cue.
TEST(ScorerRangeOfNetworks, TinyVectorsAreRecalledAsOthersAre) {
    const Rows rows{{1, 2, 3}, {-3, 1, 0.5F}, {2, -1, 2}, {-1, -2, 3}};
    for (const float size : {1.0F, 1e-20F, 1e-30F, 1e20F, 1e36F}) {
        Rows small = rows;
        for (auto& row : small)
            for (float& x : row)
                x *= size;
        for (const std::string_view precision : {"float32", "float64"}) {
            Setting setting = softmax_setting(3.0, "cosine", precision);
            setting.fixed_steps = 1;
            const RealScene scene = stored_scene_of(small);
            const auto paths = paths_of(scene, setting);
            for (std::uint32_t p = 0; p < paths.size(); ++p) {
                const RealPath truth = real_oracle(stored_scene_of(rows), setting, p);
                EXPECT_NEAR(paths[p].sizes.largest, truth.sizes.largest, 1e-6) << size;
                EXPECT_EQ(paths[p].sizes.leader, p) << size;
            }
        }
    }
}

} // namespace
} // namespace basin
