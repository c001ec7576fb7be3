// The distinct final states of a cell: paths written down by hand.

#include "models/continuous/cluster_table.hpp"

#include <gtest/gtest.h>

#include "support/real_scenes.hpp"

namespace basin {
namespace {

using namespace tests;

RealPath ended_at(std::vector<double> state, double largest, Stop stop = Stop::fixed_point) {
    RealPath path;
    path.state = std::move(state);
    path.stop = stop;
    if (stop != Stop::undecided) path.sizes = {2, 4, 1.2, 1.1, largest, 0};
    return path;
}

TEST(ClusterTable, HasTheLargestFirstThenByNearestMemoryThenByProbe) {
    const RealScene scene = real_scene_of({{4, 0}, {0, 4}, {-4, 0}}, Rows(8, {1.0F, 1.0F}));
    const auto rows = cluster_table(scene, softmax_setting(1.0),
                                    std::vector{ended_at({-3, 0}, 0.9),                  // 0
                                                ended_at({0, 4}, 1.0),                   // 1
                                                ended_at({3, 0}, 0.8),                   // 2
                                                ended_at({0, 3}, 0.7),                   // 3
                                                ended_at({0, 3 + 1e-7}, 0.7),            // the same
                                                ended_at({0, 2}, 0.0, Stop::undecided),  // 4
                                                ended_at({3, 0}, 0.8, Stop::max_sweeps), // as 2
                                                ended_at({0, 3}, 0.7)});                 // as 3
    ASSERT_EQ(rows.size(), 5U);
    std::vector<std::uint32_t> probes;
    std::vector<std::uint32_t> nearest;
    for (const ClusterRow& row : rows) {
        probes.push_back(row.probes);
        nearest.push_back(row.nearest.memory);
    }
    EXPECT_EQ(probes, (std::vector<std::uint32_t>{3, 2, 1, 1, 1}));
    EXPECT_EQ(nearest, (std::vector<std::uint32_t>{1, 0, 1, 1, 2}));

    EXPECT_NEAR(rows[0].nearest.distance, 1.0, 1e-6);
    EXPECT_EQ(rows[0].kind, RealAttractor::metastable);
    EXPECT_EQ(rows[0].sizes.largest, 0.7);
    EXPECT_EQ(rows[0].sizes.k90, 2U);
    // Not every probe need have stopped there for the same reason.
    EXPECT_EQ(rows[1].kinds, (std::array<std::uint32_t, real_attractor_count>{1, 0, 0, 0, 1}));
    EXPECT_EQ(rows[2].kind, RealAttractor::single_exact);
    EXPECT_EQ(rows[3].kind, RealAttractor::not_converged);
    EXPECT_TRUE(rows[3].is_undecided);
    EXPECT_EQ(rows[4].kind, RealAttractor::single_blended);
    EXPECT_FALSE(rows[4].is_undecided);
}

TEST(ClusterTable, OnePathAProbeIsNeeded) {
    const RealScene scene = stored_scene_of({{1, 0}, {0, 1}});
    EXPECT_THROW(cluster_table(scene, softmax_setting(1.0), std::vector{ended_at({1, 0}, 1.0)}),
                 std::invalid_argument);
}

} // namespace
} // namespace basin
