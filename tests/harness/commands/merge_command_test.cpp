// `basin merge`: unions that lose nothing, double nothing and mix nothing.

#include <nlohmann/json.hpp>

#include <algorithm>
#include <csignal>
#include <map>

#include "support/small_stores.hpp"

namespace basin {
namespace {

using nlohmann::json;
using tests::contains;
using tests::read_file;
using tests::run_program;
using tests::small_points;

class Merge : public tests::SmallStores {
protected:
    tests::ProgramResult merge(const std::vector<std::string>& stores) const {
        std::vector<std::string> arguments{"merge", "--json"};
        for (const std::string& store : stores)
            arguments.push_back(path(store));
        return run_program(arguments);
    }
    json merged(const std::vector<std::string>& stores) const {
        const auto result = merge(stores);
        EXPECT_EQ(result.exit, 0) << result.err;
        return result.out.empty() ? json{} : json::parse(result.out);
    }
    /// Every file of a folder with its bytes.
    std::map<std::string, std::string> files(const std::string& store) const {
        std::map<std::string, std::string> all;
        for (const auto& entry : std::filesystem::recursive_directory_iterator(path(store)))
            if (entry.is_regular_file()) all[entry.path().string()] = read_file(entry.path());
        return all;
    }
};

TEST_F(Merge, TwoHalvesAreTheWhole) {
    run("whole");
    run("left", {"pattern_count=3"});
    run("right", {"pattern_count=6"});
    run("out", {"formulation=[\"original\"]"});
    run("out"); // asks for all of it; two journals
    const auto left = files("left");

    EXPECT_EQ(merged({"new", "whole"})["done"], small_points);
    EXPECT_TRUE(results("new") == results("whole"));
    EXPECT_EQ(merged({"out", "left", "right"})["done"], small_points);
    EXPECT_TRUE(results("out") == results("whole"));
    EXPECT_TRUE(files("left") == left);
}

TEST_F(Merge, AUnionComputesOnlyWhatNoneHad) {
    run("left", {"pattern_count=3"});
    run("right", {"pattern_count=6", "interaction_vertex=[2,3]"});
    run("whole");
    merged({"out", "left", "right"});
    EXPECT_EQ(json::parse(run("out").out)["computed"], small_points / 2 / 3);
    EXPECT_TRUE(results("out") == results("whole"));
}

TEST_F(Merge, PointsThatTheConfigDoesNotAskForAreKeptAndTold) {
    run("left", {"pattern_count=3"});
    run("right", {"pattern_count=6"});
    const json told = merged({"out", "left", "right"});
    EXPECT_EQ(told["done"], small_points / 2);
    ASSERT_EQ(told["other_points"].size(), small_points / 2);
    EXPECT_EQ(told["other_points"][0]["store"], path("right"));
    EXPECT_EQ(told["other_points"][0]["key"].get<std::string>().size(), 32);
    EXPECT_TRUE(results("out") == results("left"));
}

TEST_F(Merge, MergingAgainDoublesNothing) {
    run("left", {"pattern_count=3"});
    run("right", {"pattern_count=6"});
    merged({"out", "left", "right"});
    const auto once = files("out");
    const json again = merged({"out", "left", "right", "left"});
    EXPECT_EQ(again["copied"], 0);
    EXPECT_EQ(again["present"], 3);
    EXPECT_EQ(again["sessions"], 0);
    EXPECT_TRUE(files("out") == once);
    // A store that was merged from these brings nothing new either.
    merged({"chain", "out"});
    EXPECT_EQ(merged({"chain", "left"})["copied"], 0);
}

TEST_F(Merge, SessionsAreUnited) {
    run("left", {"pattern_count=3"});
    run("right", {"pattern_count=6"});
    EXPECT_EQ(merged({"out", "left", "right"})["sessions"], 2);
    EXPECT_EQ(read_file(path("out/sessions.jsonl")),
              read_file(path("left/sessions.jsonl")) + read_file(path("right/sessions.jsonl")));
}

TEST_F(Merge, AConflictIsRefusedNamingBothAndOutIsLeftAsItWas) {
    run("left");
    run("right");
    // Of the last cell, which is one of pattern count 6: `out` does not have it.
    std::uint64_t last = 0;
    rewrite_journal("right",
                    [&last](Record& record, std::size_t) { last = std::max(last, record.cell); });
    rewrite_journal("right", [last](Record& record, std::size_t) {
        if (record.cell == last) record.outcome.values[2] += 1.0;
    });
    run("out", {"pattern_count=3"});
    const auto before = files("out");
    const auto result = merge({"out", "left", "right"});
    EXPECT_EQ(result.exit, 5) << result.err;
    EXPECT_TRUE(contains(result.err, journals("left")[0].string())) << result.err;
    EXPECT_TRUE(contains(result.err, journals("right")[0].string())) << result.err;
    EXPECT_TRUE(files("out") == before);
    EXPECT_EQ(merge({"new", "left", "right"}).exit, 5);
    EXPECT_FALSE(std::filesystem::exists(path("new")));
}

TEST_F(Merge, AConflictInPointsThatNobodyAsksForIsRefusedToo) {
    run("narrow", {"pattern_count=3"});
    // The pattern count 6 alone, so that the config of `narrow` asks for no point of the conflict.
    run("left6", {"pattern_count=6"});
    run("right6", {"pattern_count=6"});
    rewrite_journal("right6", [](Record& record, std::size_t) { record.outcome.values[2] += 1.0; });
    EXPECT_EQ(merge({"narrow", "left6", "right6"}).exit, 5);
}

TEST_F(Merge, OtherSweepsAreRefused) {
    run("store");
    run("seed", {"seed=8"});
    run("name", {"name=other"});
    for (const std::string other : {"seed", "name"}) {
        const auto result = merge({"out", "store", other});
        EXPECT_EQ(result.exit, 7) << result.err;
        EXPECT_TRUE(contains(result.err, "only stores of one sweep")) << result.err;
        EXPECT_FALSE(std::filesystem::exists(path("out")));
    }
}

TEST_F(Merge, AFolderThatIsNoStoreIsNotStrewnWithJournals) {
    run("store");
    folder_.write("letter.txt", "dear all");
    const auto result = run_program({"merge", folder_.path().string(), path("store")});
    EXPECT_EQ(result.exit, 2) << result.err;
    EXPECT_EQ(merge({"out", "nothing"}).exit, 74);
    EXPECT_EQ(merge({"store"}).exit, 2);
}

TEST_F(Merge, KilledAnywhereTheSameCommandGoesOn) {
    const std::vector<std::string> parts{"2", "3", "25"};
    std::vector<std::string> arguments{"merge", path("out")};
    for (const std::string& vertex : parts) {
        run("part" + vertex, {"interaction_vertex=" + vertex});
        arguments.push_back(path("part" + vertex));
    }
    run("out");
    const std::string whole = results("out");
    std::filesystem::remove_all(path("out"));
    for (int delay_us = 0; delay_us < 30000; delay_us += 1500) {
        tests::RunningProgram merging(arguments);
        ::usleep(static_cast<useconds_t>(delay_us));
        merging.signal(SIGKILL);
        merging.wait();
        if (!std::filesystem::exists(path("out/store.json"))) continue;
        const auto status = run_program({"status", path("out")});
        EXPECT_EQ(status.exit, 0) << status.err;
    }
    ASSERT_EQ(run_program(arguments).exit, 0);
    std::filesystem::remove(path("out/results.h5")); // of the config of part2 alone
    EXPECT_EQ(journals("out").size(), parts.size());
    EXPECT_EQ(json::parse(run("out").out)["computed"], 0);
    EXPECT_TRUE(results("out") == whole);
}

} // namespace
} // namespace basin
