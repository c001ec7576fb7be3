#include "sweeps/plan/plan.hpp"

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "support/plan_points.hpp"

namespace basin {
namespace {

using tests::all_cells;
using tests::at;
using tests::cells_of;
using tests::plan_of;
using tests::points_of;

TEST(Plan, WhenVariesAnAxisOnlyWhereItsConditionsHold) {
    const Plan plan = plan_of(R"toml(
[model]
interaction = ["polynomial", "leaky_rectified_polynomial"]
leak = [0.1, 0.2]
[[when]]
parameter = "leak"
if = {interaction = "leaky_rectified_polynomial"}
)toml");

    EXPECT_EQ(points_of(plan), (std::multiset<std::string>{
                                   "interaction=leaky_rectified_polynomial;leak=0.1;replicate=0;"
                                   "seed=1;",
                                   "interaction=leaky_rectified_polynomial;leak=0.2;replicate=0;"
                                   "seed=1;",
                                   "interaction=polynomial;replicate=0;seed=1;"}));
    EXPECT_EQ(plan.point_bound(), 4U);
    EXPECT_EQ(plan.cell_count(), 6U); // 0.01, the fallback, is a label too
}

TEST(Plan, WhensSeeWhatEarlierWhensDecided) {
    // vertex hangs on interaction, leak on vertex: where vertex is `otherwise`, leak is too.
    const Plan plan = plan_of(R"toml(
[model]
interaction = ["polynomial", "exponential"]
interaction_vertex = [3, 4]
leak = [0.1, 0.2]
[[when]]
parameter = "leak"
if = {interaction_vertex = ">= 4"}
otherwise = 7
[[when]]
parameter = "interaction_vertex"
if = {interaction = "!= exponential"}
)toml");

    EXPECT_EQ(points_of(plan),
              (std::multiset<std::string>{
                  "interaction=exponential;leak=7;replicate=0;seed=1;",
                  "interaction=polynomial;interaction_vertex=3;leak=7;replicate=0;seed=1;",
                  "interaction=polynomial;interaction_vertex=4;leak=0.1;replicate=0;seed=1;",
                  "interaction=polynomial;interaction_vertex=4;leak=0.2;replicate=0;seed=1;"}));
}

TEST(Plan, WhenOfTheSceneLeavesRepeatedScenesEmpty) {
    const Plan plan = plan_of("[patterns]\nsource = [\"random_bipolar\", \"correlated\"]\n"
                              "correlation = [0.25, 0.5]\n[[when]]\nparameter = \"correlation\"\n"
                              "if = {source = \"correlated\"}\n[model]\nbeta = [1, 2]\n");

    EXPECT_EQ(plan.job_count(), 4U);
    std::map<std::string, std::size_t> counts;
    for (std::uint64_t job = 0; job < plan.job_count(); ++job) {
        const Coordinates scene = plan.scene_of(job);
        counts[canonical_text(at(scene, "source")) + canonical_text(at(scene, "correlation"))] +=
            cells_of(plan, job).size();
    }
    EXPECT_EQ(counts["random_bipolar0"], 2U);
    EXPECT_EQ(counts["correlated0.25"], 2U);
    EXPECT_EQ(counts["correlated0.5"], 2U);
}

TEST(Plan, WhenWithoutAnAxisHasTwoValues) {
    const Plan plan = plan_of("[model]\nbeta = [1, 2]\n[[when]]\nparameter = \"leak\"\n"
                              "if = {beta = 1}\notherwise = 5\n");

    EXPECT_EQ(points_of(plan), (std::multiset<std::string>{"replicate=0;seed=1;",
                                                           "beta=2;leak=5;replicate=0;seed=1;"}));
}

TEST(Plan, ConditionsOnUnsetParametersMeetTheFallback) {
    EXPECT_EQ(all_cells(plan_of("[model]\nbeta = [1, 2]\n[[exclude]]\nbeta = 1\ntie = \"keep\"\n"))
                  .size(),
              1U);
    EXPECT_EQ(all_cells(plan_of("[model]\nbeta = [1, 2]\n[[exclude]]\nbeta = 1\ntie = \"plus\"\n"))
                  .size(),
              2U);
    EXPECT_EQ(points_of(plan_of("[model]\nbeta = [3, 2]\n[[when]]\nparameter = \"beta\"\n"
                                "if = {tie = \"plus\"}\n")),
              (std::multiset<std::string>{"replicate=0;seed=1;"}));
}

TEST(Plan, ExcludesNeedAllTheirConditions) {
    const Plan plan = plan_of(R"toml(
[patterns]
pattern_count = [1, 2, 3]
[model]
beta = [1, 2, 3]
[[exclude]]
pattern_count = ">= 2"
beta = "< 3"
[[exclude]]
beta = 3
pattern_count = [1, 3]
[[exclude]]
beta = "<= 1"
pattern_count = "!= 2"
)toml");

    EXPECT_EQ(points_of(plan),
              (std::multiset<std::string>{"beta=2;pattern_count=1;replicate=0;seed=1;",
                                          "beta=3;pattern_count=2;replicate=0;seed=1;"}));
}

TEST(Plan, ExcludedScenesHaveNoPoints) {
    const Plan plan = plan_of("[patterns]\npattern_count = [1, 2]\n[model]\nbeta = [1, 2]\n"
                              "[[exclude]]\npattern_count = 1\n");

    EXPECT_EQ(cells_of(plan, 0).size(), 0U);
    EXPECT_EQ(cells_of(plan, 1).size(), 2U);
}

} // namespace
} // namespace basin
