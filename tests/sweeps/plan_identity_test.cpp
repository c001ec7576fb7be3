#include "sweeps/plan/plan.hpp"

#include <gtest/gtest.h>

#include <set>

#include "support/plan_points.hpp"

namespace basin {
namespace {

using tests::plan_of;
using tests::points_of;

TEST(Plan, PointKeysAreHashesOfThePointText) {
    const Plan plan = plan_of("[sweep]\nseed = 9\n[patterns]\npattern_count = [3, 20]\n[model]\n"
                              "similarity = \"cosine\"\nbeta = [1, 0.1]\n");

    EXPECT_EQ(points_of(plan),
              (std::multiset<std::string>{
                  "beta=0.1;pattern_count=20;similarity=cosine;replicate=0;seed=9;",
                  "beta=0.1;pattern_count=3;similarity=cosine;replicate=0;seed=9;",
                  "pattern_count=20;similarity=cosine;replicate=0;seed=9;",
                  "pattern_count=3;similarity=cosine;replicate=0;seed=9;"}));
    EXPECT_EQ(plan.point_key(3), key_of(plan.point_text(3)));
}

TEST(Plan, DigestFollowsTheMeaningOfCells) {
    const std::string base = "[model]\nbeta = [1, 2]\n";
    const Key digest = plan_of(base).digest();

    EXPECT_EQ(digest, plan_of("[model]\nbeta = [2, 1]\nleak = 0.01\n").digest());
    EXPECT_EQ(digest, plan_of(base + "[[exclude]]\nbeta = 1\n").digest());
    EXPECT_EQ(digest, plan_of("[sweep]\nname = \"x\"\n" + base).digest());
    EXPECT_NE(digest, plan_of("[model]\nbeta = [1, 3]\n").digest());
    EXPECT_NE(digest, plan_of(base + "leak = [0, 1]\n").digest());
    EXPECT_NE(digest, plan_of(base + "leak = 1\n").digest()); // no label, but another meaning
    EXPECT_NE(digest, plan_of("[sweep]\nseed = 2\n" + base).digest());
    EXPECT_NE(digest, plan_of("[sweep]\nreplicates = 2\n" + base).digest());
}

TEST(Plan, ResolvedJsonSaysEverything) {
    const Plan plan = plan_of(R"toml(
[sweep]
name = "x"
seed = 5
zip = [["beta", "leak"]]
[model]
beta = "log(0.1, 10, 3)"
leak = [1, 2, 3]
[recall]
tie = "plus"
[[when]]
parameter = "bias"
if = {pattern_count = ">= 20"}
[[exclude]]
beta = 0.1
)toml");

    EXPECT_EQ(plan.resolved_json(),
              R"({"blocks":[{"axes":{"beta":[0.1,1.0,10.0],"leak":[1.0,2.0,3.0],"tie":["plus"]},)"
              R"("exclude":[[{"parameter":"beta","relation":"=","values":[0.1]}]],)"
              R"("when":[{"if":[{"parameter":"pattern_count","relation":">=","values":[20]}],)"
              R"("otherwise":0.0,"parameter":"bias"}],"zip":[["beta","leak"]]}],)"
              R"("name":"x","replicates":1,"seed":5})");
}

} // namespace
} // namespace basin
