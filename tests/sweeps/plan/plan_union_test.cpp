// Two sweeps made one, and configs written as text.

#include "sweeps/config/config_text.hpp"
#include "sweeps/plan/plan_union.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "support/plan_points.hpp"

namespace basin {
namespace {

using tests::plan_of;
using tests::points_of;

const std::string rich = R"(
[sweep]
name = "rich \"ly\" named"
seed = 9
replicates = {min = 4, batch = 3, max = 12, half_width = 0.25, metric = "exact_recall"}
zip = [["pattern_count", "cue_level"]]
[patterns]
dimension = [24, 100]
pattern_count = [2, 10]
[cue]
cue_level = [0.1, 1e-7]
[model]
beta = "log(0.1, 10, 3) + 1e20"
interaction_vertex = [2, 3, 20]
formulation = ["original", "normalized"]
[[when]]
parameter = "beta"
if = {formulation = "original", interaction_vertex = ">= 3"}
otherwise = 2.5
[[exclude]]
formulation = "!= original"
interaction_vertex = "<= 2"
dimension = "!= 24"
[[block]]
[block.recall]
update = ["async_permutation", "sync"]
[[block]]
[block.model]
similarity = "cosine"
beta = 1
[[block.exclude]]
interaction_vertex = [2, 20]
dimension = "> 24"
[[block.exclude]]
interaction_vertex = "< 3"
)";

void expect_round_trip(const Config& config) {
    const std::string text = config_text(config);
    const Config again = parse_config(text, "text", {});
    EXPECT_EQ(Plan(again).resolved_json(), Plan(config).resolved_json()) << text;
    EXPECT_EQ(config_text(again), text);
}

TEST(ConfigText, IsReadAsTheSameConfig) {
    expect_round_trip(parse_config(rich, "rich", {}));
    for (const Preset& preset : presets())
        if (preset.name != "images") // its files are not at hand
            expect_round_trip(parse_config(preset.text, std::string(preset.name), {}));
}

Plan with(const std::string& change) {
    return Plan(parse_config("[sweep]\nreplicates = 2\n[model]\nbeta = [1, 2]\n"
                             "interaction_vertex = [2, 3]\n",
                             "test", {change}));
}

TEST(Covers, WhatHasAllCombinationsAndReplicates) {
    const Plan all = with("beta=[1,2]");

    EXPECT_TRUE(covers(all, all));
    EXPECT_TRUE(covers(all, with("beta=2")));
    EXPECT_TRUE(covers(all, with("replicates=1")));
    EXPECT_FALSE(covers(with("beta=2"), all));
    EXPECT_FALSE(covers(with("replicates=1"), all));
    EXPECT_FALSE(covers(all, with("beta=[2,3]")));
    EXPECT_FALSE(covers(all, with("tie=plus")));
}

TEST(Covers, NotWhatAStoppingRuleMayLeaveOut) {
    const auto replicates = [](const std::string& text) {
        return plan_of("[sweep]\nreplicates = " + text + "\n");
    };
    const Plan rule = replicates("{min = 3, max = 9, half_width = 0.1}");

    EXPECT_TRUE(covers(rule, rule));
    EXPECT_TRUE(covers(rule, replicates("3")));
    EXPECT_FALSE(covers(rule, replicates("4")));
    EXPECT_TRUE(covers(replicates("9"), rule));
}

TEST(Covers, ASearchOnlyIfItIsTheSameOne) {
    const auto search = [](const std::string& change) {
        return Plan(parse_config("[model]\nbeta = [1, 2]\n[capacity]\ncriterion = \"exact_recall "
                                 ">= 0.5\"\nminimum = 4\nmaximum = 40\n",
                                 "test", {change}));
    };
    const Plan both = search("beta=[1,2]");

    EXPECT_TRUE(covers(both, search("beta=2")));
    EXPECT_FALSE(covers(both, search("criterion=exact_recall >= 0.9")));
    EXPECT_FALSE(covers(both, search("maximum=20")));
}

TEST(CurveKey, IsThatOfAllValuesButThePatternCount) {
    const Plan plan = plan_of("[patterns]\npattern_count = [2, 3]\n[model]\nbeta = [1, 2]\n");
    const std::vector<Key> curves = combination_keys(plan, curve_key);

    EXPECT_EQ(curves.size(), 4U);
    EXPECT_EQ(std::set<Key>(curves.begin(), curves.end()).size(), 2U);
    EXPECT_EQ(combination_keys(plan_of("[patterns]\npattern_count = 7\n[model]\nbeta = 2\n"),
                               curve_key)[0],
              combination_keys(plan_of("[model]\nbeta = 2\n"), curve_key)[0]);
}

/// The union's points are those of both, with the larger number of replicates.
void expect_union(const Plan& a, const Plan& b) {
    const Plan both = united(a, b);
    std::set<std::string> expected;
    for (const Plan* plan : {&a, &b})
        for (const std::string& point : points_of(*plan))
            expected.insert(point);
    const auto points = points_of(both);
    EXPECT_EQ(std::set<std::string>(points.begin(), points.end()), expected);
    EXPECT_EQ(points.size(), expected.size()) << "each once";
    const Plan again(parse_config(both.config().text, "again", both.config().overrides));
    EXPECT_EQ(again.resolved_json(), both.resolved_json());
}

TEST(United, HasThePointsOfBoth) {
    expect_union(with("beta=1"), with("beta=[2,3]"));
    expect_union(with("beta=1"), with("interaction_vertex=[3,4]"));
    expect_union(with("tie=plus"), with("beta=3"));
    const Plan everything = plan_of(rich);
    expect_union(everything, Plan(parse_config(rich, "other", {"similarity=cosine"})));
}

TEST(United, TakesTheLargerNumberOfReplicates) {
    EXPECT_EQ(united(with("replicates=5"), with("beta=3")).replicates(), 5U);
    EXPECT_EQ(united(with("beta=3"), with("replicates=5")).replicates(), 5U);
}

// A loop over a value must not end in as many blocks.
TEST(United, BlocksThatDifferInOneAxisBecomeOne) {
    Plan plan = with("beta=1");
    for (const std::string beta : {"2", "3", "4"})
        plan = united(plan, with("beta=" + beta));

    EXPECT_EQ(plan.config().blocks.size(), 1U);
    EXPECT_EQ(points_of(plan), points_of(with("beta=[1,2,3,4]")));
    const Plan whole = united(
        united(with("beta=1"),
               Plan(parse_config(
                   "[sweep]\nreplicates = 2\n[model]\nbeta = 2\ninteraction_vertex = 2\n", "test",
                   {}))),
        Plan(parse_config("[sweep]\nreplicates = 2\n[model]\nbeta = 2\ninteraction_vertex = 3\n",
                          "test", {})));
    EXPECT_EQ(whole.config().blocks.size(), 1U);
}

TEST(United, KeepsTheSeed) {
    Config config = with("beta=1").config();
    config.seed = ~std::uint64_t{0};
    Config other = with("beta=2").config();
    other.seed = config.seed;

    EXPECT_EQ(united(Plan(config), Plan(other)).config().seed, config.seed);
}

TEST(United, DifferentRulesHaveNoUnion) {
    const Plan rule = plan_of("[sweep]\nreplicates = {min = 3, max = 9, half_width = 0.1}\n");

    EXPECT_THROW(united(rule, with("beta=1")), ConfigError);
    EXPECT_THROW(united(with("beta=1"), rule), ConfigError);
}

} // namespace
} // namespace basin
