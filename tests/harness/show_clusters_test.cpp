// `basin show DIR KEY --clusters`: a point recalled again, final state by final state.

#include "models/metrics/metrics.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>
#include <set>

#include "support/small_stores.hpp"

namespace basin {
namespace {

using nlohmann::json;
using tests::contains;
using tests::run_program;

/// From one global state to one state a memory: 60 probes, one for each memory.
const std::string sweep = R"(
[sweep]
name = "attractors"
seed = 5
replicates = 2
[patterns]
source = "clusters"
dimension = 70
pattern_count = 60
group_count = 6
correlation = 0.9
[cue]
corruption = "none"
[model]
formulation = ["softmax", "original"]
interaction_vertex = 2
beta = [0.1, 30.0, 2000.0]
precision = "float64"
[[block]]
[[block]]
[block.patterns]
source = "random_bipolar"
)";

class ShowClusters : public tests::SmallStores {
protected:
    ShowClusters() { config_ = folder_.write("attractors.toml", sweep); }

    /// Keys of the points whose parameters are these.
    std::vector<std::string> keys(const json& wanted, const std::string& status = "done") {
        const auto list =
            run_program({"show", path("store"), "--all", "--json", "--status", status});
        std::vector<std::string> found;
        const json points = json::parse(list.out)["points"];
        for (const json& point : points) {
            const json& own = point["parameters"];
            if (std::ranges::all_of(wanted.items(), [&](const auto& item) {
                    return own.contains(item.key()) && own[item.key()] == item.value();
                }))
                found.push_back(point["key"]);
        }
        return found;
    }
    std::string key_at(double beta) {
        return keys({{"source", "clusters"}, {"formulation", "softmax"}, {"beta", beta}}).at(1);
    }
    json clusters(const std::string& key, int exit = 0) {
        const auto result = run_program({"show", path("store"), key, "--clusters", "--json"});
        EXPECT_EQ(result.exit, exit) << result.err;
        return result.out.empty() ? json{} : json::parse(result.out);
    }
    /// What the store holds of the replicate.
    json metrics(const std::string& key) {
        const json point = json::parse(run_program({"show", path("store"), key, "--json"}).out);
        for (const json& row : point["replicates"])
            if (row["key"] == key) return row["metrics"];
        ADD_FAILURE() << key;
        return {};
    }
};

TEST_F(ShowClusters, AddUpToWhatTheStoreHolds) {
    run("store");
    for (const double beta : {0.1, 30.0, 2000.0}) {
        const std::string key = key_at(beta);
        const json table = clusters(key);
        const json stored = metrics(key);
        EXPECT_EQ(table["key"], key);
        EXPECT_EQ(table["probes"], 60);
        EXPECT_EQ(table["unique_states"], stored["unique_states"]);
        EXPECT_EQ(table["clusters"].size(), stored["unique_states"]);
        EXPECT_EQ(table["relative_rank"], stored["relative_rank"]);
        EXPECT_TRUE(table["differing"].empty()) << table["differing"];
        int probes = 0;
        std::map<std::string, int> kinds;
        for (const json& row : table["clusters"]) {
            probes += row["probes"].get<int>();
            for (const auto& [kind, number] : row["kinds"].items())
                kinds[kind] += number.get<int>();
        }
        EXPECT_EQ(probes, 60);
        EXPECT_EQ(kinds["single_exact"], stored["single_exact_count"]);
        EXPECT_EQ(kinds["single_blended"], stored["single_blended_count"]);
        EXPECT_EQ(kinds["metastable"], stored["metastable_probe_count"]);
        EXPECT_EQ(kinds["global"], stored["global_count"]);
        EXPECT_EQ(kinds["not_converged"], stored["not_converged_count"]);
    }
}

TEST_F(ShowClusters, ShowTheMeanThenTheGroupsThenTheMemories) {
    run("store");
    const json mean = clusters(key_at(0.1))["clusters"];
    ASSERT_EQ(mean.size(), 1U);
    EXPECT_EQ(mean[0]["probes"], 60);
    EXPECT_EQ(mean[0]["kind"], "global");
    EXPECT_NEAR(mean[0]["effective_size"].get<double>(), 60, 1.0);

    const json groups = clusters(key_at(30.0))["clusters"];
    ASSERT_EQ(groups.size(), 6U);
    EXPECT_EQ(metrics(key_at(30.0))["relative_rank"], 0.1);
    std::set<std::size_t> seen; // memory mu is in group mu mod 6; the ten are equally near
    for (const json& row : groups) {
        EXPECT_EQ(row["probes"], 10);
        EXPECT_EQ(row["kind"], "metastable");
        seen.insert(row["nearest_memory"].get<std::size_t>() % 6);
    }
    EXPECT_EQ(seen.size(), 6U);
    EXPECT_TRUE(std::ranges::is_sorted(
        groups, {}, [](const json& row) { return row["nearest_memory"].get<std::size_t>(); }));

    const json memories = clusters(key_at(2000.0))["clusters"];
    ASSERT_EQ(memories.size(), 60U);
    for (std::size_t mu = 0; mu < 60; ++mu) {
        EXPECT_EQ(memories[mu]["nearest_memory"], mu);
        EXPECT_EQ(memories[mu]["kind"], "single_exact");
        EXPECT_EQ(memories[mu]["k90"], 1);
        EXPECT_LT(memories[mu]["distance"].get<double>(), 1e-6);
    }
}

TEST_F(ShowClusters, ALongTableSaysHowManyRowsItLeavesOut) {
    run("store");
    const std::string key = key_at(2000.0);
    const auto few = run_program({"show", path("store"), key, "--clusters"});
    EXPECT_EQ(few.exit, 0) << few.err;
    EXPECT_TRUE(contains(few.out, "60 probes, 60 distinct final states, relative rank 1\n"))
        << few.out;
    EXPECT_TRUE(contains(few.out, "… 50 of 60 final states, 10 more; --all lists all\n"));
    const auto rows = [](const std::string& text) {
        std::size_t count = 0;
        for (std::size_t at = 0; (at = text.find("  single_exact\n", at)) != std::string::npos;
             ++at)
            ++count;
        return count;
    };
    EXPECT_EQ(rows(few.out), 50U);
    const auto all = run_program({"show", path("store"), key, "--clusters", "--all"});
    EXPECT_EQ(rows(all.out), 60U);
    EXPECT_FALSE(contains(all.out, "more;"));
}

TEST_F(ShowClusters, BipolarPointsAndPointsWithoutMeaningAreRefusedWithTheReason) {
    run("store");
    const auto refusal = [&](const std::string& key) {
        const auto result = run_program({"show", path("store"), key, "--clusters"});
        EXPECT_EQ(result.exit, 2);
        EXPECT_EQ(result.out, "");
        return result.err;
    };
    const std::string bipolar = refusal(keys({{"formulation", "original"}}).at(0));
    EXPECT_TRUE(contains(bipolar, "for continuous networks")) << bipolar;
    EXPECT_TRUE(contains(bipolar, "formulation original")) << bipolar;
    run("store", {"similarity=inverse_kullback_leibler"});
    const json shares = {{"source", "random_bipolar"}, {"formulation", "softmax"}};
    const std::string senseless = refusal(keys(shares, "not_applicable").at(0));
    EXPECT_TRUE(contains(senseless, "compares distributions")) << senseless;
    EXPECT_EQ(run_program({"show", path("store"), "--clusters"}).exit, 2);
    EXPECT_EQ(run_program({"show", path("store"), key_at(0.1), "--clusters", "--config"}).exit, 2);
    EXPECT_EQ(run_program({"show", path("store"), key_at(0.1), "--all"}).exit, 2);
}

TEST_F(ShowClusters, WhatTheStoreDoesNotHoldIsTold) {
    run("store");
    const std::string key = keys({{"formulation", "softmax"}}).at(0);
    rewrite_journal("store", [&](Record& record, std::size_t) {
        if (to_string(record.key) == key)
            record.outcome.values[metric_index("unique_states")] += 1.0;
    });
    const json table = clusters(key, 6);
    EXPECT_EQ(table["differing"], json::array({"unique_states"}));
    const auto words = run_program({"show", path("store"), key, "--clusters"});
    EXPECT_EQ(words.exit, 6);
    EXPECT_TRUE(contains(words.out, "This is not what the store holds: ")) << words.out;
}

} // namespace
} // namespace basin
