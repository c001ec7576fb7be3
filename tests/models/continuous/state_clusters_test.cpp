// Which final states are the same one: against the definition, by all pairs.

#include "models/base/random.hpp"
#include "models/continuous/state_clusters.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

namespace basin {
namespace {

StateClusters clusters_of(const std::vector<RealState>& states, double radius) {
    std::vector<const RealState*> pointers;
    for (const RealState& state : states)
        pointers.push_back(&state);
    return cluster(pointers, radius);
}

TEST(StateClusters, OfNothing) {
    const StateClusters clusters = clusters_of({}, 1.0);
    EXPECT_TRUE(clusters.firsts.empty());
    EXPECT_TRUE(clusters.cluster_of.empty());
}

TEST(StateClusters, EqualStatesAreOne) {
    const StateClusters clusters = clusters_of({{1, 2}, {3, 4}, {1, 2}, {1, 2}}, 0.0);
    EXPECT_EQ(clusters.firsts.size(), 2U);
    EXPECT_EQ(clusters.cluster_of[0], clusters.cluster_of[2]);
    EXPECT_EQ(clusters.cluster_of[0], clusters.cluster_of[3]);
    EXPECT_NE(clusters.cluster_of[0], clusters.cluster_of[1]);
    EXPECT_EQ(clusters.sizes[clusters.cluster_of[0]], 3U);
    EXPECT_EQ(clusters.sizes[clusters.cluster_of[1]], 1U);
}

TEST(StateClusters, TheRadiusDecides) {
    EXPECT_EQ(clusters_of({{0, 0}, {3, 4}}, 5.0).firsts.size(), 1U);
    EXPECT_EQ(clusters_of({{0, 0}, {3, 4}}, 4.999).firsts.size(), 2U);
}

TEST(StateClusters, AStateOfNaNIsOneByItself) {
    const StateClusters clusters = clusters_of({{NAN, 0}, {1, 0}, {NAN, 0}, {1, 0}}, 10.0);
    EXPECT_EQ(clusters.firsts.size(), 3U);
    EXPECT_EQ(clusters.cluster_of[1], clusters.cluster_of[3]);
    EXPECT_NE(clusters.cluster_of[0], clusters.cluster_of[2]);
}

TEST(StateClusters, KeepsWhatItPromises) {
    Stream stream(key_of("clusters"), StreamRole::patterns);
    for (int round = 0; round < 100; ++round) {
        // Centres far apart, states within a quarter of the radius: one cluster a centre.
        const std::size_t dimension = 1 + stream.below(6);
        const double radius = 0.1;
        std::vector<RealState> states;
        std::vector<std::size_t> centre_of;
        const std::size_t centres = 1 + stream.below(8);
        for (std::size_t s = 0; s < 60; ++s) {
            centre_of.push_back(stream.below(centres));
            RealState state(dimension, 0.0);
            state[0] = static_cast<double>(centre_of.back());
            for (double& x : state)
                x += radius / 4 * (stream.uniform() - 0.5) / static_cast<double>(dimension);
            states.push_back(state);
        }
        const StateClusters clusters = clusters_of(states, radius);
        ASSERT_EQ(clusters.cluster_of.size(), states.size());
        ASSERT_EQ(clusters.sizes.size(), clusters.firsts.size());
        EXPECT_EQ(std::accumulate(clusters.sizes.begin(), clusters.sizes.end(), 0U), 60U);
        for (std::size_t a = 0; a < states.size(); ++a) {
            const std::uint32_t first = clusters.firsts[clusters.cluster_of[a]];
            EXPECT_LE(distance(states[a], states[first]), radius);
            EXPECT_EQ(clusters.cluster_of[first], clusters.cluster_of[a]);
            for (std::size_t b = 0; b < a; ++b)
                EXPECT_EQ(clusters.cluster_of[a] == clusters.cluster_of[b],
                          centre_of[a] == centre_of[b]);
        }
    }
}

TEST(StateClusters, NoTwoOfThemStandWithinARadius) {
    Stream stream(key_of("dense clusters"), StreamRole::patterns);
    std::vector<RealState> states(300, RealState(2));
    for (RealState& state : states)
        for (double& x : state)
            x = stream.uniform();
    const StateClusters clusters = clusters_of(states, 0.2);
    EXPECT_LT(clusters.firsts.size(), 60U);
    for (std::size_t a = 0; a < clusters.firsts.size(); ++a)
        for (std::size_t b = 0; b < a; ++b)
            EXPECT_GT(distance(states[clusters.firsts[a]], states[clusters.firsts[b]]), 0.2);
}

TEST(Distance, IsEuclidean) {
    EXPECT_EQ(distance(std::vector{1.0, 2.0, 3.0}, std::vector{1.0, 5.0, -1.0}), 5.0);
}

} // namespace
} // namespace basin
