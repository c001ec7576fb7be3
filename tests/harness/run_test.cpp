// A sweep from config to results.h5, plan and report by the real program.

#include "results/cube/result_cube.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <chrono>
#include <string>
#include <thread>
#include <vector>

#include "support/cifar10_bytes.hpp"
#include "support/tiny_run.hpp"

namespace basin {
namespace {

using namespace tests;
using nlohmann::json;

TEST_F(Run, ResultsAreTheSameBytesForAnyThreadsAndTime) {
    run("one", {"--threads", "1"});
    std::this_thread::sleep_for(std::chrono::milliseconds(1100)); // another second on the clock
    run("two", {"--threads", "2"});

    ASSERT_FALSE(bytes("one").empty());
    EXPECT_TRUE(bytes("one") == bytes("two"));
}

/// One scene, whose probes walk in many pieces; settings that walk together and apart.
TEST_F(Run, OneLargeSceneIsTheSameBytesForAnyThreads) {
    const std::string large = folder_.write("large.toml", R"(
[patterns]
dimension = 64
pattern_count = 500
[cue]
cue_level = 0.15
probe_count = 200
[model]
formulation = ["original", "normalized"]
interaction_vertex = [2, 3, 25]
precision = ["float16", "float32", "exact"]
[recall]
update = ["async_permutation", "sync"]
attribution = ["all", "none"]
)");
    const auto bytes_on = [&](const std::string& threads) {
        const auto result =
            run_program({"run", large, "--store", path(threads), "--threads", threads, "--json"});
        EXPECT_EQ(result.exit, 0) << result.err;
        EXPECT_EQ(json::parse(result.out)["computed"], 2 * 3 * 3 * 2 * 2);
        return bytes(threads);
    };
    const std::string one = bytes_on("1");
    ASSERT_FALSE(one.empty());
    EXPECT_TRUE(bytes_on("2") == one);
    EXPECT_TRUE(bytes_on("3") == one);
}

TEST_F(Run, MoreSettingsThanABatchAreTheSameBytesForAnyThreads) {
    const std::vector<std::string> many{"--set", "beta=log(0.1, 10, 200)", "--set", "replicates=1",
                                        "--set", "pattern_count=3"};
    const auto bytes_on = [&](const std::string& threads) {
        std::vector<std::string> arguments = many;
        arguments.insert(arguments.end(), {"--threads", threads});
        run(threads, arguments);
        return bytes(threads);
    };
    EXPECT_TRUE(bytes_on("1") == bytes_on("3"));
}

TEST_F(Run, ASceneThatCannotBeMadeFailsItsPointsAlone) {
    // Sizes of blocks that mix sources are not checked beforehand.
    const std::string idx = folder_.write(
        "small.idx", std::string("\0\0\x08\x02\0\0\0\x03\0\0\0\x04", 12) +
                         std::string("\0\x20\x40\x60\x80\xff\x01\x02\x03\x04\x05\x06", 12));
    const std::string mixed = folder_.write(
        "mixed.toml", "[patterns]\nsource = [\"random_bipolar\", \"idx\"]\npath = \"" + idx +
                          "\"\npattern_count = [2, 9]\ndimension = 4\n");
    const auto result = run_program({"run", mixed, "--store", path("mixed"), "--json"});

    EXPECT_EQ(result.exit, 3) << result.err;
    const json session = json::parse(result.out);
    EXPECT_EQ(session["computed"], 4);
    EXPECT_EQ(session["failed"], 1);
}

TEST_F(Run, ImagesAreRecalledInColourAndInGrey) {
    std::string records;
    for (int r = 0; r < 5; ++r)
        records += tests::cifar10_record(r, 50 * r);
    const std::string sweep = "[patterns]\nsource = \"cifar10\"\npath = \"" +
                              folder_.write("a.bin", records) +
                              "\"\npattern_count = 3\nchannels = [\"as_stored\", \"grey\"]\n"
                              "binarize = \"mean\"\n[model]\ninteraction_vertex = 3\n";
    const auto result =
        run_program({"run", folder_.write("images.toml", sweep), "--store", path("images")});
    ASSERT_EQ(result.exit, 0) << result.err;

    const Hypercube cube(folder_ / "images" / "results.h5");
    const CubeAxis* channels = cube.axis("channels");
    ASSERT_NE(channels, nullptr);
    EXPECT_EQ(channels->labels, (std::vector<std::string>{"as_stored", "grey"}));
    EXPECT_EQ(run_program({"verify", path("images"), "--replay", "2"}).exit, 0);
}

TEST_F(Run, TheCubeHoldsWhatWasSwept) {
    run("store");
    const Hypercube cube(folder_ / "store" / "results.h5");

    std::vector<std::string> names;
    for (const CubeAxis& axis : cube.axes())
        names.push_back(axis.name);
    EXPECT_EQ(names, (std::vector<std::string>{"pattern_count", "cue_level", "formulation",
                                               "interaction_vertex", "beta", "replicate"}));
    const auto status = cube.read("status");
    EXPECT_EQ(status.size(), 2U * 2 * 3 * 3 * 2 * 2);
    for (const double value : status)
        EXPECT_EQ(value, 1.0);
}

TEST_F(Run, ThePlanTellsWhereItsTimeComesFrom) {
    const auto plan = [&](std::vector<std::string> more) {
        std::vector<std::string> arguments{"plan", config_, "--json"};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return json::parse(run_program(arguments).out);
    };
    const json before = plan({"--threads", "3"});
    EXPECT_EQ(before["predicted_from"], "defaults");
    EXPECT_EQ(before["threads"], 3);
    EXPECT_GT(before["predicted_s"], 0.0);
    run("store");

    const json more = plan({"--store", path("store"), "--set", "replicates=4"});
    EXPECT_EQ(more["predicted_from"], "store");
    const json other = plan({"--store", path("store"), "--set", "replicates=4", "--set",
                             "update=[\"async_permutation\", \"sync\"]"});
    EXPECT_EQ(other["predicted_from"], "store and defaults");
}

TEST_F(Run, ReportWritesAPageAndFindings) {
    run("store");
    const auto result = run_program({"report", "sweep", path("store"), "--json"});
    ASSERT_EQ(result.exit, 0) << result.err;
    const json report = json::parse(result.out);
    EXPECT_NE(read_file(report["report"].get<std::string>()).find("<!doctype html>"),
              std::string::npos);
    EXPECT_EQ(run_program({"report", "sweep", path("nowhere")}).exit, 74);
}

TEST_F(Run, StabilityReportPutsTheoryBesideTheRun) {
    run("store");
    const std::string page = path("stability.html");
    const auto result =
        run_program({"report", "stability", path("store"), "--out", page, "--json"});

    ASSERT_EQ(result.exit, 0) << result.err;
    const json report = json::parse(result.out);
    EXPECT_EQ(report["report"], page);
    ASSERT_FALSE(report["findings"].empty());
    EXPECT_NE(report["findings"][0].get<std::string>().find("predictions of theory hold"),
              std::string::npos)
        << report["findings"];
    EXPECT_NE(read_file(page).find("<table id=\"frontiers\">"), std::string::npos);
}

TEST_F(Run, SessionsAreToldApartFromResults) {
    run("store");
    const json session = json::parse(read_file(folder_ / "store" / "sessions.jsonl"));
    for (const char* key :
         {"host", "cpu", "threads", "command", "start", "end", "exit", "kernel_path"})
        EXPECT_TRUE(session.contains(key)) << key;
    EXPECT_GT(session["busy_share"], 0.0);
    EXPECT_LE(session["busy_share"], 1.0);
    EXPECT_GE(session["tail_s"], 0.0);
    EXPECT_LE(session["tail_s"], session["loop_s"].get<double>() * session["threads"].get<int>());
}

} // namespace
} // namespace basin
