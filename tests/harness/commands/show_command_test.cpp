// `basin show`: points found, listed, and run alone.

#include <nlohmann/json.hpp>

#include <algorithm>

#include "support/small_stores.hpp"

namespace basin {
namespace {

using nlohmann::json;
using tests::contains;
using tests::run_program;
using tests::RunningProgram;
using tests::small_points;

class Show : public tests::SmallStores {
protected:
    json show(std::vector<std::string> arguments) {
        arguments.insert(arguments.begin(), "show");
        arguments.emplace_back("--json");
        const auto result = run_program(arguments);
        EXPECT_EQ(result.exit, 0) << result.err;
        return result.out.empty() ? json{} : json::parse(result.out);
    }
    static std::string key_of(const json& list, std::size_t number) {
        return list["points"].at(number)["key"];
    }
};

TEST_F(Show, FindsAPointByTheBeginningOfItsKey) {
    run("store");
    const std::string key = key_of(show({path("store")}), 7);
    const json point = show({path("store"), key.substr(0, 12)});
    ASSERT_EQ(point["replicates"].size(), 3);
    EXPECT_EQ(point["replicates"][1]["key"], key);
    EXPECT_EQ(point["parameters"]["interaction_vertex"], 25);
    EXPECT_TRUE(point["replicates"][0]["metrics"].contains("recall_error"));
    EXPECT_EQ(run_program({"show", path("store"), "zz"}).exit, 2);
    EXPECT_EQ(run_program({"show", path("store"), ""}).exit, 2); // fits all
}

TEST_F(Show, ListsAFewAndSaysHowManyThereAre) {
    run("store");
    const auto few = run_program({"show", path("store")});
    EXPECT_TRUE(contains(few.out, "… 20 of 36 points; --all lists all\n")) << few.out;
    EXPECT_EQ(std::ranges::count(few.out, '\n'), 21);
    const auto all = run_program({"show", path("store"), "--all"});
    EXPECT_EQ(std::ranges::count(all.out, '\n'), small_points + 1);
    EXPECT_EQ(show({path("store")})["count"], small_points);
    EXPECT_EQ(show({path("store"), "--all"})["points"].size(), small_points);
}

TEST_F(Show, PrintsACommandThatRunsThePointAloneWithTheSameBits) {
    // A name that a shell would take apart.
    const std::string name = "it's a store";
    run(name);
    const json list = show({path(name)});
    const json point = show({path(name), key_of(list, 10)});
    const std::string words = run_program({"show", path(name), key_of(list, 10)}).out;
    EXPECT_TRUE(contains(words, point["command"].get<std::string>())) << words;

    // `basin` is the program under test there, and point.toml and point lie in the test's folder.
    const std::string script = "cd '" + folder_.path().string() + "' && basin() { '" +
                               BASIN_PROGRAM + "' \"$@\"; } && " +
                               point["command"].get<std::string>();
    const auto ran = RunningProgram({"-c", script}, "/bin/sh").wait();
    ASSERT_EQ(ran.exit, 0) << ran.err;

    const json alone = show({path("point")});
    EXPECT_EQ(alone["count"], 3);
    json again = show({path("point"), key_of(alone, 0)});
    for (std::size_t r = 0; r < 3; ++r) {
        EXPECT_EQ(again["replicates"][r]["key"], point["replicates"][r]["key"]);
        EXPECT_EQ(again["replicates"][r]["flags"], point["replicates"][r]["flags"]);
        EXPECT_EQ(again["replicates"][r]["metrics"], point["replicates"][r]["metrics"]);
    }
    EXPECT_EQ(again["parameters"], point["parameters"]);
}

TEST_F(Show, FindsWhatIsMissingAndWhatFailed) {
    run("store");
    damage_record("store", 4);
    const json missing = show({path("store"), "--status", "not_run"});
    ASSERT_EQ(missing["count"], 1);
    const json point = show({path("store"), key_of(missing, 0)});
    EXPECT_TRUE(std::ranges::any_of(point["replicates"],
                                    [](const json& row) { return row["status"] == "not_run"; }));

    rewrite_journal("store", [](Record& record, std::size_t number) {
        if (number != 9) return;
        record.outcome.status = Status::failed;
        record.outcome.message = "no such luck";
    });
    const auto failed = run_program({"show", path("store"), "--status", "failed"});
    EXPECT_TRUE(contains(failed.out, "failed: no such luck\n1 point\n")) << failed.out;
    const json list = show({path("store"), "--status", "failed"});
    ASSERT_EQ(list["count"], 1);
    EXPECT_EQ(list["points"][0]["message"], "no such luck");
    EXPECT_TRUE(
        contains(run_program({"show", path("store"), key_of(list, 0)}).out, "no such luck"));
    EXPECT_EQ(show({path("store"), "--status", "done"})["count"], small_points - 2);
}

TEST_F(Show, MistakesAreTold) {
    run("store");
    EXPECT_EQ(run_program({"show"}).exit, 2);
    EXPECT_EQ(run_program({"show", path("store"), "--config"}).exit, 2);
    EXPECT_EQ(run_program({"show", path("nothing")}).exit, 74);
    const auto result = run_program({"show", path("store"), "--status", "lost"});
    EXPECT_EQ(result.exit, 2);
    EXPECT_TRUE(contains(result.err, "known: not_run, done")) << result.err;
}

} // namespace
} // namespace basin
