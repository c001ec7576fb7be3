// Queries from a file, by the real program.

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdint>
#include <sstream>

#include "support/npy_bytes.hpp"
#include "support/program.hpp"
#include "support/small_stores.hpp"
#include "support/temp_folder.hpp"

namespace basin {
namespace {

using nlohmann::json;
using tests::contains;
using tests::npy_bytes;
using tests::read_file;
using tests::run_program;

using Rows = std::vector<std::vector<float>>;

/// Three orthogonal patterns of eight units.
const Rows three{
    {1, 1, 1, 1, 1, 1, 1, 1}, {1, 1, 1, 1, -1, -1, -1, -1}, {1, 1, -1, -1, 1, 1, -1, -1}};

/// Patterns 1 and 2 with a wrong unit each, and pattern 2 as it is.
const Rows queries{
    {-1, 1, 1, 1, -1, -1, -1, -1}, {1, 1, -1, -1, 1, 1, -1, 1}, {1, 1, -1, -1, 1, 1, -1, -1}};

class OwnCuesRun : public testing::Test {
protected:
    std::string path(const std::string& name) const { return (folder_ / name).string(); }

    /// A config of three patterns; `cue` stands in [cue] beside the file of the queries.
    std::string config(const std::string& cue, const std::string& more = "") const {
        return folder_.write("own.toml", "[sweep]\nname = \"own\"\nseed = 7\n" + more +
                                             "\n[patterns]\nsource = \"npy\"\npath = \"" +
                                             path("p.npy") +
                                             "\"\npattern_count = 3\n[cue]\nsource = \"npy\"\n"
                                             "path = \"" +
                                             path("q.npy") + "\"\n" + cue +
                                             "[model]\ninteraction = \"rectified_polynomial\"\n"
                                             "interaction_vertex = 3\n");
    }

    tests::ProgramResult run(const std::string& file, const std::string& store,
                             std::vector<std::string> more = {}) const {
        std::vector<std::string> arguments{"run", file, "--store", path(store), "-q"};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return run_program(arguments);
    }

    /// [point][metric] of a store.
    json points(const std::string& store, const std::string& metrics) const {
        const auto result =
            run_program({"export", path(store), "--format", "jsonl", "--metrics", metrics});
        EXPECT_EQ(result.exit, 0) << result.err;
        json all = json::array();
        std::istringstream lines(result.out);
        for (std::string line; std::getline(lines, line);)
            all.push_back(json::parse(line));
        return all;
    }

    tests::TempFolder folder_;
    std::string patterns_ = folder_.write("p.npy", npy_bytes(three));
    std::string queries_ = folder_.write("q.npy", npy_bytes(queries));
    std::string targets_ = "targets = \"" + folder_.write("t.txt", "1\n2\n0\n") + "\"\n";
};

TEST_F(OwnCuesRun, WithTargetsGiveWhatIsWorkedOutByHand) {
    const auto result = run(config(targets_), "store");
    ASSERT_EQ(result.exit, 0) << result.err;
    const json all = points("store", "exact_recall,recall_error,asked_count");
    ASSERT_EQ(all.size(), 1U);
    // The third query is pattern 2 itself and stays there, four units off pattern 0.
    EXPECT_EQ(all[0]["exact_recall"], 2.0 / 3);
    EXPECT_EQ(all[0]["recall_error"], 4.0 / 24);
    EXPECT_EQ(all[0]["asked_count"], 3);
}

TEST_F(OwnCuesRun, WithoutTargetsAreJudgedByTheNearestMemory) {
    ASSERT_EQ(run(config(""), "store").exit, 0);
    EXPECT_EQ(points("store", "exact_recall")[0]["exact_recall"], 1);
}

TEST_F(OwnCuesRun, ShowPlanStatusVerifyAndRunAloneKnowThem) {
    const std::string file = config(targets_);
    ASSERT_EQ(run(file, "store").exit, 0);
    const auto plan = run_program({"plan", file, "--store", path("store")});
    EXPECT_EQ(plan.exit, 0) << plan.err;
    EXPECT_TRUE(contains(plan.out, "missing 0")) << plan.out;
    EXPECT_TRUE(contains(plan.out, "patterns   p.npy")) << plan.out;
    EXPECT_TRUE(contains(plan.out, "cues       q.npy")) << plan.out;
    EXPECT_TRUE(contains(plan.out, "targets    t.txt")) << plan.out;
    EXPECT_EQ(run_program({"status", path("store")}).exit, 0);
    const auto replay = run_program({"verify", path("store"), "--replay", "9"});
    EXPECT_EQ(replay.exit, 0) << replay.out << replay.err;
    EXPECT_TRUE(contains(replay.out, "1 of 1 point recomputed with equal bits")) << replay.out;

    const auto list = run_program({"show", path("store")});
    const std::string key = list.out.substr(0, 32);
    const auto shown = run_program({"show", path("store"), key});
    EXPECT_TRUE(contains(shown.out, "cue_targets")) << shown.out;
    const auto alone = run_program({"show", path("store"), key, "--config"});
    ASSERT_EQ(alone.exit, 0) << alone.err;
    ASSERT_EQ(run(folder_.write("alone.toml", alone.out), "alone").exit, 0);
    EXPECT_EQ(points("alone", "recall_error"), points("store", "recall_error"));
}

TEST_F(OwnCuesRun, GiveTheSameBytesForAnyThreads) {
    Rows many;
    std::string targets;
    for (std::size_t q = 0; q < 40; ++q) {
        many.push_back(three[q % 3]);
        many.back()[q % 8] *= -1;
        targets += std::to_string(q % 3) + "\n";
    }
    folder_.write("q.npy", npy_bytes(many));
    folder_.write("t.txt", targets);
    const std::string file =
        config("probe_count = [7, -1]\ncorruption = [\"none\", \"flip\"]\n" + targets_,
               "replicates = 3\n");
    const std::vector<std::string> both{"--set", "pattern_count=[1,2,3]"};
    ASSERT_EQ(run(file, "one", {both[0], both[1], "--threads", "1"}).exit, 0);
    ASSERT_EQ(run(file, "three", {both[0], both[1], "--threads", "3"}).exit, 0);
    EXPECT_TRUE(read_file(folder_ / "one/results.h5") == read_file(folder_ / "three/results.h5"));
}

TEST_F(OwnCuesRun, OfContinuousNetworksAreAskedAsTheyAre) {
    // At this beta the state is the memory nearest to the cue, to the last bit of float32.
    const std::string file = config(targets_, "");
    const std::vector<std::string> more{
        "--set", "formulation=softmax", "--set", "binarize=none", "--set", "beta=50"};
    const auto result = run(file, "store", more);
    ASSERT_EQ(result.exit, 0) << result.err;
    const json all = points("store", "exact_recall,identity_recall,mean_squared_error");
    EXPECT_EQ(all[0]["exact_recall"], 2.0 / 3);
    EXPECT_EQ(all[0]["identity_recall"], 2.0 / 3);
    EXPECT_EQ(all[0]["mean_squared_error"], 4.0 * 4 / 24); // four units are 2 off
}

TEST_F(OwnCuesRun, AReplicateThatStoresNoTargetSaysSoAndTheOthersCount) {
    folder_.write("q.npy", npy_bytes({queries[0]}));
    folder_.write("t.txt", "1");
    const std::string file = config(targets_, "replicates = 12\n");
    const auto result = run(file, "store", {"--set", "pattern_count=1"});
    ASSERT_EQ(result.exit, 0) << result.err; // nothing failed
    const json all = points("store", "exact_recall,asked_count");
    ASSERT_EQ(all.size(), 12U);
    std::size_t asked = 0;
    for (const json& point : all) {
        const bool is_done = point["status"] == "done";
        asked += is_done ? 1 : 0;
        EXPECT_EQ(point["status"], is_done ? "done" : "not_applicable");
        EXPECT_EQ(point["exact_recall"], is_done ? json(1) : json(nullptr)) << point;
    }
    EXPECT_GT(asked, 0U);
    EXPECT_LT(asked, 12U);
    // Again: there is nothing left to compute.
    const auto plan =
        run_program({"plan", file, "--store", path("store"), "--set", "pattern_count=1"});
    EXPECT_TRUE(contains(plan.out, "missing 0")) << plan.out;
    const auto shown = run_program({"show", path("store")});
    std::istringstream lines(shown.out);
    bool told = false;
    for (std::string line; std::getline(lines, line);)
        told = told || contains(run_program({"show", path("store"), line.substr(0, 32)}).out,
                                "none of the 1 targets is among the 1 memories");
    EXPECT_TRUE(told);
    EXPECT_EQ(run_program({"verify", path("store"), "--replay", "12"}).exit, 0);
}

TEST_F(OwnCuesRun, WhatDoesNotFitIsRefusedFirstWithFilePlaceAndRemedy) {
    const auto refused = [&](const std::string& cue, const std::string& why) {
        const auto result = run(config(cue), "refused");
        EXPECT_EQ(result.exit, 2) << result.err;
        EXPECT_TRUE(contains(result.err, why)) << result.err;
        EXPECT_FALSE(std::filesystem::exists(folder_ / "refused/results.h5"));
        return result.err;
    };
    const auto targets = [&](const std::string& text) {
        return "targets = \"" + folder_.write("bad.txt", text) + "\"\n";
    };
    EXPECT_TRUE(contains(refused(targets("1\n2\n"), "holds 2 targets, but q.npy"), "own.toml:12:"));
    refused(targets("1\n2\n3\n"), "bad.txt: text: target 2 (counted from 0) is 3, but p.npy");
    refused(targets("1\n-1\n2\n"), "target 1 (counted from 0) is -1");
    refused(targets("1\n0.5\n2\n"), "target 1 (counted from 0) is 0.5");
    refused(targets("1\nnan\n2\n"), "target 1 (counted from 0) is nan");
    refused("targets = \"" + path("missing.npy") + "\"\n", "no such file");
    folder_.write("q.npy", npy_bytes({{1, 2, 3}}));
    EXPECT_TRUE(contains(refused("", "have 3 units, but the patterns have 8"), "own.toml:11:"));
    folder_.write("q.npy",
                  npy_bytes({{1, 1, 1, 1, std::numeric_limits<float>::quiet_NaN(), 1, 1, 1}}));
    refused("", "q.npy");
    std::filesystem::remove(queries_);
    refused("", "no such file");
}

} // namespace
} // namespace basin
