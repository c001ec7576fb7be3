// Distances by products against the sums themselves.

#include "models/base/random.hpp"
#include "models/continuous/squared_distances.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstddef>
#include <limits>
#include <vector>

namespace basin {
namespace {

constexpr std::size_t row_count = 40;
constexpr std::size_t queries = 32;

/// Memories of uniform units around `offset`; state q is memory q, of which some units differ by
/// `off`.
struct Case {
    RealMatrix memories;
    Block<float> states;

    Case(std::size_t n, double offset, double off) : memories(row_count, n), states(n, queries) {
        Stream stream(key_of("squared distances"), StreamRole::patterns);
        for (float& x : memories.values)
            x = static_cast<float>(offset + stream.uniform());
        for (std::size_t i = 0; i < n; ++i)
            for (std::size_t q = 0; q < queries; ++q) {
                const float z = memories.row(q)[i];
                states.row(i)[q] = i % 3 == 0 ? z + static_cast<float>(off) : z;
            }
    }

    double exact(std::size_t mu, std::size_t q) const {
        double sum = 0.0;
        for (std::size_t i = 0; i < states.rows; ++i)
            sum += std::pow(double{memories.row(mu)[i]} - double{states.row(i)[q]}, 2);
        return sum;
    }

    std::vector<float> measured() const {
        const SquaredDistances<float> distances(memories);
        std::vector<float> values(row_count * queries);
        distances.measure(memories.values.data(), row_count, distances.prepare(states),
                          values.data());
        return values;
    }
};

// Products lose a factor of 8 at most, and each of n terms is rounded once: 16 n 2^-24.
TEST(SquaredDistances, AreTheSumsWhateverTheOffset) {
    for (const std::size_t n : {1U, 7U, 64U, 784U})
        for (const double offset : {0.0, 10.0, 100.0})
            for (const double off : {0.001, 0.3}) {
                const Case all(n, offset, off);
                const std::vector<float> values = all.measured();
                for (std::size_t mu = 0; mu < row_count; ++mu)
                    for (std::size_t q = 0; q < queries; ++q) {
                        const double truth = all.exact(mu, q);
                        ASSERT_NEAR(values[mu * queries + q], truth,
                                    16 * static_cast<double>(n) * 0x1p-24 * truth)
                            << n << " units at " << offset << ", " << mu << " and " << q;
                    }
            }
}

TEST(SquaredDistances, AreZeroAtAMemory) {
    const Case all(100, 50.0, 0.0);
    const std::vector<float> values = all.measured();
    for (std::size_t q = 0; q < queries; ++q)
        EXPECT_EQ(values[q * queries + q], 0.0F);
}

// Equal distances stay equal: which memory is the first of the nearest must not be chance.
TEST(SquaredDistances, OfSignsAndWholeNumbersAreExact) {
    for (const unsigned levels : {2U, 256U}) {
        Case all(101, 0.0, 0.0);
        Stream stream(key_of("whole numbers"), StreamRole::patterns);
        const auto draw = [&] {
            const auto level = static_cast<float>(stream.below(levels));
            return levels == 2 ? 2 * level - 1 : level;
        };
        for (float& x : all.memories.values)
            x = draw();
        for (float& x : all.states.values)
            x = draw();
        const std::vector<float> values = all.measured();
        for (std::size_t mu = 0; mu < row_count; ++mu)
            for (std::size_t q = 0; q < queries; ++q)
                ASSERT_EQ(values[mu * queries + q], all.exact(mu, q)) << levels << " levels";
    }
}

TEST(SquaredDistances, DoNotDependOnWhatElseIsMeasured) {
    const Case all(64, 3.0, 0.01);
    const SquaredDistances<float> distances(all.memories);
    const std::vector<float> together = all.measured();
    const auto prepared = distances.prepare(all.states);
    std::vector<float> alone(queries);
    for (std::size_t mu = 0; mu < row_count; ++mu) {
        distances.measure(all.memories.row(mu).data(), 1, prepared, alone.data());
        for (std::size_t q = 0; q < queries; ++q)
            ASSERT_EQ(alone[q], together[mu * queries + q]) << mu << " and " << q;
    }
}

TEST(SquaredDistances, BeyondTheNumbersAreInfinite) {
    Case all(4, 0.0, 0.0);
    all.states.row(0)[5] = 3e38F;
    all.states.row(0)[6] = std::numeric_limits<float>::quiet_NaN();
    const std::vector<float> values = all.measured();
    EXPECT_TRUE(std::isinf(values[5]));
    EXPECT_TRUE(std::isnan(values[6]));
    EXPECT_TRUE(std::isfinite(values[7]));
}

} // namespace
} // namespace basin
