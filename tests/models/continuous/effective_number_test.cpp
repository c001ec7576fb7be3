// How many memories a state is made of, by hand and against obvious sums.

#include "models/base/random.hpp"
#include "models/continuous/effective_number.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <vector>

namespace basin {
namespace {

TEST(WeightSizes, OneMemory) {
    const WeightSizes sizes = sizes_of(std::vector{0.0, 1.0, 0.0});
    EXPECT_EQ(sizes, (WeightSizes{1, 1, 1.0, 1.0, 1.0, 1}));
}

TEST(WeightSizes, EqualWeights) {
    // ceil(0.9 K), and above 0.01 only below a hundred.
    for (const std::uint32_t count : {1U, 2U, 3U, 9U, 10U, 11U, 20U, 90U, 99U, 101U, 1000U}) {
        const std::vector<double> weights(count, 1.0 / count);
        const WeightSizes sizes = sizes_of(weights);
        EXPECT_EQ(sizes.k90, (9 * count + 9) / 10) << count;
        EXPECT_EQ(sizes.support, count < 100 ? count : 0) << count;
        EXPECT_NEAR(sizes.effective, count, 1e-12 * count);
        EXPECT_NEAR(sizes.participation, count, 1e-12 * count);
        EXPECT_EQ(sizes.leader, 0U);
    }
}

TEST(WeightSizes, EqualWeightsOfFloat32) {
    for (const std::uint32_t count : {10U, 20U, 30U, 50U, 100U, 70U, 1000U, 60000U}) {
        const std::vector<double> weights(count, 1.0F / static_cast<float>(count));
        EXPECT_EQ(sizes_of(weights).k90, count / 10 * 9) << count;
    }
}

TEST(WeightSizes, UnequalWeights) {
    const WeightSizes sizes = sizes_of(std::vector{0.005, 0.25, 0.7, 0.04, 0.005});
    EXPECT_EQ(sizes.k90, 2U); // 0.7 + 0.25
    EXPECT_EQ(sizes.support, 3U);
    EXPECT_EQ(sizes.largest, 0.7);
    EXPECT_EQ(sizes.leader, 2U);
    const double squares = 0.7 * 0.7 + 0.25 * 0.25 + 0.04 * 0.04 + 2 * 0.005 * 0.005;
    EXPECT_NEAR(sizes.participation, 1 / squares, 1e-15 / squares);
    const double entropy = -(0.7 * std::log(0.7) + 0.25 * std::log(0.25) + 0.04 * std::log(0.04) +
                             0.01 * std::log(0.005));
    EXPECT_NEAR(sizes.effective, std::exp(entropy), 1e-14);
}

TEST(WeightSizes, TheLeaderIsTheFirstOfTheLargest) {
    EXPECT_EQ(sizes_of(std::vector{0.2, 0.4, 0.4}).leader, 1U);
}

TEST(WeightSizes, AgreeWithObviousSums) {
    Stream stream(key_of("weight sizes"), StreamRole::patterns);
    for (int round = 0; round < 300; ++round) {
        std::vector<double> weights(1 + stream.below(200));
        const double sharpness = 20 * stream.uniform();
        double total = 0.0;
        for (double& w : weights)
            total += w = std::exp(sharpness * stream.uniform());
        for (double& w : weights)
            w /= total;
        const WeightSizes sizes = sizes_of(weights);

        std::vector<double> sorted = weights;
        std::ranges::sort(sorted, std::greater{});
        double mass = 0.0;
        std::uint32_t k90 = 0;
        while (k90 < sorted.size() && mass < 0.9)
            mass += sorted[k90++];
        EXPECT_EQ(sizes.k90, k90);
        long double entropy = 0;
        long double squares = 0;
        for (const long double w : weights) {
            entropy -= w * std::log(w);
            squares += w * w;
        }
        EXPECT_EQ(sizes.support, std::ranges::count_if(weights, [](double w) { return w > 0.01; }));
        EXPECT_NEAR(sizes.effective, static_cast<double>(std::exp(entropy)),
                    1e-13 * sizes.effective);
        EXPECT_NEAR(sizes.participation, static_cast<double>(1 / squares),
                    1e-13 * sizes.participation);
        EXPECT_EQ(sizes.largest, sorted.front());

        std::ranges::reverse(weights); // order decides last bits alone
        const WeightSizes reversed = sizes_of(weights);
        EXPECT_EQ(reversed.k90, sizes.k90);
        EXPECT_NEAR(reversed.effective, sizes.effective, 1e-13 * sizes.effective);
    }
}

} // namespace
} // namespace basin
