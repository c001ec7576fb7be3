// Runs on a store that is there: what they leave alone, add, refuse and take up again.

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include "support/tiny_run.hpp"

namespace basin {
namespace {

using namespace tests;
using nlohmann::json;

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

/// A run that has begun to write its journal.
class StopTest : public Run, public testing::WithParamInterface<int> {
protected:
    void wait_for_points(const std::string& store) const {
        const auto journals = folder_ / store / "journals";
        for (int i = 0; i < 2000; ++i) {
            std::error_code none;
            std::uintmax_t size = 0;
            for (const auto& file : std::filesystem::directory_iterator(journals, none))
                size += file.file_size();
            if (size > 20000) return;
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
        }
        FAIL() << "no points within 10 s";
    }
    const std::vector<std::string> large_{
        "--set", "dimension=200", "--set", "pattern_count=[100, 200]", "--set", "replicates=20"};
};

TEST_P(StopTest, KeepsWhatIsDoneAndTheRunGoesOn) {
    std::vector<std::string> arguments{"run", config_, "--store", path("stopped")};
    arguments.insert(arguments.end(), large_.begin(), large_.end());
    const tests::RunningProgram program(arguments);
    wait_for_points("stopped");

    program.signal(GetParam());
    const auto result = program.wait();

    EXPECT_EQ(result.exit, 4) << result.out << result.err;
    // The program tells it of the store, or, where there was no time left to look at it, without.
    const std::string told = result.out + result.err;
    EXPECT_NE(told.find("the same command goes on"), std::string::npos) << told;
    const json status = json::parse(run_program({"status", path("stopped"), "--json"}).out);
    EXPECT_GT(status["done"], 0);
    EXPECT_GT(status["missing"], 0);

    run("stopped", large_);
    run("undisturbed", large_);
    EXPECT_TRUE(bytes("stopped") == bytes("undisturbed"));
}

INSTANTIATE_TEST_SUITE_P(Signals, StopTest, testing::Values(SIGINT, SIGTERM),
                         [](const auto& signal) {
                             return signal.param == SIGINT ? "Interrupt" : "Terminate";
                         });

} // namespace
} // namespace basin
