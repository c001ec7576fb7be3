// `basin separability`.

#include "harness/recompute/separability_analysis.hpp"

#include <nlohmann/json.hpp>

#include <map>

#include "support/real_stores.hpp"

namespace basin {
namespace {

using nlohmann::json;
using tests::contains;
using tests::real_sweep;
using tests::Row;
using tests::rows_of;
using tests::run_program;

class SeparabilityVerb : public tests::RealStores {};

TEST_F(SeparabilityVerb, WritesARowForEachSceneAndSimilarity) {
    run_real("store");
    const auto result = run_program({"separability", path("store")});
    ASSERT_EQ(result.exit, 0) << result.err;
    EXPECT_TRUE(contains(result.out, "scenes     8\n")) << result.out;

    const std::vector<Row> rows = table("store");
    ASSERT_EQ(rows.size(), 2U * 2 * 2 * 3);
    EXPECT_EQ(rows[0].at("pattern_count"), "4");
    EXPECT_EQ(rows[0].at("cue_noise"), "0.05");
    EXPECT_EQ(rows[0].at("replicate"), "0");
    EXPECT_EQ(rows[0].at("similarity"), "dot");
    EXPECT_EQ(rows[1].at("similarity"), "negative_squared_euclidean");
    EXPECT_EQ(rows[2].at("similarity"), "inverse_manhattan");
    EXPECT_EQ(rows[3].at("replicate"), "1");
    EXPECT_EQ(rows[6].at("cue_noise"), "0.2");
    EXPECT_EQ(rows.back().at("pattern_count"), "60");
    for (const Row& row : rows) {
        EXPECT_EQ(row.at("status"), "done");
        EXPECT_EQ(row.at("memories_looked_at"), row.at("pattern_count"));
        EXPECT_EQ(row.at("cue_deltas"), "20");
        EXPECT_EQ(row.count("beta"), 0U) << "a scene has none";
    }
    // Four points in five dimensions are corners; sixty are not all. Cues change nothing of them.
    EXPECT_EQ(rows[0].at("extreme_share"), "1");
    EXPECT_NE(rows.back().at("in_hull"), "0");
    EXPECT_EQ(rows.back().at("hull_undecided"), "0");
    for (std::size_t i = 0; i < 6; ++i) {
        EXPECT_EQ(rows[i].at("delta_min"), rows[i + 6].at("delta_min"));
        EXPECT_NE(rows[i].at("cue_delta_min"), rows[i + 6].at("cue_delta_min"));
    }
}

TEST_F(SeparabilityVerb, NumbersAreThoseOfTheSceneMadeByItself) {
    run_real("store");
    ASSERT_EQ(run_program({"separability", path("store")}).exit, 0);
    const Plan plan(parse_config(real_sweep, "real.toml", {}));
    const std::vector<PlannedScene> scenes = planned_scenes(plan);
    ASSERT_EQ(scenes.size(), 8U);
    const PlannedScene& last = scenes.back();
    ASSERT_EQ(last.likenesses.size(), 3U);
    const Separability found =
        separability(*real_scene(make_scene(last.spec, nullptr)), last.likenesses[0]);

    const std::vector<Row> rows = table("store");
    EXPECT_EQ(std::stod(rows[rows.size() - 3].at("delta_min")), found.memory_gaps.least);
    EXPECT_EQ(std::stod(rows[rows.size() - 3].at("cue_delta_min")), found.cue_gaps.least);
    std::map<std::string, std::vector<std::uint64_t>> counts; // of the last scene, by dot
    for (const Row& row : rows_of(path("store") + "/similarity_histogram.csv"))
        if (row.at("pattern_count") == "60" && row.at("cue_noise") == "0.2" &&
            row.at("replicate") == "1" && row.at("similarity") == "dot") {
            const std::size_t bin = counts[row.at("kind")].size();
            EXPECT_EQ(std::stod(row.at("bin_low")), found.edges.at(bin));
            EXPECT_EQ(std::stod(row.at("bin_high")), found.edges.at(bin + 1));
            counts[row.at("kind")].push_back(std::stoull(row.at("count")));
        }
    EXPECT_EQ(counts["self"], found.self.counts);
    EXPECT_EQ(counts["cross"], found.cross.counts);
}

TEST_F(SeparabilityVerb, OfBipolarScenesTakesTheSimilarityOfTheSameName) {
    run("store", {"similarity=[\"cosine\", \"dot\"]", "dimension=24"});
    ASSERT_EQ(run_program({"separability", path("store")}).exit, 0);
    const std::vector<Row> rows = table("store");
    ASSERT_EQ(rows.size(), 2U * 3 * 2);
    for (std::size_t i = 0; i < rows.size(); i += 2) {
        EXPECT_EQ(rows[i].at("similarity"), "dot");
        EXPECT_EQ(std::stoi(rows[i].at("delta_min")) % 2, 0) << "twice a number of units";
        EXPECT_NEAR(std::stod(rows[i].at("delta_min")), 24 * std::stod(rows[i + 1].at("delta_min")),
                    1e-12);
        EXPECT_EQ(rows[i].at("extreme_share"), "1") << "corners of a cube";
    }
}

TEST_F(SeparabilityVerb, BytesDependOnNoThreadsAndGoWhereTheyAreWanted) {
    run_real("store");
    for (const char* threads : {"1", "2", "3"}) {
        const auto result = run_program({"separability", path("store"), "--threads", threads,
                                         "--out", path(std::string("new/out") + threads)});
        EXPECT_EQ(result.exit, 0) << result.err;
    }
    EXPECT_EQ(both_files("new/out1"), both_files("new/out2"));
    EXPECT_EQ(both_files("new/out1"), both_files("new/out3"));
    EXPECT_FALSE(std::filesystem::exists(path("store") + "/separability.csv"));
    for (const auto& entry : std::filesystem::directory_iterator(path("new/out1")))
        EXPECT_EQ(entry.path().extension(), ".csv") << "nothing is left beside them";
}

TEST_F(SeparabilityVerb, ASceneOfSeveralBlocksIsOne) {
    run_real("store", {}, real_sweep + R"(
[[block]]
[block.model]
similarity = "dot"
[[block]]
[block.model]
similarity = ["dot", "cosine"]
beta = 100.0
)");
    const json told = json::parse(run_program({"separability", path("store"), "--json"}).out);
    EXPECT_EQ(told["scenes"], 8);
    ASSERT_EQ(told["similarities"].size(), 2U);
    EXPECT_EQ(told["similarities"][0]["similarity"], "dot");
    EXPECT_EQ(told["similarities"][1]["similarity"], "cosine");
    EXPECT_EQ(told["similarities"][1]["scenes"], 8);
    EXPECT_EQ(told["files"].size(), 2U);
    EXPECT_EQ(table("store").size(), 16U);
}

TEST_F(SeparabilityVerb, LeavesOutWhatHasNoMeaning) {
    run_real("store", {"source=gaussian", "cue_bound=none",
                       R"(similarity=["dot", "inverse_jensen_shannon"])"});
    ASSERT_EQ(run_program({"separability", path("store")}).exit, 0);
    for (const Row& row : table("store"))
        EXPECT_EQ(row.at("similarity"), "dot");
}

TEST_F(SeparabilityVerb, SaysWhichSceneCannotBeMadeAndGoesOn) {
    run_real("store",
             {"source=orthonormal", "pattern_count=[4, 6]", "corruption=none", "cue_noise=0",
              "similarity=dot"},
             real_sweep, 3);
    const auto result = run_program({"separability", path("store")});
    EXPECT_EQ(result.exit, 3);
    EXPECT_TRUE(contains(result.err, "orthonormal")) << result.err;
    const std::vector<Row> rows = table("store");
    ASSERT_EQ(rows.size(), 4U);
    EXPECT_EQ(rows[0].at("status"), "done");
    EXPECT_EQ(rows[0].at("delta_min"), "1");
    EXPECT_EQ(rows[3].at("status"), "failed");
    EXPECT_EQ(rows[3].at("delta_min"), "");
}

TEST_F(SeparabilityVerb, ASimilarityThatIsNotDefinedLeavesTheOthers) {
    // A file may hold what the plan cannot know: here a memory that is black.
    const std::string images =
        texts_.write("images.idx", std::string("\0\0\x08\2\0\0\0\3\0\0\0\4", 12) + "abcdbcda" +
                                       std::string(4, '\0'));
    run_real("store",
             {"source=idx", "binarize=none", "path=\"" + images + "\"", "pattern_count=3",
              "dimension=4", "probe_count=3", "cue_noise=0.1",
              R"(similarity=["dot", "mean_normalized_dot"])"},
             real_sweep, 3);
    const auto result = run_program({"separability", path("store")});
    EXPECT_EQ(result.exit, 3);
    EXPECT_TRUE(contains(result.err, "is zero")) << result.err;
    EXPECT_TRUE(contains(result.out, "scenes     2, 2 failed\n")) << result.out;
    for (const Row& row : table("store"))
        EXPECT_EQ(row.at("status"), row.at("similarity") == "dot" ? "done" : "failed");
}

TEST_F(SeparabilityVerb, StopsInTimeAndSaysWhatIsLacking) {
    run_real("store");
    const auto result = run_program({"separability", path("store"), "--limit", "1e-9"});
    EXPECT_EQ(result.exit, 3);
    EXPECT_TRUE(contains(result.out, "8 not looked at for want of time")) << result.out;
    for (const Row& row : table("store"))
        EXPECT_EQ(row.at("status"), "timed_out");
    EXPECT_EQ(run_program({"separability", path("store"), "--limit", "600"}).exit, 0);
}

TEST_F(SeparabilityVerb, RefusesWhatItCannotDo) {
    EXPECT_EQ(run_program({"separability"}).exit, 2);
    EXPECT_EQ(run_program({"separability", path("nothing")}).exit, 74);
    run_real("store");
    for (const char* limit : {"0", "-1", "nan"})
        EXPECT_EQ(run_program({"separability", path("store"), "--limit", limit}).exit, 2) << limit;
    EXPECT_EQ(run_program({"separability", path("store"), "--threads", "-1"}).exit, 2);
    const std::string file = texts_.write("file", "");
    EXPECT_EQ(run_program({"separability", path("store"), "--out", file}).exit, 74);
}

} // namespace
} // namespace basin
