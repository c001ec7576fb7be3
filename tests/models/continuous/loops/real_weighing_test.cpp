// The loops that make weights: the same bits on every path that this machine has.

#include "models/base/random.hpp"
#include "models/continuous/loops/real_weighing.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <span>
#include <vector>

#include "support/real_numbers.hpp"

namespace basin {
namespace {

using tests::same;
using tests::simd_paths;

constexpr std::size_t row_count = 37; // no multiple of 4
constexpr std::size_t queries = 48;

template <class T>
class WeighLoopsOf : public testing::Test {};

using Elements = testing::Types<float, double>;
TYPED_TEST_SUITE(WeighLoopsOf, Elements);

/// Scores with NaN and infinities in some columns, and exponentials that underflow.
template <class T>
std::vector<T> scores_of() {
    Stream stream(key_of("weighing"), StreamRole::patterns);
    std::vector<T> scores(row_count * queries);
    for (T& score : scores)
        score = static_cast<T>(200 * (stream.uniform() - 0.5));
    scores[5 * queries + 3] = std::numeric_limits<T>::quiet_NaN();
    scores[6 * queries + 4] = std::numeric_limits<T>::infinity();
    scores[7 * queries + 5] = -std::numeric_limits<T>::infinity();
    return scores;
}

/// Everything that the loops make of the same numbers, one after the other.
template <class T>
std::vector<double> all_of(const WeighLoops<T>& loops) {
    constexpr T infinity = std::numeric_limits<T>::infinity();
    const std::vector<T> scores = scores_of<T>();
    std::vector<double> made;
    const auto keep = [&made](const auto& values) {
        for (const auto value : values)
            made.push_back(static_cast<double>(value));
    };

    std::vector<T> smallest(queries, infinity);
    std::vector<T> largest(queries, -infinity);
    std::vector<std::uint32_t> leader(queries);
    loops.extremes(scores.data(), row_count, queries, smallest.data(), largest.data(),
                   leader.data(), 9);
    keep(smallest), keep(largest), keep(leader);

    std::vector<T> weights(row_count * queries);
    std::vector<double> sums(queries);
    std::vector<double> moments(queries);
    std::vector<double> squares(queries);
    std::vector<T> least(queries, infinity);
    std::vector<T> most(queries);
    loops.exponentiate(scores.data(), queries, weights.data(), queries, row_count, queries, T(1.25),
                       largest.data(),
                       {sums.data(), moments.data(), squares.data(), least.data(), most.data()});
    keep(weights), keep(sums), keep(moments), keep(squares), keep(least), keep(most);

    std::vector<double> lengths(queries);
    std::vector<double> changes(queries);
    loops.moves(scores.data(), weights.data(), row_count, queries, lengths.data(), changes.data());
    keep(lengths), keep(changes);

    std::vector<T> centred(queries);
    made.push_back(loops.centre(scores.data(), weights.data(), queries - 1, centred.data()));
    keep(centred);
    std::vector<T> row(scores.begin(), scores.begin() + queries);
    std::vector<std::uint16_t> near(queries / 16);
    loops.distances(row.data(), queries, T(90), smallest.data(), near.data());
    keep(row), keep(near);

    // Columns of 16 numbers from 0 to 1.
    std::vector<T> shares(row_count * Partition<T>::lanes);
    for (std::size_t i = 0; i < shares.size(); ++i)
        shares[i] = static_cast<T>(std::exp(-std::abs(static_cast<double>(scores[i % 90]) / 8)));
    std::vector<std::uint32_t> counts(bucket_count * Partition<T>::lanes);
    loops.count_buckets(shares.data(), row_count, counts.data());
    keep(counts);
    Partition<T> partition{};
    for (std::size_t lane = 0; lane < Partition<T>::lanes; ++lane) {
        partition.low[lane] = T(0.01) * static_cast<T>(lane);
        partition.high[lane] = T(0.5);
        partition.threshold[lane] = T(0.25);
    }
    std::vector<T> within(Partition<T>::lanes * (row_count + 1));
    loops.partition(shares.data(), row_count, partition, within.data());
    keep(std::span(partition.mass)), keep(std::span(partition.beyond));
    keep(std::span(partition.within));
    for (std::size_t lane = 0; lane < Partition<T>::lanes; ++lane)
        for (std::size_t j = 0; j < partition.within[lane]; ++j)
            made.push_back(static_cast<double>(within[lane * (row_count + 1) + j]));
    return made;
}

TYPED_TEST(WeighLoopsOf, AreTheSameBitsOnEveryPath) {
    const std::vector<double> expected = all_of(weigh_loops_of<TypeParam>(SimdPath::baseline));
    for (const SimdPath path : simd_paths()) {
        const std::vector<double> made = all_of(weigh_loops_of<TypeParam>(path));
        ASSERT_EQ(made.size(), expected.size()) << name_of(path);
        for (std::size_t i = 0; i < made.size(); ++i)
            ASSERT_TRUE(same(made[i], expected[i])) << name_of(path) << ", number " << i;
    }
}

} // namespace
} // namespace basin
