#include "sweeps/config/config.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <limits>

#include "support/config_text.hpp"

namespace basin {
namespace {

using tests::integers;
using tests::parse;
using tests::problem;
using tests::problems;
using tests::reals;
using tests::values;

TEST(Config, AnEmptyFileIsOnePointOfDefaults) {
    const Config config = parse("");

    EXPECT_EQ(config.name, "sweep");
    EXPECT_EQ(config.seed, 1U);
    EXPECT_EQ(config.replicates, 1U);
    ASSERT_EQ(config.blocks.size(), 1U);
    EXPECT_TRUE(config.blocks[0].axes.empty());
}

TEST(Config, ReadsEverySection) {
    const Config config = parse(R"toml(
[sweep]
name = "stability"
seed = 42
replicates = 8
[patterns]
pattern_count = [10, 20]
[cue]
cue_level = "range(0, 0.3, 0.1)"
[model]
beta = [1, "log(10, 1000, 3)"]
similarity = "dot + cosine"
[recall]
tie = "plus"
)toml");

    EXPECT_EQ(config.name, "stability");
    EXPECT_EQ(config.seed, 42U);
    EXPECT_EQ(config.replicates, 8U);
    const ConfigBlock& block = config.blocks.at(0);
    EXPECT_EQ(values(block, "pattern_count"), integers({10, 20}));
    EXPECT_EQ(values(block, "cue_level"), reals({0, 0.1, 0.2, 0.3}));
    EXPECT_EQ(values(block, "beta"), reals({1, 10, 100, 1000}));
    EXPECT_EQ(values(block, "similarity"), (std::vector<Value>{"dot", "cosine"}));
    EXPECT_EQ(values(block, "tie"), (std::vector<Value>{"plus"}));
}

TEST(Config, KeepsTextsAndPlacesOfAxes) {
    const Config config = parse("[model]\nbeta = [1, 2.0]\nsimilarity = [\"dot\"]\n");

    const std::vector<Axis>& axes = config.blocks[0].axes;
    ASSERT_EQ(axes.size(), 2U);
    EXPECT_EQ(axes[0].text, "[1, 2.0]");
    EXPECT_EQ(axes[0].place.line, 2U);
    EXPECT_EQ(axes[0].place.column, 8U);
    EXPECT_EQ(axes[1].text, "[\"dot\"]");
}

TEST(Config, AxesComeInCanonicalOrder) {
    const Config config = parse("[model]\nbeta = 2\n[patterns]\nbias = 0\n[cue]\ncue_level = 0\n");

    EXPECT_TRUE(std::ranges::is_sorted(config.blocks[0].axes, {}, &Axis::parameter));
}

TEST(Config, ReportsEverythingAtOnce) {
    const std::vector<std::string> messages = problems(R"toml([patterns]
source = "idx"
path = "/no/such/file.gz"
pattern_count = 0
[model]
betta = [1,2]
interaction_vertex = [2, "x"]
)toml");

    ASSERT_EQ(messages.size(), 4U);
    EXPECT_EQ(messages[0], "a.toml:3:8: error: path = \"/no/such/file.gz\": no such file");
    EXPECT_EQ(messages[1], "a.toml:4:17: error: pattern_count = 0: must be an integer from 1 to "
                           "10000000");
    EXPECT_EQ(messages[2], "a.toml:6:1: error: unknown key \"betta\" in [model]; did you mean "
                           "\"beta\"?");
    EXPECT_EQ(messages[3], "a.toml:7:26: error: interaction_vertex = \"x\": must be an integer "
                           "from 1 to 10000");
}

TEST(Config, TomlErrorsHaveTheirPlace) {
    const std::string message = problem("[model]\nbeta = = 1\n");

    EXPECT_TRUE(message.starts_with("a.toml:2:8: error: ")) << message;
}

TEST(Config, DuplicateKeysAreTomlErrors) {
    const std::string message = problem("[model]\nbeta = 1\nbeta = 2\n");

    EXPECT_TRUE(message.starts_with("a.toml:3:")) << message;
}

TEST(Config, SeedsHave64Bits) {
    constexpr std::uint64_t most = std::numeric_limits<std::uint64_t>::max();
    EXPECT_EQ(parse("[sweep]\nseed = \"18446744073709551615\"\n").seed, most);
    EXPECT_EQ(parse("[sweep]\nseed = \"9223372036854775808\"\n").seed, (most >> 1U) + 1);
    EXPECT_EQ(parse("[sweep]\nseed = 9223372036854775807\n").seed, most >> 1U);
    EXPECT_EQ(parse("", {"seed=18446744073709551615"}).seed, most);
    EXPECT_EQ(parse("[sweep]\nseed = \"18446744073709551615\"\n", {"seed=3"}).seed, 3U);
}

} // namespace
} // namespace basin
