#include "sweeps/config/stopping_rule.hpp"

#include <gtest/gtest.h>

#include "support/config_text.hpp"

namespace basin {
namespace {

using tests::parse;
using tests::problem;
using tests::problems;

std::string replicates(const std::string& rule) {
    return "[sweep]\nreplicates = " + rule + "\n";
}

TEST(StoppingRule, BatchAndMetricHaveDefaults) {
    const Config config = parse(replicates("{min = 8, max = 64, half_width = 0.005}"));
    ASSERT_TRUE(config.stopping);
    EXPECT_EQ(config.stopping->min, 8U);
    EXPECT_EQ(config.stopping->batch, 8U);
    EXPECT_EQ(config.stopping->max, 64U);
    EXPECT_EQ(config.stopping->half_width, 0.005);
    EXPECT_EQ(config.stopping->metric, "recall_error");
    EXPECT_EQ(config.replicates, 64U);
}

TEST(StoppingRule, TakesWhatIsGiven) {
    const Config config = parse(
        replicates(R"({min = 4, batch = 2, max = 9, half_width = 1, metric = "iterations"})"));
    EXPECT_EQ(config.stopping->batch, 2U);
    EXPECT_EQ(config.stopping->metric, "iterations");
    EXPECT_NE(Plan(config).resolved_json().find(R"("stopping":{"batch":2,)"), std::string::npos);
}

TEST(StoppingRule, ANumberReplacesIt) {
    const std::string text = replicates("{min = 8, max = 64, half_width = 0.005}");
    const Config config = parse(text, {"replicates=3"});
    EXPECT_FALSE(config.stopping);
    EXPECT_EQ(config.replicates, 3U);
    EXPECT_EQ(Plan(config).resolved_json().find("stopping"), std::string::npos);
}

TEST(StoppingRule, WhatIsWrongIsToldWithItsPlace) {
    EXPECT_EQ(problem(replicates("{min = 8, max = 4, half_width = 0.1}")),
              "a.toml:2:14: error: replicates: max = 4 is less than min = 8");
    EXPECT_EQ(problem(replicates("{min = 1, max = 4, half_width = 0.1}")),
              "a.toml:2:21: error: min = 1: must be an integer from 2 to 1000000");
    EXPECT_EQ(problem(replicates("{min = 2, max = 4, half_width = 0}")),
              "a.toml:2:46: error: half_width = 0: must be a finite number greater than 0");
    EXPECT_EQ(problem(replicates("{min = 2, max = 4}")),
              "a.toml:2:14: error: replicates needs half_width: write {min = 8, max = 64, "
              "half_width = 0.005}, or their number");
    EXPECT_EQ(problem(replicates("{min = [2, 3], max = 4, half_width = 1}")),
              "a.toml:2:21: error: min takes one value");
    EXPECT_EQ(problem(replicates("{min = 2, max = 4, half_width = 1, halfwidth = 2}")),
              "a.toml:2:49: error: unknown key \"halfwidth\" of replicates; did you mean "
              "\"half_width\"?");
    const std::string metric =
        problem(replicates(R"({min = 2, max = 4, half_width = 1, metric = "recal_error"})"));
    EXPECT_NE(metric.find("did you mean \"recall_error\"?"), std::string::npos) << metric;
    EXPECT_EQ(problems(replicates("{}")).size(), 3U);
}

} // namespace
} // namespace basin
