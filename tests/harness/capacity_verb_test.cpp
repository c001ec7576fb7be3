// The critical pattern count, found by the real program.

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <map>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include "support/program.hpp"
#include "support/temp_folder.hpp"

namespace basin {
namespace {

using namespace tests;
using nlohmann::json;

const std::string two_curves = R"(
[sweep]
name = "cap"
seed = 3
[patterns]
dimension = 60
[cue]
cue_level = 0.1
probe_count = 20
[model]
interaction_vertex = 2
formulation = ["normalized", "classical"]
)";

class Capacity : public testing::Test {
protected:
    std::string path(const std::string& name) const { return (folder_ / name).string(); }
    std::string table(const std::string& store) const {
        return read_file(folder_ / store / "capacity.csv");
    }
    std::string config(const std::string& keys, const std::string& sweep = two_curves) {
        return folder_.write("cap.toml", sweep + "[capacity]\n" + keys);
    }
    ProgramResult capacity(const std::string& file, const std::string& store,
                           std::vector<std::string> more = {}) const {
        std::vector<std::string> arguments{"capacity", file, "--store", path(store), "--json"};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return run_program(arguments);
    }
    json found(const std::string& file, const std::string& store,
               std::vector<std::string> more = {}) const {
        const ProgramResult result = capacity(file, store, std::move(more));
        EXPECT_EQ(result.exit, 0) << result.err;
        return result.out.empty() ? json{} : json::parse(result.out);
    }

    TempFolder folder_;
};

const std::string half_recalled = R"(
criterion = "exact_recall >= 0.5"
minimum = 4
maximum = 100
relative_width = 0.1
)";

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

const std::string dense = R"(
[patterns]
dimension = [30, 60, 90]
[cue]
corruption = "none"
[model]
interaction = "polynomial"
interaction_vertex = 3
formulation = "original"
rule = ["contrastive", "gradient"]
[recall]
update = "one_shot"
attribution = "none"
)";

TEST_F(Capacity, TheoryAndTheLawOfGrowthStandBesideIt) {
    const std::string file = config("criterion = \"recall_error <= 0.01\"\nminimum = 4\n"
                                    "maximum = 2000\nrelative_width = 0.2\n",
                                    dense);
    const json result = found(file, "store");
    ASSERT_EQ(result["curves"].size(), 6U);
    for (const json& curve : result["curves"]) {
        if (curve["rule"] == "gradient") {
            EXPECT_TRUE(curve["theory"].is_null()) << curve;
            EXPECT_TRUE(curve["theory_asymptotic"].is_null()) << curve;
            continue;
        }
        const double n = curve["dimension"];
        // z = 2.3263 at 0.01.
        EXPECT_NEAR(curve["theory_asymptotic"], n * n / (3 * 2.3263479 * 2.3263479), 1e-3);
        EXPECT_NEAR(curve["theory"], curve["critical_pattern_count"],
                    0.25 * curve["theory"].get<double>());
        EXPECT_TRUE(curve["retrieval_limit"].is_null());
    }
    EXPECT_NE(table("store").find(",scenes,failed,theory_asymptotic,theory,retrieval_limit\n"),
              std::string::npos);

    ASSERT_EQ(result["laws"].size(), 2U);
    for (const json& law : result["laws"]) {
        EXPECT_NEAR(law["exponent"], 2.0, 0.3) << law;
        EXPECT_EQ(law["used"], 3) << law;
        EXPECT_EQ(law["residuals"].size(), 3U) << law;
        if (law["rule"] == "contrastive") {
            EXPECT_EQ(law["theory_exponent"], 2.0);
        }
        if (law["rule"] == "gradient") {
            EXPECT_TRUE(law["theory_exponent"].is_null());
        }
    }
    const std::string laws = read_file(folder_ / "store" / "capacity_laws.csv");
    EXPECT_EQ(laws.find("rule,exponent,exponent_lower,exponent_upper,factor,scatter,"
                        "theory_exponent,theory_exponent_here,used,left_out,residuals\n"),
              0U)
        << laws;
    EXPECT_EQ(std::ranges::count(laws, '\n'), 3);
    const auto told = run_program({"capacity", file, "--store", path("store")});
    EXPECT_NE(told.out.find("K_c ~ N^b  b = "), std::string::npos) << told.out;
    EXPECT_NE(told.out.find("theory 2, at these N 2.0"), std::string::npos) << told.out;

    // Without a second dimension there is no law, and no table of one from before.
    found(file, "store", {"--set", "dimension=30"});
    EXPECT_FALSE(std::filesystem::exists(folder_ / "store" / "capacity_laws.csv"));
}

TEST_F(Capacity, KeysCanBeSet) {
    const std::string file = config(half_recalled);
    const json result = found(file, "store",
                              {"--set", "criterion=recall_error <= 0.05", "--set",
                               "capacity.relative_width=0.4", "--set", "replicates.max=20"});
    EXPECT_EQ(result["criterion"], "recall_error <= 0.05");
    for (const json& curve : result["curves"])
        EXPECT_GT(curve["slope"], 0.0);
    EXPECT_EQ(capacity(file, "other", {"--set", "capacity.with=3"}).exit, 2);
}

/// Every memory is a probe, and one that is lost is enough.
TEST_F(Capacity, OfAllMemoriesAtOnceIsBelowThatOfOne) {
    std::string stored = two_curves;
    stored.replace(stored.find("cue_level = 0.1\nprobe_count = 20"), 32,
                   "cue_level = 0\nprobe_count = -1");
    const std::string file = config(half_recalled, stored);
    const json each = found(file, "each", {"--set", "formulation=classical"});
    const json all = found(
        file, "all", {"--set", "formulation=classical", "--set", "criterion=all_recalled >= 0.5"});
    const json& one = each["curves"][0];
    const json& every = all["curves"][0];
    EXPECT_LT(every["upper"], one["lower"]) << every << one;
    EXPECT_LT(every["theory"], one["theory"]);
    // Memories fail together, so all are stable a little longer than independent ones were.
    EXPECT_NEAR(every["critical_pattern_count"], every["theory"],
                0.25 * every["theory"].get<double>());

    const std::string grid = folder_.write("grid.toml", stored);
    ASSERT_EQ(run_program({"run", grid, "--store", path("grid"), "--quiet", "--set",
                           "formulation=classical", "--set", "pattern_count=[4,5,6,7,8,9,10,12]",
                           "--set", "replicates=300"})
                  .exit,
              0);
    std::map<int, double> passed;
    std::istringstream lines(run_program({"export", path("grid"), "--format", "jsonl", "--metrics",
                                          "exact_recall,all_recalled"})
                                 .out);
    for (std::string line; std::getline(lines, line);) {
        const json row = json::parse(line);
        EXPECT_EQ(row["all_recalled"] == 1.0, row["exact_recall"] == 1.0);
        passed[row["pattern_count"]] += row["all_recalled"].get<double>();
    }
    for (const auto& [count, sum] : passed) {
        if (count < every["lower"]) {
            EXPECT_GT(sum, 0.42 * 300) << count;
        }
        if (count > every["upper"]) {
            EXPECT_LT(sum, 0.58 * 300) << count;
        }
    }
}

TEST_F(Capacity, OfASoftmaxNetworkGrowsWithBeta) {
    const std::string softmax = "[patterns]\nsource = \"sphere\"\ndimension = 12\n[cue]\n"
                                "corruption = \"none\"\nprobe_count = -1\n[model]\n"
                                "formulation = \"softmax\"\nbeta = [10, 20, 40]\n"
                                "[recall]\nattribution = \"none\"\n";
    const json result = found(config("criterion = \"all_recalled >= 0.5\"\nminimum = 2\n"
                                     "maximum = 500\nrelative_width = 0.4\n",
                                     softmax),
                              "store");
    std::map<double, double> by_beta;
    for (const json& curve : result["curves"]) {
        ASSERT_TRUE(curve["critical_pattern_count"].is_number()) << curve;
        // Random unit vectors are not orthonormal: what theory says of those is a bound.
        EXPECT_LT(curve["critical_pattern_count"], curve["theory"]);
        by_beta[curve["beta"]] = curve["critical_pattern_count"];
    }
    EXPECT_LT(1.5 * by_beta.at(10), by_beta.at(20));
    EXPECT_LT(1.5 * by_beta.at(20), by_beta.at(40));
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
TEST_F(Capacity, AReportOnTwoCriteriaReadsEveryStoreForItsOwn) {
    found(config(half_recalled), "exact");
    found(config("criterion = \"recall_error <= 0.05\"\nminimum = 4\nmaximum = 100\n"), "error");
    const auto findings = [&](std::vector<std::string> more) {
        std::vector<std::string> arguments{"report",      "capacity", path("exact"),
                                           path("error"), "--out",    path("page.html"),
                                           "--json"};
        arguments.insert(arguments.end(), more.begin(), more.end());
        const ProgramResult result = run_program(arguments);
        EXPECT_EQ(result.exit, 0) << result.err;
        return json::parse(result.out)["findings"];
    };
    EXPECT_EQ(findings({}), findings({"--criterion", "exact_recall >= 0.5"}));
}

TEST_F(Capacity, AStoreIsNotComparedWithItself) {
    found(config(half_recalled), "store");
    const ProgramResult result = run_program(
        {"report", "stability", path("store"), path("store") + "/.", "--out", path("page.html")});
    EXPECT_EQ(result.exit, 2);
    EXPECT_NE(result.err.find("are the same store"), std::string::npos) << result.err;
}

} // namespace
} // namespace basin
