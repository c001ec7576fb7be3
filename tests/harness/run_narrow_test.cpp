// Runs that ask for less than their store has: what results.h5 shows then, and what is said of it.

#include "harness/run/run_sweep.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "support/tiny_run.hpp"

namespace basin {
namespace {

using namespace tests;
using nlohmann::json;

constexpr int all_points = 2 * 2 * 2 * 3 * 3 * 2;

class NarrowRun : public Run {
protected:
    /// What the command prints.
    std::string told(const std::string& store, const std::vector<std::string>& more) const {
        std::vector<std::string> arguments{"run", config_, "--store", path(store)};
        arguments.insert(arguments.end(), more.begin(), more.end());
        const auto result = run_program(arguments);
        EXPECT_EQ(result.exit, 0) << result.err;
        return result.out;
    }
    json status(const std::string& store) const {
        return json::parse(run_program({"status", path(store), "--json"}).out);
    }
    /// Rows of the store's export.
    std::size_t exported(const std::string& store) const {
        const auto result = run_program({"export", path(store), "--format", "csv"});
        EXPECT_EQ(result.exit, 0) << result.err;
        return static_cast<std::size_t>(std::ranges::count(result.out, '\n')) - 1;
    }
    void expect_sound(const std::string& store, int points) const {
        EXPECT_EQ(run_program({"verify", path(store)}).exit, 0);
        EXPECT_EQ(status(store)["done"], points);
        EXPECT_EQ(status(store)["missing"], 0);
        EXPECT_EQ(exported(store), static_cast<std::size_t>(points));
    }
};

TEST_F(NarrowRun, KeepsTheWiderResultsAndSaysSo) {
    run("store");
    const std::string before = bytes("store");
    const std::string identity = read_file(folder_ / "store/store.json");

    for (const std::string change : {"beta=2", "replicates=1", "formulation=[classical]"}) {
        const std::string out = told("store", {"--set", change});

        EXPECT_NE(out.find("results.h5 also shows"), std::string::npos) << out;
        EXPECT_NE(out.find("--only"), std::string::npos) << out;
        EXPECT_TRUE(bytes("store") == before);
        EXPECT_EQ(read_file(folder_ / "store/store.json"), identity);
    }
    const json again = run("store", {"--set", "beta=2"});
    EXPECT_EQ(again["computed"], 0);
    EXPECT_EQ(again["kept"], all_points / 2);
    expect_sound("store", all_points);
}

TEST_F(NarrowRun, OnlyLeavesOutTheOthersAndSaysSo) {
    run("store");
    const std::string wide = bytes("store");
    run("narrow", {"--set", "beta=2"});

    const std::string out = told("store", {"--set", "beta=2", "--only"});

    EXPECT_NE(out.find("results.h5 leaves out " + std::to_string(all_points / 2) + " records"),
              std::string::npos)
        << out;
    EXPECT_TRUE(bytes("store") == bytes("narrow"));
    expect_sound("store", all_points / 2);
    EXPECT_EQ(status("store")["records_of_other_plans"], all_points / 2);
    EXPECT_EQ(run("store")["computed"], 0);
    EXPECT_TRUE(bytes("store") == wide);
}

TEST_F(NarrowRun, ComputesWhatItAsksForAlone) {
    run("store", {"--set", "beta=2"});
    // As if a wider run had been stopped before it computed anything new.
    run("wide");
    std::filesystem::copy_file(folder_ / "wide/store.json", folder_ / "store/store.json",
                               std::filesystem::copy_options::overwrite_existing);

    const json narrow = run("store", {"--set", "beta=0.5", "--set", "formulation=[classical]"});

    EXPECT_EQ(narrow["computed"], all_points / 6);
    EXPECT_EQ(status("store")["done"], all_points / 2 + all_points / 6);
    EXPECT_EQ(status("store")["missing"], all_points / 3);
    run("store");
    EXPECT_TRUE(bytes("store") == bytes("wide"));
}

// A loop of a shell over one parameter.
TEST_F(NarrowRun, WhatIsAskedForPieceByPieceIsShownTogether) {
    run("whole");
    for (const std::string vertex : {"2", "3", "25"})
        for (const std::string beta : {"0.5", "2"})
            run("pieces", {"--set", "interaction_vertex=" + vertex, "--set", "beta=" + beta});

    expect_sound("pieces", all_points);
    EXPECT_EQ(run_program({"diff", path("pieces"), path("whole")}).exit, 0);
    EXPECT_EQ(run("pieces", {"--set", "beta=2"})["kept"], all_points / 2);
    // The whole config has it all, and is again what the store is of.
    EXPECT_EQ(run("pieces")["kept"], 0);
    EXPECT_TRUE(bytes("pieces") == bytes("whole"));
}

TEST_F(NarrowRun, WhatOneFileCannotShowIsRefusedBeforeAnythingIsComputed) {
    const std::string sequential = folder_.write("sequential.toml", R"(
[sweep]
name = "tiny"
seed = 7
replicates = {min = 3, max = 5, half_width = 0.03}
[patterns]
dimension = 24
pattern_count = [3, 6]
[cue]
cue_level = 0.1
)");
    run("store");
    const std::string before = bytes("store");

    const auto refused = run_program({"run", sequential, "--store", path("store")});
    EXPECT_EQ(refused.exit, 2) << refused.err;
    for (const char* part : {"--only", "another --store folder"})
        EXPECT_NE(refused.err.find(part), std::string::npos) << refused.err;
    EXPECT_TRUE(bytes("store") == before);
    EXPECT_EQ(status("store")["journals"], 1);

    EXPECT_EQ(run_program({"run", sequential, "--store", path("store"), "--only"}).exit, 0);
}

// As two shells do that share a store.
TEST_F(NarrowRun, WhatAnotherRunAskedForMeanwhileIsShownToo) {
    run("whole");
    const LoadedSweep asked = load_sweep(load_config(config_, {"beta=0.5"}));
    RunRequest request;
    request.folder = path("store");
    request.shows_progress = false;
    int looks = 0;
    request.search = [&](Inventory&, const Retry&) {
        if (++looks == 3) run("store", {"--set", "beta=2"}); // between the points and the results
    };
    Flights flights(1);

    const Session session = run_sweep(asked, request, flights, {});

    EXPECT_GE(looks, 3);
    EXPECT_EQ(session.kept, static_cast<std::uint64_t>(all_points / 2));
    expect_sound("store", all_points);
    EXPECT_EQ(run("store")["computed"], 0);
    EXPECT_TRUE(bytes("store") == bytes("whole"));
}

// Nothing is lost by a config that computed nothing.
TEST_F(NarrowRun, AConfigWithoutResultsIsForgotten) {
    run("store", {"--set", "beta=2"});
    run("other", {"--set", "beta=8"});
    run("expected", {"--set", "beta=2"});
    std::filesystem::copy_file(folder_ / "other/store.json", folder_ / "store/store.json",
                               std::filesystem::copy_options::overwrite_existing);

    EXPECT_EQ(run("store", {"--set", "beta=2"})["kept"], 0);
    EXPECT_TRUE(bytes("store") == bytes("expected"));
}

} // namespace
} // namespace basin
