// A sweep from config to results.h5 by the real program: identity of bytes, resumption, growth.

#include "results/hypercube.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <chrono>
#include <thread>

#include "support/cifar10_bytes.hpp"
#include "support/program.hpp"
#include "support/temp_folder.hpp"

namespace basin {
namespace {

using nlohmann::json;
using tests::read_file;
using tests::run_program;

const std::string tiny_sweep = R"(
[sweep]
name = "tiny"
seed = 7
replicates = 2
[patterns]
dimension = 24
pattern_count = [3, 6]
[cue]
cue_level = [0.1, 0.3]
[model]
formulation = ["original", "normalized", "classical"]
interaction_vertex = [2, 3, 25]
beta = [0.5, 2.0]
)";

class Run : public testing::Test {
protected:
    json run(const std::string& store, std::vector<std::string> more = {}) {
        std::vector<std::string> arguments{"run", config_, "--store", path(store), "--json"};
        arguments.insert(arguments.end(), more.begin(), more.end());
        const auto result = run_program(arguments);
        EXPECT_EQ(result.exit, 0) << result.err;
        return result.out.empty() ? json{} : json::parse(result.out);
    }
    std::string path(const std::string& name) const { return (folder_ / name).string(); }
    std::string bytes(const std::string& store) const {
        return read_file(folder_ / store / "results.h5");
    }

    tests::TempFolder folder_;
    std::string config_ = folder_.write("tiny.toml", tiny_sweep);
};

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

TEST_F(Run, AFinishedStoreIsLeftAsItIs) {
    run("store");
    const std::string before = bytes("store");
    const auto written = std::filesystem::last_write_time(folder_ / "store" / "results.h5");

    const json again = run("store");

    EXPECT_EQ(again["computed"], 0);
    EXPECT_EQ(std::filesystem::last_write_time(folder_ / "store" / "results.h5"), written);
    EXPECT_TRUE(bytes("store") == before);
}

TEST_F(Run, AWiderSweepComputesOnlyWhatIsNew) {
    const json first = run("grown", {"--set", "pattern_count=3"});
    const json second = run("grown");
    run("whole");

    EXPECT_EQ(first["computed"].get<int>() + second["computed"].get<int>(), 2 * 2 * 2 * 3 * 3 * 2);
    EXPECT_EQ(second["computed"], first["computed"]);
    EXPECT_TRUE(bytes("grown") == bytes("whole"));
}

TEST_F(Run, ANewAxisKeepsWhatWasComputedAtItsDefault) {
    const json first = run("axis");
    const json second = run("axis", {"--set", "tie=[\"keep\", \"plus\"]"});
    EXPECT_EQ(second["computed"], first["computed"]);
    EXPECT_EQ(second["done_before"], first["computed"]);
}

TEST_F(Run, WhatGrowsIsComputedOnceAndEndsAsIfItHadAlwaysBeenThere) {
    const std::string narrow = "beta=log(0.25, 4, 5)";
    const std::string wide = "beta=log(0.25, 4, 9)";
    const std::string axis = "precision=[float32, float64]";
    const json first = run("grown", {"--set", narrow, "--set", "replicates=1"});
    const json wider = run("grown", {"--set", wide, "--set", "replicates=1"});
    const json axes = run("grown", {"--set", wide, "--set", "replicates=1", "--set", axis});
    const std::vector<std::string> all{"--set", wide, "--set", "replicates=3", "--set", axis};
    const json replicates = run("grown", all);
    const json whole = run("whole", all);

    const auto computed = [](const json& session) { return session["computed"].get<int>(); };
    EXPECT_EQ(computed(first), 2 * 2 * 3 * 3 * 5);
    EXPECT_EQ(computed(wider), 2 * 2 * 3 * 3 * 4);
    EXPECT_EQ(computed(axes), 2 * 2 * 3 * 3 * 9);
    EXPECT_EQ(computed(replicates), 2 * 2 * 3 * 3 * 9 * 2 * 2);
    EXPECT_EQ(computed(first) + computed(wider) + computed(axes) + computed(replicates),
              computed(whole));
    EXPECT_TRUE(bytes("grown") == bytes("whole"));
}

// Which replicates there are depends on the rule alone, not on threads, interruptions or what was
// there before.
TEST_F(Run, AStoppingRuleGivesTheSameBytesHoweverItsReplicatesCame) {
    const std::string sequential = folder_.write("sequential.toml", R"(
[sweep]
name = "tiny"
seed = 7
replicates = {min = 3, batch = 2, max = 12, half_width = 0.03}
[patterns]
dimension = 24
pattern_count = [2, 6, 12]
[cue]
cue_level = [0.1, 0.3]
[model]
interaction_vertex = [2, 3]
)");
    config_ = sequential;
    const json first = run("one", {"--threads", "1"});
    EXPECT_GT(first["rounds"], 1);
    EXPECT_LT(first["computed"], 3 * 2 * 2 * 12); // some combinations had enough
    EXPECT_GT(first["computed"], 3 * 2 * 2 * 3);  // and some had not
    run("two", {"--threads", "2"});
    EXPECT_TRUE(bytes("one") == bytes("two"));

    run("before", {"--set", "replicates=5"}); // more than some need
    const json after = run("before");
    EXPECT_LT(after["computed"], first["computed"]);
    EXPECT_TRUE(bytes("one") == bytes("before"));

    EXPECT_EQ(run("one")["computed"], 0);
    const json status = json::parse(run_program({"status", path("one"), "--json"}).out);
    EXPECT_EQ(status["missing"], 0);
    EXPECT_EQ(status["done"], first["computed"]);
    EXPECT_EQ(status["not_needed"].get<int>() + status["done"].get<int>(), 3 * 2 * 2 * 12);
}

TEST_F(Run, AnotherSeedOrNameIsRefused) {
    run("store");
    for (const char* change : {"seed=8", "name=other"}) {
        const auto result =
            run_program({"run", config_, "--store", path("store"), "--set", change, "--quiet"});
        EXPECT_EQ(result.exit, 7) << change;
        EXPECT_NE(result.err.find("another --store folder"), std::string::npos) << result.err;
    }
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

TEST_F(Run, AnInterruptKeepsWhatIsDoneAndTheRunGoesOn) {
    const std::vector<std::string> large{
        "--set", "dimension=200", "--set", "pattern_count=[100, 200]", "--set", "replicates=20"};
    std::vector<std::string> arguments{"run", config_, "--store", path("stopped")};
    arguments.insert(arguments.end(), large.begin(), large.end());
    const tests::RunningProgram program(arguments);
    // Any moment will do; the journal shows that points are being made.
    const auto journals = folder_ / "stopped" / "journals";
    for (int i = 0; i < 2000; ++i) {
        std::error_code none;
        std::uintmax_t size = 0;
        for (const auto& file : std::filesystem::directory_iterator(journals, none))
            size += file.file_size();
        if (size > 20000) break;
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }

    program.signal(SIGINT);
    const auto result = program.wait();

    EXPECT_EQ(result.exit, 4) << result.out << result.err;
    EXPECT_NE(result.out.find("the same command goes on"), std::string::npos) << result.out;
    const json status = json::parse(run_program({"status", path("stopped"), "--json"}).out);
    EXPECT_GT(status["done"], 0);
    EXPECT_GT(status["missing"], 0);

    run("stopped", large);
    run("undisturbed", large);
    EXPECT_TRUE(bytes("stopped") == bytes("undisturbed"));
}

TEST_F(Run, TenMillionPointsNeedLittleMemory) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    GTEST_SKIP() << "a sanitizer's own memory counts too";
#elif defined(__has_feature) // clang's way of saying so
#if __has_feature(thread_sanitizer) || __has_feature(address_sanitizer)
    GTEST_SKIP() << "a sanitizer's own memory counts too";
#endif
#endif
    constexpr long limit_kb = 200 * 1024;
    const std::string large =
        folder_.write("large.toml", "[sweep]\nreplicates = 100\n"
                                    "[patterns]\ndimension = 20\npattern_count = 5\n"
                                    "[model]\ninteraction_vertex = \"range(1, 100, 1)\"\n"
                                    "beta = \"log(0.01, 100, 1000)\"\n");
    const auto planned = run_program({"plan", large, "--json"});
    EXPECT_EQ(json::parse(planned.out)["points"], 10'000'000);
    EXPECT_LT(planned.peak_kb, limit_kb);

    const tests::RunningProgram program({"run", large, "--store", path("large"), "--quiet"});
    std::this_thread::sleep_for(std::chrono::seconds(2));
    program.signal(SIGTERM);
    const auto stopped = program.wait();

    EXPECT_EQ(stopped.exit, 4) << stopped.err;
    EXPECT_LT(stopped.peak_kb, limit_kb);
}

/// Most of the memory is the scene's bits, K N / 4 bytes, and match counts and weights, 24 K bytes.
TEST_F(Run, TheMemoryThatThePlanTellsIsTaken) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    GTEST_SKIP() << "a sanitizer's own memory counts too";
#elif defined(__has_feature) // clang's way of saying so
#if __has_feature(thread_sanitizer) || __has_feature(address_sanitizer)
    GTEST_SKIP() << "a sanitizer's own memory counts too";
#endif
#endif
    const std::string wide = folder_.write("wide.toml", "[patterns]\ndimension = 1000\n"
                                                        "pattern_count = 400000\n"
                                                        "[cue]\nprobe_count = 4\n"
                                                        "[model]\ninteraction_vertex = 20\n"
                                                        "formulation = \"normalized\"\n");
    for (const std::string threads : {"1", "2"}) {
        const auto planned = run_program({"plan", wide, "--threads", threads, "--json"});
        const auto ran =
            run_program({"run", wide, "--store", path(threads), "--threads", threads, "--quiet"});
        ASSERT_EQ(ran.exit, 0) << ran.err;

        const double need_kb =
            json::parse(planned.out)["memory"]["need_bytes"].get<double>() / 1024;
        // The bits alone are 98 MB. What is told is what may be needed: two companies a thread,
        // with weights in double, of which a run like this has one, in float.
        EXPECT_GT(need_kb, static_cast<double>(ran.peak_kb)) << threads;
        EXPECT_LT(need_kb, 1.5 * static_cast<double>(ran.peak_kb)) << threads;
    }
}

TEST_F(Run, MoreMemoryThanAllowedIsRefusedBeforeAnythingIsThere) {
    const auto refused = run_program({"run", config_, "--store", path("store"), "--memory", "10M"});
    EXPECT_EQ(refused.exit, 2);
    EXPECT_NE(refused.err.find("more than the 10 MB"), std::string::npos) << refused.err;
    EXPECT_FALSE(std::filesystem::exists(folder_ / "store"));

    EXPECT_EQ(run_program({"run", config_, "--store", path("store"), "--memory", "lots"}).exit, 2);
    EXPECT_EQ(run_program({"run", config_, "--store", path("store"), "--memory", "1G"}).exit, 0);
    // With nothing left to compute nothing is needed.
    EXPECT_EQ(run_program({"run", config_, "--store", path("store"), "--memory", "10M"}).exit, 0);
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
