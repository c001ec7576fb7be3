#include "sweeps/plan/plan.hpp"

#include <gtest/gtest.h>

#include <set>

#include "support/plan_points.hpp"

namespace basin {
namespace {

using tests::all_cells;
using tests::at;
using tests::cells_of;
using tests::dimension_names;
using tests::plan_of;
using tests::points_of;

TEST(Plan, OfDefaultsIsOnePoint) {
    const Plan plan = plan_of("");

    EXPECT_TRUE(plan.dimensions().empty());
    EXPECT_EQ(plan.cell_count(), 1U);
    EXPECT_EQ(plan.job_count(), 1U);
    EXPECT_EQ(plan.point_bound(), 1U);
    EXPECT_EQ(all_cells(plan), std::vector<std::uint64_t>{0});
    EXPECT_EQ(plan.coordinates_of(0), default_coordinates());
    EXPECT_EQ(plan.point_text(0), "replicate=0;seed=1;");
}

TEST(Plan, DimensionsAreInCanonicalOrderWithSortedValues) {
    const Plan plan = plan_of(R"toml(
[sweep]
replicates = 3
[model]
similarity = ["inverse_squared_euclidean", "dot"]
beta = [10, 0.1, 1]
[patterns]
pattern_count = [20, 3]
bias = 0.5
path = ["b", "a"]
)toml");

    EXPECT_EQ(dimension_names(plan),
              (std::vector<std::string>{"path", "pattern_count", "beta", "similarity"}));
    EXPECT_EQ(plan.dimensions()[0].values, (std::vector<Value>{"a", "b"}));
    EXPECT_EQ(plan.dimensions()[1].values, (std::vector<Value>{std::int64_t{3}, std::int64_t{20}}));
    EXPECT_EQ(plan.dimensions()[2].values, (std::vector<Value>{0.1, 1.0, 10.0}));
    EXPECT_EQ(plan.dimensions()[3].values,
              (std::vector<Value>{"dot", "inverse_squared_euclidean"}));
    EXPECT_EQ(plan.cell_count(), 2U * 2 * 3 * 2 * 3);
    EXPECT_EQ(plan.job_count(), 2U * 2 * 3);
    EXPECT_EQ(plan.point_bound(), plan.cell_count());
}

TEST(Plan, CellsAreInCOrderWithReplicateLast) {
    const Plan plan = plan_of("[sweep]\nreplicates = 2\n[patterns]\npattern_count = [3, 20]\n"
                              "[model]\nbeta = [1, 2, 4]\n");

    const std::uint64_t cell = (1 * 3 + 2) * 2 + 1;

    EXPECT_EQ(at(plan.coordinates_of(cell), "pattern_count"), Value(std::int64_t{20}));
    EXPECT_EQ(at(plan.coordinates_of(cell), "beta"), Value(4.0));
    EXPECT_EQ(plan.replicate_of(cell), 1U);
}

TEST(Plan, JobsAreScenes) {
    const Plan plan = plan_of("[sweep]\nreplicates = 2\n[patterns]\npattern_count = [3, 20]\n"
                              "[model]\nbeta = [4, 2, 1]\n");

    for (std::uint64_t job = 0; job < plan.job_count(); ++job) {
        const Coordinates scene = plan.scene_of(job);
        const std::vector<std::uint64_t> cells = cells_of(plan, job);
        ASSERT_EQ(cells.size(), 3U);
        EXPECT_EQ(plan.coordinates_of(cells[0]), scene); // model parameters at their first values
        for (const std::uint64_t cell : cells) {
            EXPECT_EQ(at(plan.coordinates_of(cell), "pattern_count"), at(scene, "pattern_count"));
            EXPECT_EQ(plan.replicate_of(cell), plan.replicate_of_job(job));
        }
    }
    EXPECT_THROW(plan.scene_of(plan.job_count()), std::out_of_range);
}

TEST(Plan, ZippedAxesAdvanceTogether) {
    const Plan plan = plan_of("[sweep]\nzip = [[\"beta\", \"pattern_count\"]]\n[patterns]\n"
                              "pattern_count = [5, 10]\n[model]\nbeta = [2, 1]\n"
                              "interaction_vertex = [3, 4]\n");

    EXPECT_EQ(points_of(plan),
              (std::multiset<std::string>{
                  "beta=2;interaction_vertex=3;pattern_count=5;replicate=0;seed=1;",
                  "beta=2;interaction_vertex=4;pattern_count=5;replicate=0;seed=1;",
                  "interaction_vertex=3;replicate=0;seed=1;",
                  "interaction_vertex=4;replicate=0;seed=1;"}));
    // A zip with a parameter of the scene belongs to the scene.
    EXPECT_EQ(plan.job_count(), 2U);
    EXPECT_EQ(at(plan.scene_of(1), "beta"), Value(1.0));
    EXPECT_EQ(plan.cell_count(), 8U);
}

} // namespace
} // namespace basin
