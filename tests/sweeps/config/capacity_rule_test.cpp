#include "models/metrics/metrics.hpp"
#include "sweeps/config/capacity_rule.hpp"
#include "sweeps/plan/plan.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "support/config_text.hpp"

namespace basin {
namespace {

using tests::parse;
using tests::problem;
using tests::problems;

std::string capacity(const std::string& keys, const std::string& rest = "") {
    return "[capacity]\n" + keys + "\n" + rest;
}

const std::string sound = "criterion = \"exact_recall >= 0.5\"\nminimum = 4\nmaximum = 40";

TEST(CapacityRule, WhatIsNotGivenHasDefaults) {
    const Config config = parse(capacity(sound));
    ASSERT_TRUE(config.capacity);
    EXPECT_EQ(config.capacity->criterion.metric, "exact_recall");
    EXPECT_TRUE(config.capacity->criterion.at_least);
    EXPECT_EQ(config.capacity->criterion.threshold, 0.5);
    EXPECT_EQ(config.capacity->relative_width, 0.05);
    EXPECT_EQ(config.capacity->confidence, 0.95);
    EXPECT_EQ(config.capacity->min_replicates, 16U);
    EXPECT_EQ(config.replicates, 64U);
}

TEST(CapacityRule, TakesWhatIsGiven) {
    const Config config = parse(capacity("criterion = \"recall_error<=0.01\"\nminimum = 4\n"
                                         "maximum = 40\nrelative_width = 0.5\nconfidence = 0.9\n"
                                         "replicates = {min = 3, max = 7}"));
    EXPECT_EQ(config.capacity->criterion.text(), "recall_error <= 0.01");
    EXPECT_EQ(config.capacity->min_replicates, 3U);
    EXPECT_EQ(config.replicates, 7U);
    EXPECT_EQ(tests::values(config.blocks[0], "pattern_count"),
              tests::integers({4, 5, 6, 8, 10, 12, 15, 19, 24, 30, 37, 40}));
    EXPECT_NE(Plan(config).resolved_json().find(R"("criterion":"recall_error <= 0.01")"),
              std::string::npos);
}

TEST(CapacityRule, EveryKeyCanBeSet) {
    const Config config =
        parse(capacity(sound + "\nreplicates = {min = 3, max = 7}"),
              {"criterion=recall_error <= 0.01", "capacity.minimum=5", "maximum=50",
               "relative_width=0.5", "capacity.confidence=0.9", "replicates.max=9"});
    ASSERT_TRUE(config.capacity);
    EXPECT_EQ(config.capacity->criterion.text(), "recall_error <= 0.01");
    EXPECT_EQ(config.capacity->minimum, 5U);
    EXPECT_EQ(config.capacity->maximum, 50U);
    EXPECT_EQ(config.capacity->relative_width, 0.5);
    EXPECT_EQ(config.capacity->confidence, 0.9);
    EXPECT_EQ(config.capacity->min_replicates, 3U);
    EXPECT_EQ(config.replicates, 9U);
    EXPECT_EQ(parse(capacity(sound), {"replicates.min=4"}).capacity->min_replicates, 4U);

    const Config made = parse("", {"criterion=ok >= 0.5", "minimum=2", "maximum=8"});
    ASSERT_TRUE(made.capacity);
    EXPECT_EQ(made.capacity->criterion.metric, "ok");

    EXPECT_EQ(problem(capacity(sound), {"capacity.minimun=3"}),
              "--set: error: \"capacity.minimun\": unknown key \"minimun\" of [capacity]; did you "
              "mean \"minimum\"?");
    EXPECT_EQ(
        problem(capacity(sound), {"criterion=exact_recal >= 0.5"}),
        "--set: error: criterion = \"exact_recal >= 0.5\": \"exact_recal\" is no metric from 0 "
        "to 1; did you mean \"exact_recall\"?");
    EXPECT_EQ(problem(capacity(sound), {"minimum=many"}),
              "--set: error: minimum = \"many\": must be an integer from 1 to 10000000");
    EXPECT_EQ(problem("capacity = 3\n", {"minimum=3"}),
              "a.toml:1:12: error: [capacity] must be a table");
}

TEST(CapacityRule, EveryBlockHasTheSamePatternCounts) {
    const Config config = parse(capacity(sound, "[[block]]\n[block.patterns]\ndimension = 20\n"
                                                "[[block]]\n[block.patterns]\ndimension = 30\n"));
    ASSERT_EQ(config.blocks.size(), 2U);
    EXPECT_GT(tests::values(config.blocks[0], "pattern_count").size(), 20U);
    EXPECT_EQ(tests::values(config.blocks[0], "pattern_count"),
              tests::values(config.blocks[1], "pattern_count"));
}

TEST(CapacityRule, ItsMetricsExist) {
    for (const std::string_view name : capacity_metrics())
        EXPECT_NO_THROW(metric_index(name)) << name;
}

TEST(CapacityRule, WhatIsWrongIsToldWithItsPlace) {
    const std::string limits = "\nminimum = 4\nmaximum = 40";
    EXPECT_EQ(
        problem(capacity("criterion = \"exact_recal >= 0.5\"" + limits)),
        "a.toml:2:13: error: criterion = \"exact_recal >= 0.5\": \"exact_recal\" is no metric "
        "from 0 to 1; did you mean \"exact_recall\"?");
    for (const std::string sign : {">", "<"})
        EXPECT_EQ(problem(capacity("criterion = \"exact_recall " + sign + " 0.5\"" + limits)),
                  "a.toml:2:13: error: criterion = \"exact_recall " + sign + " 0.5\": write " +
                      sign + "= in the place of " + sign +
                      ": a curve that meets the threshold is sought, not one that passes it");
    EXPECT_EQ(problem(capacity("criterion = \"exact_recall = 0.5\"" + limits)),
              "a.toml:2:13: error: criterion = \"exact_recall = 0.5\": must be a metric, >= or <=, "
              "and a number, such as \"exact_recall >= 0.5\"");
    for (const std::string threshold : {"1", "0", "half", "0.5x", "nan"})
        EXPECT_EQ(problem(capacity("criterion = \"exact_recall >= " + threshold + "\"" + limits)),
                  "a.toml:2:13: error: criterion = \"exact_recall >= " + threshold +
                      "\": the threshold must be a number between 0 and 1, not \"" + threshold +
                      "\"");
    EXPECT_EQ(problem(capacity("minimum = 4\nmaximum = 40")),
              "a.toml:1:1: error: [capacity] needs criterion: write criterion = \"exact_recall >= "
              "0.5\"");
    EXPECT_EQ(problems(capacity("criterion = \"ok >= 0.5\"")).size(), 2U);
    EXPECT_EQ(problem(capacity(sound + "\nwidth = 1")),
              "a.toml:5:1: error: unknown key \"width\" of [capacity]; known: criterion, minimum, "
              "maximum, relative_width, replicates, confidence");
    EXPECT_EQ(problem(capacity(sound + "\nreplicates = 8")),
              "a.toml:5:14: error: replicates of [capacity]: write {min = 16, max = 64}");
    EXPECT_EQ(problem(capacity(sound + "\nreplicates = {min = 8, max = 4}")),
              "a.toml:5:14: error: replicates: max = 4 is less than min = 8");
    EXPECT_EQ(problem(capacity(sound + "\nrelative_width = 0")),
              "a.toml:5:18: error: relative_width = 0: must be a finite number from 0.001 to 1");
    EXPECT_EQ(
        problem(capacity("criterion = \"ok >= 0.5\"\nminimum = 40\nmaximum = 4")),
        "a.toml:1:1: error: [capacity]: between minimum = 40 and maximum = 4 there is nothing "
        "to look for");
    EXPECT_EQ(problem("capacity = 3\n"), "a.toml:1:12: error: [capacity] must be a table");
}

TEST(CapacityRule, NothingElseMayDecideOnPatternCountsOrReplicates) {
    const std::string taken = "pattern_count is what [capacity] looks for: leave it out, and give "
                              "[capacity] its minimum and maximum";
    EXPECT_EQ(problem(capacity(sound, "[patterns]\npattern_count = 10\n")),
              "a.toml:6:17: error: " + taken);
    EXPECT_EQ(problem(capacity(sound, "[[block]]\n[block.patterns]\npattern_count = [1, 2]\n")),
              "a.toml:7:17: error: " + taken);
    EXPECT_EQ(problem(capacity(sound), {"pattern_count=3"}), "--set: error: " + taken);
    const std::string there = "with a [capacity] replicates = {min, max} belong there; --set "
                              "replicates.max=64 sets one of them";
    EXPECT_EQ(problem(capacity(sound, "[sweep]\nreplicates = 3\n")),
              "a.toml:6:14: error: " + there);
    EXPECT_EQ(problem(capacity(sound), {"replicates=3"}), "--set: error: " + there);
    EXPECT_EQ(problem(capacity(sound, "[[exclude]]\npattern_count = \">= 5\"\n")),
              "a.toml:1:1: error: with a [capacity] no [[exclude]] can depend on pattern_count");
    EXPECT_EQ(problem(capacity(sound, "[model]\nbeta = [1, 2]\n[[when]]\nparameter = \"beta\"\n"
                                      "if = {pattern_count = \">= 5\"}\n")),
              "a.toml:7:1: error: with a [capacity] no [[when]] can have to do with pattern_count");
}

} // namespace
} // namespace basin
