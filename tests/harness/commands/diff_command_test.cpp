// `basin diff`: two stores by the values of their points.

#include <nlohmann/json.hpp>

#include <cmath>

#include "support/small_stores.hpp"

namespace basin {
namespace {

using nlohmann::json;
using tests::contains;
using tests::run_program;
using tests::small_points;

class Diff : public tests::SmallStores {
protected:
    json diff(const std::string& a, const std::string& b, int exit,
              std::vector<std::string> more = {}) {
        std::vector<std::string> arguments{"diff", path(a), path(b), "--json"};
        arguments.insert(arguments.end(), more.begin(), more.end());
        const auto result = run_program(arguments);
        EXPECT_EQ(result.exit, exit) << result.out << result.err;
        return result.out.empty() ? json{} : json::parse(result.out);
    }
    /// The small sweep with a journal of other code, and results.h5 made of it.
    void run_other_code(const std::string& store,
                        const std::function<void(Record&, std::size_t)>& change) {
        run(store);
        rewrite_journal(store, change);
        std::filesystem::remove(path(store) + "/results.h5");
        run(store);
    }
};

TEST_F(Diff, AStoreIsEqualToItsLike) {
    run("a");
    run("b");
    const json found = diff("a", "b", 0);
    EXPECT_EQ(found["equal"], small_points);
    EXPECT_EQ(found["metrics"]["recall_error"]["points"], 0);
    EXPECT_EQ(diff("a", "b/results.h5", 0)["equal"], small_points);
}

TEST_F(Diff, PointsAreMatchedByValueWhateverTheAxes) {
    run("a", {"pattern_count=6"});                     // no axis there
    run("b", {"cue_level=[0.1,0.2]", "replicates=2"}); // one more here
    const json found = diff("a", "b", 6);
    EXPECT_EQ(found["equal"], 1 * 2 * 3 * 2);
    EXPECT_EQ(found["different"].size(), 0);
    EXPECT_EQ(found["only_a"].size(), 1 * 2 * 3 * 1); // replicate 2
    EXPECT_EQ(found["only_a"][0]["replicate"], 2);
    EXPECT_EQ(found["only_b"].size(), 2 * 2 * 2 * 3 * 2 - 12);
}

TEST_F(Diff, AChangeIsFoundTestedAndShownFirst) {
    run("a");
    // One cell by about 0.5 in every replicate, another in one replicate by little.
    run_other_code("b", [](Record& record, std::size_t) {
        const std::uint64_t cell = record.cell / 3;
        const auto replicate = static_cast<double>(record.cell % 3);
        if (cell == 4) record.outcome.values[0] += 0.5 + 0.001 * replicate;
        if (cell == 7 && record.cell % 3 == 1) record.outcome.values[0] += 0.01;
    });
    const json found = diff("a", "b", 6, {"--metric", "recall_error"});

    EXPECT_EQ(found["equal"], small_points - 4);
    EXPECT_EQ(found["different"].size(), 4);
    EXPECT_EQ(found["metrics"].size(), 1);
    const json& metric = found["metrics"]["recall_error"];
    EXPECT_EQ(metric["points"], 4);
    ASSERT_EQ(metric["cells"].size(), 2);
    const json& cell = metric["cells"][0];
    EXPECT_EQ(
        cell["parameters"],
        (json{{"pattern_count", "3"}, {"formulation", "normalized"}, {"interaction_vertex", "3"}}));
    // Differences 0.5, 0.501, 0.502: s = 0.001, t(2; 0.975) = 4.302653.
    EXPECT_NEAR(cell["difference"].get<double>(), 0.501, 1e-12);
    EXPECT_NEAR(cell["low"].get<double>(), 0.501 - 4.302653 * 0.001 / std::sqrt(3.0), 1e-8);
    EXPECT_NEAR(cell["effect_size"].get<double>(), 501, 1e-6);
    // Of 12 cells it is the one that stands out.
    EXPECT_NEAR(cell["adjusted_p"].get<double>(), 12 * cell["p"].get<double>(), 1e-12);
    EXPECT_LT(cell["adjusted_p"].get<double>(), 0.001);
    EXPECT_EQ(metric["cells"][1]["points"], 1);
    EXPECT_GT(metric["cells"][1]["adjusted_p"].get<double>(), 0.1);

    const auto words = run_program({"diff", path("a"), path("b"), "--max", "1"});
    EXPECT_TRUE(contains(words.out, "32 points equal in bits, 4 different")) << words.out;
    EXPECT_TRUE(contains(words.out, "and 1 more cells")) << words.out;
    EXPECT_TRUE(contains(words.out, "exact_recall: equal in bits")) << words.out;
}

TEST_F(Diff, OtherSeedsAreNotPaired) {
    run("a");
    run("b", {"seed=8"});
    const json found = diff("a", "b", 6);
    EXPECT_EQ(found["paired"], false);
    EXPECT_EQ(found["identity"]["seed"], (json{{"a", "7"}, {"b", "8"}}));
    EXPECT_EQ(found["only_a"].size(), 0);
    const auto words = run_program({"diff", path("a"), path("b")});
    EXPECT_TRUE(contains(words.out, "Welch's, unpaired")) << words.out;
}

TEST_F(Diff, OneReplicateHasNoIntervalAndNoPValue) {
    run("a", {"replicates=1"});
    run("b", {"replicates=1", "seed=9"});
    const json found = diff("a", "b", 6);
    for (const json& cell : found["metrics"]["recall_error"]["cells"]) {
        EXPECT_TRUE(cell["p"].is_null()) << cell;
        EXPECT_TRUE(cell["adjusted_p"].is_null());
        EXPECT_TRUE(cell["difference"].is_number());
    }
}

TEST_F(Diff, MistakesAreTold) {
    run("a");
    EXPECT_EQ(run_program({"diff", path("a")}).exit, 2);
    EXPECT_EQ(run_program({"diff", path("a"), path("nothing")}).exit, 74);
    const auto result = run_program({"diff", path("a"), path("a"), "--metric", "recal_error"});
    EXPECT_EQ(result.exit, 2);
    EXPECT_TRUE(contains(result.err, "exact_recall")) << result.err;
    folder_.write("a/results.h5", "no file of HDF5");
    EXPECT_EQ(run_program({"diff", path("a"), path("a")}).exit, 5);
}

} // namespace
} // namespace basin
