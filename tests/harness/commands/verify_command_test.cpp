// `basin verify` on stores that are whole, damaged, and computed by other code.

#include <nlohmann/json.hpp>

#include "support/small_stores.hpp"

namespace basin {
namespace {

using nlohmann::json;
using tests::contains;
using tests::run_program;
using tests::small_points;

class Verify : public tests::SmallStores {
protected:
    json verify(const std::string& store, int exit, std::vector<std::string> more = {}) {
        std::vector<std::string> arguments{"verify", path(store), "--json"};
        arguments.insert(arguments.end(), more.begin(), more.end());
        const auto result = run_program(arguments);
        EXPECT_EQ(result.exit, exit) << result.out << result.err;
        return result.out.empty() ? json{} : json::parse(result.out);
    }
};

TEST_F(Verify, AWholeStoreIsEqualToItselfComputedAgain) {
    run("store");
    const json found = verify("store", 0, {"--replay", "10"});
    EXPECT_EQ(found["records"], small_points);
    EXPECT_EQ(found["results"]["compared"], small_points);
    EXPECT_EQ(found["replay"]["points"], 10);
    EXPECT_EQ(found["replay"]["equal"], 10);
    EXPECT_EQ(verify("store", 0, {"--replay", "1000"})["replay"]["points"], small_points);

    const auto words = run_program({"verify", path("store"), "--replay", "10"});
    EXPECT_TRUE(contains(words.out, "10 of 10 points recomputed with equal bits")) << words.out;
}

TEST_F(Verify, DamagedRecordsAreToldAndTheNextRunComputesThem) {
    run("store");
    const std::string before = results("store");
    damage_record("store", 4);
    damage_record("store", 20); // the 22nd, as one is gone

    const json found = verify("store", 5);

    ASSERT_EQ(found["lost"].size(), 2) << found;
    EXPECT_TRUE(found["lost"][0]["parameters"].contains("interaction_vertex"));
    EXPECT_EQ(found["lost"][0]["key"].get<std::string>().size(), 32);
    ASSERT_EQ(found["damage"].size(), 2);
    EXPECT_EQ(found["damage"][0]["journal"], journals("store")[0].string());
    EXPECT_GT(found["damage"][0]["length"], 100);
    EXPECT_EQ(found["missing"], 2);

    EXPECT_EQ(json::parse(run("store").out)["computed"], 2);
    EXPECT_TRUE(results("store") == before);
    EXPECT_EQ(verify("store", 0, {"--replay", "100"})["lost"].size(), 0);
}

TEST_F(Verify, ATornTailAloneIsNoDamage) {
    run("store");
    std::ofstream(journals("store")[0], std::ios::binary | std::ios::app) << "RECR half a record";
    const json found = verify("store", 0);
    ASSERT_EQ(found["damage"].size(), 1);
    EXPECT_EQ(found["damage"][0]["torn_tail"], true);
    EXPECT_EQ(found["damage"][0]["length"], 18);
}

TEST_F(Verify, AJournalThatIsNoneIsNamed) {
    run("store");
    folder_.write("store/journals/x.journal", "not a journal at all");
    const json found = verify("store", 5);
    ASSERT_EQ(found["unreadable"].size(), 1);
    EXPECT_TRUE(contains(found["unreadable"][0], "x.journal"));
}

TEST_F(Verify, NumbersOfOtherCodeAreFoundInTheFileAndByReplay) {
    run("store");
    rewrite_journal("store", [](Record& record, std::size_t number) {
        if (number == 5) record.outcome.values[0] += 0.125;
    });
    const json found = verify("store", 6, {"--replay", "1000"});

    ASSERT_EQ(found["results"]["differences"].size(), 1) << found;
    ASSERT_EQ(found["replay"]["differences"].size(), 1);
    const json& difference = found["replay"]["differences"][0];
    EXPECT_EQ(difference["variable"], "recall_error");
    EXPECT_EQ(difference["journal_value"].get<double>(),
              difference["other_value"].get<double>() + 0.125);
    EXPECT_EQ(difference["journal"], journals("store")[0].string());
    EXPECT_GT(difference["offset"], 0);

    const auto words = run_program({"verify", path("store"), "--replay", "1000"});
    EXPECT_TRUE(contains(words.out, "35 of 36 points recomputed with equal bits")) << words.out;
    EXPECT_TRUE(contains(words.out, "move it out of the store")) << words.out;
}

TEST_F(Verify, TheRemedyForOtherCodesNumbersWorks) {
    run("store");
    const std::string before = results("store");
    rewrite_journal("store", [](Record& record, std::size_t) { record.outcome.flags ^= 1; });
    verify("store", 6);
    std::filesystem::rename(journals("store")[0], path("moved out"));
    EXPECT_EQ(json::parse(run("store").out)["computed"], small_points);
    verify("store", 0, {"--replay", "1000"});
    EXPECT_TRUE(results("store") == before);
}

TEST_F(Verify, AnOlderResultFileIsComparedByItsOwnConfig) {
    run("store");
    const std::string narrow = results("store");
    run("store", {"cue_level=[0.2,0.3]"});
    std::ofstream(path("store/results.h5"), std::ios::binary) << narrow; // as if stopped before
    const json found = verify("store", 0);
    EXPECT_EQ(found["results"]["compared"], small_points);
    EXPECT_EQ(found["missing"], 0);
}

TEST_F(Verify, TheDrawDependsOnTheSeedAlone) {
    run("store");
    rewrite_journal("store", [](Record& record, std::size_t) { record.outcome.flags ^= 1; });
    const auto drawn = [&](const std::string& seed, const std::string& threads) {
        const json found =
            verify("store", 6, {"--replay", "5", "--seed", seed, "--threads", threads});
        EXPECT_EQ(found["replay"]["differences"].size(), 5);
        return found["replay"]["differences"];
    };
    EXPECT_EQ(drawn("1", "1"), drawn("1", "2"));
    EXPECT_NE(drawn("1", "1"), drawn("2", "1"));
}

TEST_F(Verify, MistakesAreTold) {
    EXPECT_EQ(run_program({"verify"}).exit, 2);
    EXPECT_EQ(run_program({"verify", path("nothing")}).exit, 74);
    run("store");
    EXPECT_EQ(run_program({"verify", path("store"), "--replay", "-1"}).exit, 2);
    std::filesystem::remove(path("store/results.h5"));
    EXPECT_TRUE(contains(verify("store", 0)["results"]["problem"], "the run command writes it"));
    std::filesystem::remove_all(path("store/journals"));
    EXPECT_EQ(run_program({"verify", path("store")}).exit, 74);
}

} // namespace
} // namespace basin
