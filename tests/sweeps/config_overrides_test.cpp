#include "sweeps/config/config.hpp"

#include <gtest/gtest.h>

#include "support/config_text.hpp"

namespace basin {
namespace {

using tests::parse;
using tests::problem;
using tests::problems;
using tests::reals;
using tests::values;

TEST(Config, OverridesReplaceTheFilesAndTheBlocksAxes) {
    const Config config =
        parse("[model]\nbeta = 1\n[[block]]\n[[block]]\n[block.model]\nbeta = [2, 3]\n",
              {"beta=log(1, 100, 3) + 7", "similarity=[dot, cosine]", "seed=5", "replicates=3",
               "name=other", "path=/a/b+c"});

    EXPECT_EQ(config.seed, 5U);
    EXPECT_EQ(config.replicates, 3U);
    EXPECT_EQ(config.name, "other");
    ASSERT_EQ(config.blocks.size(), 2U);
    for (const ConfigBlock& block : config.blocks) {
        EXPECT_EQ(values(block, "beta"), reals({1, 10, 100, 7}));
        EXPECT_EQ(values(block, "similarity"), (std::vector<Value>{"dot", "cosine"}));
        EXPECT_EQ(values(block, "path"), (std::vector<Value>{"/a/b+c"}));
    }
    EXPECT_EQ(config.overrides.size(), 6U);
}

TEST(Config, TheLastOverrideOfAParameterCounts) {
    EXPECT_EQ(values(parse("", {"beta=2", "beta=3"}).blocks[0], "beta"), reals({3}));
}

TEST(Config, WhatAStoreCouldNotKeepAsJsonIsRefused) {
    EXPECT_EQ(parse("", {"name=caf\xC3\xA9"}).name, "caf\xC3\xA9");
    for (const std::string assignment : {"name=caf\xE9", "path=\xC3", "path=\xED\xA0\x80"})
        EXPECT_EQ(problem("", {assignment}),
                  "--set: error: \"" + assignment + "\": the text is not UTF-8");
    EXPECT_THROW(parse_config("", "caf\xE9.toml", {}), ConfigError);
}

TEST(Config, OverridesAreReportedWithTheirText) {
    const std::vector<std::string> messages =
        problems("[model]\nleak = -1\n", {"betta=1", "beta", "beta=0", "seed=x", "name=a/b"});

    ASSERT_EQ(messages.size(), 6U);
    EXPECT_EQ(messages[0], "a.toml:2:8: error: leak = -1: must be a finite number of at least 0");
    EXPECT_EQ(messages[1], "--set: error: \"betta=1\": unknown parameter \"betta\"; did you mean "
                           "\"beta\"?");
    EXPECT_EQ(messages[2], "--set: error: \"beta\": write name=value");
    EXPECT_EQ(messages[3],
              "--set: error: \"beta=0\": beta = 0: must be a finite number greater than 0");
    EXPECT_EQ(messages[4],
              "--set: error: \"seed=x\": seed = \"x\": must be an integer of at least 0");
    EXPECT_NE(messages[5].find("a/b"), std::string::npos);
}

} // namespace
} // namespace basin
