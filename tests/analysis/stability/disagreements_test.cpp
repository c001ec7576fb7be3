#include "analysis/stability/disagreements.hpp"

#include <gtest/gtest.h>

#include "support/drawn_cells.hpp"
#include "support/synthetic_cells.hpp"

namespace basin {
namespace {

using tests::drawn_cells;
using tests::number_axis;
using tests::text_axis;

/// Differences between similarities grow with the pattern count; beta differs in nothing.
Cells sweep(const std::vector<std::string>& stores = {}) {
    std::vector<CubeAxis> axes;
    if (!stores.empty()) axes.push_back(text_axis("store", stores));
    const std::size_t first = axes.size();
    axes.push_back(number_axis("pattern_count", {10, 20, 1e6}));
    axes.push_back(number_axis("beta", {0.5, 1}));
    axes.push_back(text_axis("similarity", {"dot", "cosine"}));
    Cells cells =
        drawn_cells(axes, 6, 3, [first](const Cells& all, std::size_t row, double normal) {
            double error = 0.5 + 0.001 * normal;
            if (all.coordinate[first + 2][row] == 1)
                error -= 0.1 * (1 + all.coordinate[first][row]);
            if (first == 1 && all.coordinate[0][row] == 1) error += 0.3;
            return error;
        });
    cells.provenance = {
        {"sweep_name", "it's mine"},
        {"overrides", "seed=9\nbeta=[0.5,1]"},
        {"config_resolved", R"({"blocks": [{"axes": {"dimension": [50]}, "zip": []}]})"}};
    return cells;
}

TEST(Disagreements, AreTheLargestOfEveryDuel) {
    const Cells cells = sweep();
    const std::vector<Duel> all = duels(cells);
    const std::vector<Disagreement> found = disagreements(cells, all, {}, 3);

    ASSERT_EQ(found.size(), 6U); // a duel, two metrics
    for (std::size_t i = 0; i < 3; ++i) {
        const Disagreement& one = found[i];
        const double expected = i < 2 ? -0.3 : -0.2;
        EXPECT_NEAR(one.test.difference.mean, expected, 0.01);
        EXPECT_NEAR(one.mean_b - one.mean_a, expected, 0.01);
        EXPECT_EQ(cells.coordinate[0][one.cell.row_a], i < 2 ? 2U : 1U);
        EXPECT_LE(one.cell.adjusted_p, 0.05);
    }
    EXPECT_EQ(found[0].commands,
              (std::vector<std::string>{
                  "basin run 'it'\\''s mine.toml' --store 'it'\\''s mine-again' --only --set "
                  "seed=9 --set "
                  "pattern_count=1000000 --set beta=0.5 --set 'similarity=[dot,cosine]'"}));

    const Table table = disagreement_table(cells, all, found);
    ASSERT_EQ(table.rows.size(), 6U);
    EXPECT_EQ(table.rows[0].size(), table.columns.size());
    EXPECT_EQ(table.rows[0][2].text, "dot → cosine");
    EXPECT_EQ(table.rows[0].back().text, found[0].commands[0]);
    EXPECT_TRUE(disagreements(Cells{}, {}).empty());
    EXPECT_TRUE(disagreement_table(Cells{}, {}, {}).rows.empty());
}

TEST(Disagreements, OfStoresHaveACommandEach) {
    const Cells cells = sweep({"one", "two"});
    const std::vector<Duel> all = duels(cells);
    RunSources sources{run_source(cells.provenance), run_source(cells.provenance)};
    sources[1]->config = "two.toml";
    sources[1]->overrides = {};
    const std::vector<Disagreement> found = disagreements(cells, all, sources, 1);

    ASSERT_EQ(found.size(), 4U);
    EXPECT_NEAR(found[0].test.difference.mean, 0.3, 0.01);
    ASSERT_EQ(found[0].commands.size(), 2U);
    EXPECT_TRUE(found[0].commands[0].starts_with("basin run 'it'\\''s mine.toml' --store one-again "
                                                 "--only --set seed=9 --set pattern_count="))
        << found[0].commands[0];
    EXPECT_TRUE(found[0].commands[1].starts_with(
        "basin run two.toml --store two-again --only --set pattern_count="))
        << found[0].commands[1];
    // Similarities meet within a store, by that store's config.
    ASSERT_EQ(found[2].commands.size(), 1U);
    EXPECT_NE(found[2].commands[0].find("'similarity=[dot,cosine]'"), std::string::npos);
    // A store of which nothing is known has no command.
    sources[1].reset();
    EXPECT_TRUE(disagreements(cells, all, sources, 1)[0].commands.empty());
    EXPECT_EQ(
        disagreement_table(cells, all, disagreements(cells, all, sources, 1)).rows[0].back().text,
        "–");
}

TEST(RunSource, KnowsWhatBasinRunCannotDo) {
    EXPECT_FALSE(run_source({}));
    EXPECT_FALSE(run_source({{"config_resolved", R"({"capacity": {}, "blocks": []})"}}));
    const auto source = run_source(
        {{"config_resolved",
          R"({"stopping": {}, "blocks": [{"zip": []}, {"zip": [["beta", "similarity"]]}]})"}});
    ASSERT_TRUE(source);
    EXPECT_EQ(source->config, "sweep.toml");
    EXPECT_TRUE(source->sequential);
    EXPECT_EQ(source->zipped, (std::vector<std::string>{"beta", "similarity"}));
}

TEST(RerunCommands, TakeTwoWhereAZipWouldNotFit) {
    Cells cells = sweep();
    RunSources sources{run_source(cells.provenance)};
    sources[0]->zipped = {"beta", "similarity"};
    sources[0]->sequential = true;
    const auto commands = rerun_commands(cells, 0, 1, *cells.axis("similarity"), 4, sources);
    ASSERT_EQ(commands.size(), 2U);
    EXPECT_TRUE(commands[0].ends_with(
        "mine-again-dot' --only --set seed=9 --set pattern_count=10 --set beta=0.5 --set "
        "similarity=dot --set replicates=4"))
        << commands[0];
    EXPECT_NE(commands[1].find("similarity=cosine"), std::string::npos);
}

TEST(RerunCommands, QuoteTexts) {
    Cells cells =
        drawn_cells({text_axis("path", {"[odd", "my images", "say \"hi\"", "\"both [", "plain"}),
                     text_axis("similarity", {"dot", "cosine"})},
                    2, 1, [](const Cells&, std::size_t, double normal) { return normal; });
    cells.provenance = {{"config_resolved", R"({"blocks": [{"axes": {}, "zip": []}]})"}};
    const RunSources sources{run_source(cells.provenance)};
    const auto said = [&](std::size_t value) {
        const auto commands = rerun_commands(cells, 2 * value, 2 * value + 1, 1, 2, sources);
        return commands.empty() ? "" : commands[0].substr(commands[0].find("--set"));
    };
    EXPECT_EQ(said(0), "--set 'path=\"[odd\"' --set 'similarity=[dot,cosine]'");
    EXPECT_EQ(said(1), "--set 'path=my images' --set 'similarity=[dot,cosine]'");
    EXPECT_EQ(said(2), "--set 'path=say \"hi\"' --set 'similarity=[dot,cosine]'");
    EXPECT_EQ(said(3), "") << "the grammar has no way to say it";
    EXPECT_EQ(said(4), "--set path=plain --set 'similarity=[dot,cosine]'");
}

} // namespace
} // namespace basin
