// The critical pattern count, found by the real program.

#include <algorithm>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <map>
#include <sstream>
#include <thread>

#include "support/capacity_program.hpp"

namespace basin::tests {
namespace {

/// The largest pattern count of a plain grid whose mean is on the criterion's side, and the least
/// that is not.
TEST_F(Capacity, LiesWithinTheBracketOfAPlainGrid) {
    const json result = found(config(half_recalled), "searched");
    ASSERT_EQ(result["curves"].size(), 2U);

    const std::string grid = folder_.write("grid.toml", two_curves);
    ASSERT_EQ(run_program({"run", grid, "--store", path("grid"), "--quiet", "--set",
                           "pattern_count=[8,10,13,16,20,25,32,40]", "--set", "replicates=200"})
                  .exit,
              0);
    const auto exported =
        run_program({"export", path("grid"), "--format", "jsonl", "--metrics", "exact_recall"});
    std::map<std::string, std::map<int, double>> sums;
    std::istringstream lines(exported.out);
    for (std::string line; std::getline(lines, line);) {
        const json row = json::parse(line);
        sums[row["formulation"]][row["pattern_count"]] += row["exact_recall"].get<double>();
    }
    ASSERT_EQ(sums.size(), 2U);
    for (const json& curve : result["curves"]) {
        int passing = 0;
        int failing = 1000;
        for (const auto& [count, sum] : sums[curve["formulation"]])
            if (sum >= 0.5 * 200)
                passing = std::max(passing, count);
            else
                failing = std::min(failing, count);
        ASSERT_LT(passing, failing);
        EXPECT_GT(curve["critical_pattern_count"], passing) << curve;
        EXPECT_LT(curve["critical_pattern_count"], failing) << curve;
        EXPECT_LT(curve["lower"], curve["critical_pattern_count"]);
        EXPECT_GT(curve["upper"], curve["critical_pattern_count"]);
        // Two formulations side by side cost no more than their own scenes.
        EXPECT_LT(curve["scenes"], 6 * 64);
    }
}

TEST_F(Capacity, ARisingMetricIsFoundFromItsSide) {
    const json result = found(config("criterion = \"recall_error <= 0.05\"\nminimum = 2\n"
                                     "maximum = 100\nrelative_width = 0.2\n"),
                              "store");
    for (const json& curve : result["curves"]) {
        EXPECT_EQ(curve["state"], "found") << curve;
        EXPECT_GT(curve["slope"], 0.0);
    }
}

TEST_F(Capacity, AgainNothingIsComputedAndTheTableIsTheSame) {
    const std::string file = config(half_recalled);
    const json first = found(file, "store");
    const std::string before = table("store");
    const json second = found(file, "store");

    EXPECT_GT(first["computed"], 0);
    EXPECT_EQ(second["computed"], 0);
    EXPECT_EQ(second["curves"], first["curves"]);
    EXPECT_EQ(table("store"), before);
    EXPECT_EQ(std::ranges::count(before, '\n'), 3);

    const json status = json::parse(run_program({"status", path("store"), "--json"}).out);
    EXPECT_EQ(status["done"], first["computed"]);
    EXPECT_EQ(status["missing"], 0);
    EXPECT_EQ(run_program({"verify", path("store"), "--replay", "5"}).exit, 0);
}

TEST_F(Capacity, ThreadsAndSupervisionDoNotShow) {
    const std::string file = config(half_recalled);
    found(file, "one", {"--threads", "1"});
    found(file, "two", {"--threads", "2"});
    found(file, "bare", {"--threads", "2", "--in-process"});
    EXPECT_EQ(table("one"), table("two"));
    EXPECT_EQ(table("one"), table("bare"));
    EXPECT_TRUE(read_file(folder_ / "one" / "results.h5") ==
                read_file(folder_ / "two" / "results.h5"));
}

/// Of a grid that has what a search never asks for, and of what it does only some replicates.
TEST_F(Capacity, PointsThatAreThereAreUsedAndChangeNothing) {
    const std::string file = config(half_recalled);
    const json whole = found(file, "whole");
    const std::string grid = folder_.write("grid.toml", two_curves);
    ASSERT_EQ(run_program({"run", grid, "--store", path("grown"), "--quiet", "--set",
                           "pattern_count=[4,8,17,20,21,22,99]", "--set", "replicates=11"})
                  .exit,
              0);
    const json grown = found(file, "grown");

    EXPECT_EQ(table("grown"), table("whole"));
    EXPECT_GT(grown["computed"], 0);
    EXPECT_LT(grown["computed"], whole["computed"]);
}

/// Curves, not pattern counts, are what a search is asked for.
TEST_F(Capacity, AnotherSearchReplacesTheResultsUnlessCurvesWouldGo) {
    const std::string file = config(half_recalled);
    found(file, "store");

    const std::string wide = "capacity.relative_width=0.4";
    const json other = found(file, "store", {"--set", wide});
    EXPECT_EQ(other["kept"], 0);
    EXPECT_GT(other["left_out"], 0);
    const std::vector<std::string> fewer{"--set", "formulation=classical"};
    EXPECT_GT(found(file, "store", {"--set", wide, fewer[0], fewer[1]})["kept"], 0);
    const ProgramResult refused = capacity(file, "store", fewer);
    EXPECT_EQ(refused.exit, 2) << refused.err;
    EXPECT_NE(refused.err.find("--only"), std::string::npos) << refused.err;
    EXPECT_EQ(capacity(file, "store", {"--only", fewer[0], fewer[1]}).exit, 0);
}

TEST_F(Capacity, AnInterruptedSearchGoesOnToTheSameEnd) {
    std::string slow = two_curves;
    slow.replace(slow.find("dimension = 60"), 14, "dimension = 500");
    const std::string file = config("criterion = \"exact_recall >= 0.5\"\nminimum = 10\n"
                                    "maximum = 1000\nrelative_width = 0.02\n",
                                    slow);
    for (const int signal : {SIGINT, SIGKILL}) {
        const std::string store = "stopped" + std::to_string(signal);
        const RunningProgram program({"capacity", file, "--store", path(store), "--in-process"});
        for (int i = 0; i < 2000; ++i) { // any moment will do
            std::error_code none;
            std::uintmax_t size = 0;
            for (const auto& journal :
                 std::filesystem::directory_iterator(folder_ / store / "journals", none))
                size += journal.file_size();
            if (size > 10000) break;
            std::this_thread::sleep_for(std::chrono::milliseconds(2));
        }
        program.signal(signal);
        const ProgramResult result = program.wait();
        EXPECT_EQ(result.exit, signal == SIGINT ? 4 : 128 + SIGKILL) << result.out << result.err;
        const json rest = found(file, store);
        EXPECT_GT(rest["computed"], 0);
        EXPECT_GT(rest["done_before"], 0);
    }
    found(file, "undisturbed");
    EXPECT_EQ(table("stopped2"), table("undisturbed"));
    EXPECT_EQ(table("stopped9"), table("undisturbed"));
}

TEST_F(Capacity, MemoryIsALimitOfWhatIsKnown) {
    const std::string large = "[patterns]\ndimension = 64\n[cue]\nprobe_count = 1\n"
                              "cue_level = 0.0\n[model]\nformulation = \"normalized\"\n"
                              "interaction_vertex = 30\n";
    const std::string file = config("criterion = \"recall_error <= 0.4\"\nminimum = 100000\n"
                                    "maximum = 5000000\nrelative_width = 1\n"
                                    "replicates = {min = 2, max = 2}\n",
                                    large);
    const json result = found(file, "store", {"--memory", "49M", "--threads", "1"});
    ASSERT_EQ(result["curves"].size(), 1U);
    const json& curve = result["curves"][0];
    EXPECT_EQ(curve["state"], "above_limit");
    EXPECT_GE(curve["last_pattern_count"], 100000);
    EXPECT_LT(curve["last_pattern_count"], 5000000);
    EXPECT_TRUE(curve["critical_pattern_count"].is_null());
    const auto told = run_program(
        {"capacity", file, "--store", path("store"), "--memory", "49M", "--threads", "1"});
    EXPECT_NE(told.out.find("memory limit"), std::string::npos) << told.out;
    EXPECT_NE(told.out.find("> " + curve["last_pattern_count"].dump()), std::string::npos);

    const ProgramResult refused = capacity(file, "none", {"--memory", "10M"});
    EXPECT_EQ(refused.exit, 2);
    EXPECT_NE(refused.err.find("even pattern_count = 100000 needs"), std::string::npos);
    EXPECT_FALSE(std::filesystem::exists(folder_ / "none"));
}

TEST_F(Capacity, ACurveWithoutAnAnswerIsExitThree) {
    // A bipolar network has no identity.
    const ProgramResult result = capacity(config("criterion = \"identity_recall >= 0.5\"\n"
                                                 "minimum = 2\nmaximum = 20\n"),
                                          "store");
    EXPECT_EQ(result.exit, 3) << result.err;
    EXPECT_EQ(json::parse(result.out)["curves"][0]["state"], "undecided");
}

TEST_F(Capacity, RunAndCapacityKnowWhichConfigsAreTheirs) {
    const std::string file = config(half_recalled);
    const auto run = run_program({"run", file, "--store", path("store")});
    EXPECT_EQ(run.exit, 2);
    EXPECT_NE(run.err.find("`basin capacity"), std::string::npos) << run.err;
    EXPECT_FALSE(std::filesystem::exists(folder_ / "store"));

    const ProgramResult plain = capacity(folder_.write("plain.toml", two_curves), "store");
    EXPECT_EQ(plain.exit, 2);
    EXPECT_NE(plain.err.find("there is no [capacity]"), std::string::npos) << plain.err;
}

// Each store has the metric that it was searched by; the page judges both by one.

} // namespace
} // namespace basin::tests
