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

constexpr std::string_view two_blocks = R"toml(
[sweep]
replicates = 2
[model]
beta = [1, 2]
[[block]]
[block.patterns]
dimension = 50
pattern_count = [3, 4]
[[block]]
[block.patterns]
dimension = 60
[block.model]
beta = [2, 3]
[block.recall]
tie = "plus"
)toml";

TEST(Plan, BlocksShareOneCube) {
    const Plan plan = plan_of(two_blocks);

    EXPECT_EQ(dimension_names(plan),
              (std::vector<std::string>{"dimension", "pattern_count", "beta", "tie"}));
    EXPECT_EQ(plan.dimensions()[1].values.size(), 3U); // 3, 4 and the fallback of the second block
    EXPECT_EQ(plan.job_count(), 6U);
    EXPECT_EQ(plan.point_bound(), 12U);
    EXPECT_EQ(points_of(plan).count("beta=3;dimension=60;tie=plus;replicate=1;seed=1;"), 1U);
    EXPECT_EQ(points_of(plan).size(), 12U);
    EXPECT_EQ(at(plan.scene_of(4), "dimension"), Value(std::int64_t{60}));
}

TEST(Plan, PointsOfSeveralBlocksAreVisitedOnce) {
    const Plan plan = plan_of(R"toml(
[[block]]
zip = [["beta", "leak"]]
[block.model]
beta = [1, 2, 3]
leak = [0.1, 0.2, 0.3]
[[block]]
[block.model]
beta = [1, 2]
leak = [0.2, 0.3]
[[block.exclude]]
beta = 1
leak = 0.3
[[block]]
[block.patterns]
pattern_count = [1, 2, 10]
[block.model]
beta = [2, 3]
leak = [0.3, 0.2]
[[block.when]]
parameter = "leak"
if = {pattern_count = 10}
otherwise = 0.1
)toml");

    const std::vector<std::uint64_t> cells = all_cells(plan);

    EXPECT_EQ(std::set<std::uint64_t>(cells.begin(), cells.end()).size(), cells.size());
    // First block 3; second block (1, 0.2), (2, 0.3), its (2, 0.2) being the first's; third block
    // at 10: (3, 0.2), as (2, 0.3), (2, 0.2), (3, 0.3) are taken; at 1 and 2: beta 2 and 3 each.
    EXPECT_EQ(cells.size(), 3U + 2 + 1 + 4);
}

TEST(Plan, VisitsFromAPositionOn) {
    const Plan plan = plan_of("[model]\nbeta = [1, 2, 3]\nleak = [0, 1]\n[[exclude]]\nbeta = 2\n");
    const std::vector<std::uint64_t> whole = cells_of(plan, 0);

    std::vector<std::uint64_t> pieces;
    std::uint64_t position = 0;
    std::size_t calls = 0;
    while (position < 6) {
        position = plan.visit_points(0, position, [&](std::uint64_t cell) {
            pieces.push_back(cell);
            return false;
        });
        ++calls;
    }

    EXPECT_EQ(pieces, whole);
    EXPECT_EQ(whole.size(), 4U);
    EXPECT_EQ(calls, 4U);
    EXPECT_EQ(plan.visit_points(0, 99, [](std::uint64_t) { return true; }), 6U);
}

} // namespace
} // namespace basin
