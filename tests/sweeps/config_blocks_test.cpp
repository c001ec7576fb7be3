#include "sweeps/config/config.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "support/config_text.hpp"

namespace basin {
namespace {

using tests::index_of;
using tests::parse;
using tests::reals;
using tests::values;

TEST(Config, ConditionsHaveTheirRelations) {
    const Config config = parse(R"toml(
[[exclude]]
beta = ">= 20"
interaction_vertex = "!= 3"
[[exclude]]
cue_level = "<0.5"
leak = "> 0"
tie = "!= keep"
[[exclude]]
similarity = ["dot", "cosine"]
pattern_count = "<= 7"
beta = 2
)toml");

    const std::vector<Conditions>& excludes = config.blocks[0].excludes;
    ASSERT_EQ(excludes.size(), 3U);
    const auto relation = [&](std::size_t exclude, std::string_view name) {
        return std::ranges::find(excludes[exclude], index_of(name), &Condition::parameter);
    };
    EXPECT_EQ(relation(0, "beta")->relation, Relation::greater_equal);
    EXPECT_EQ(relation(0, "beta")->values, reals({20}));
    EXPECT_EQ(relation(0, "interaction_vertex")->relation, Relation::not_equal);
    EXPECT_EQ(relation(1, "cue_level")->relation, Relation::less);
    EXPECT_EQ(relation(1, "leak")->relation, Relation::greater);
    EXPECT_EQ(relation(1, "tie")->relation, Relation::not_equal);
    EXPECT_EQ(relation(2, "similarity")->relation, Relation::any_of);
    EXPECT_EQ(relation(2, "similarity")->values, (std::vector<Value>{"dot", "cosine"}));
    EXPECT_EQ(relation(2, "pattern_count")->relation, Relation::less_equal);
    EXPECT_EQ(relation(2, "beta")->values, reals({2}));
}

TEST(Config, WhenHasItsFallbackUnlessSaid) {
    const Config config = parse("[[when]]\nparameter = \"leak\"\nif = {interaction = "
                                "\"leaky_rectified_polynomial\"}\n[[when]]\nparameter = "
                                "\"beta\"\nif = {formulation = \"original\"}\notherwise = 5\n");

    const std::vector<When>& whens = config.blocks[0].whens;
    ASSERT_EQ(whens.size(), 2U);
    EXPECT_EQ(whens[0].otherwise, Value(0.01));
    EXPECT_EQ(whens[1].otherwise, Value(5.0));
}

TEST(Config, BlocksReplaceAxesWhensAndZipsAndAddExcludes) {
    const Config config = parse(R"toml(
[sweep]
zip = [["beta", "leak"]]
[model]
beta = [1, 2]
leak = [0.1, 0.2]
similarity_delta = 3
[patterns]
pattern_count = 4
[[when]]
parameter = "similarity_delta"
if = {similarity = "inverse_squared_euclidean"}
[[exclude]]
beta = 2
[[block]]
[[block]]
zip = [["beta", "pattern_count"]]
[block.model]
beta = [5, 6, 7]
[block.patterns]
pattern_count = [1, 2, 3]
[[block.when]]
parameter = "similarity_delta"
if = {tie = "plus"}
otherwise = 9
[[block.exclude]]
beta = 7
)toml");

    ASSERT_EQ(config.blocks.size(), 2U);
    const ConfigBlock& first = config.blocks[0];
    EXPECT_EQ(values(first, "beta"), reals({1, 2}));
    EXPECT_EQ(first.zips.size(), 1U);
    EXPECT_EQ(first.excludes.size(), 1U);
    const ConfigBlock& second = config.blocks[1];
    EXPECT_EQ(values(second, "beta"), reals({5, 6, 7}));
    EXPECT_EQ(values(second, "leak"), reals({0.1, 0.2}));
    EXPECT_EQ(second.zips, (std::vector<std::vector<std::size_t>>{
                               {index_of("beta"), index_of("pattern_count")}}));
    ASSERT_EQ(second.whens.size(), 1U);
    EXPECT_EQ(second.whens[0].otherwise, Value(9.0));
    EXPECT_EQ(second.excludes.size(), 2U);
}

} // namespace
} // namespace basin
