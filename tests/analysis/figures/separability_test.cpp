#include "analysis/figures/separability.hpp"
#include "analysis/sweep/report.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "support/continuous_cells.hpp"
#include "support/synthetic_cells.hpp"

namespace basin {
namespace {

using tests::continuous_cells;
using tests::number_axis;
using tests::small_separability;
using tests::text_axis;

/// With the config of a sweep of continuous networks.
Cells of_softmax(Cells cells) {
    cells.provenance["config_resolved"] =
        R"({"blocks":[{"axes":{"source":["gaussian"],"formulation":["softmax"]}}]})";
    return cells;
}

bool contains(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

TEST(SeparabilityChoice, TakesOneCellOfEachSimilarityInOneScene) {
    const Cells cells = of_softmax(continuous_cells(
        {number_axis("pattern_count", {5, 20, 80}), number_axis("beta", {0.1, 1, 10}),
         text_axis("similarity", {"dot", "cosine"}),
         text_axis("precision", {"float32", "float64"})},
        2));

    const SeparabilityChoice choice = separability_choice(cells);

    ASSERT_EQ(choice.rows.size(), 2U);
    for (std::size_t i = 0; i < 2; ++i) {
        EXPECT_EQ(cells.coordinate[*cells.axis("similarity")][choice.rows[i]], i);
        EXPECT_EQ(cells.coordinate[*cells.axis("pattern_count")][choice.rows[i]], 2U);
    }
    EXPECT_EQ(choice.scene, "pattern count K = 80") << "a scene has no precision";
}

TEST(SeparabilityChoice, NeedsNoFileButAContinuousNetwork) {
    EXPECT_EQ(separability_choice(of_softmax(continuous_cells({number_axis("beta", {1})}, 1)))
                  .rows.size(),
              1U);
    EXPECT_TRUE(
        separability_choice(tests::synthetic_cells({number_axis("beta", {1, 2})}, 1)).rows.empty());
}

TEST(SeparabilityFigure, SaysGapsAndExtremePointsInCaptionAndAlternative) {
    const Figure figure = separability_figure(small_separability()).value();

    for (const std::string& text : {figure.caption, figure.alt}) {
        EXPECT_TRUE(contains(text, "dot −2.5 (of cues −3.25), inverse manhattan 0.5"
                                   " (of cues −3.25)"))
            << text;
        EXPECT_TRUE(contains(text, "75 % of the memories are extreme points of their convex hull "
                                   "(3 of 4; 1 in the hull of the others)."))
            << text;
    }
    EXPECT_TRUE(contains(figure.caption, "Replicate 1 at pattern count K = 5,"));
    EXPECT_TRUE(contains(figure.caption,
                         "1 pair of inverse manhattan is infinite or not a number and not drawn."));
}

TEST(SeparabilityFigure, HoldsEveryBinAsShareOfItsOwnKind) {
    const Figure figure = separability_figure(small_separability()).value();

    ASSERT_TRUE(figure.own_data);
    const nlohmann::json spec = nlohmann::json::parse(figure.spec);
    const nlohmann::json& rows = spec["data"]["values"];
    ASSERT_EQ(rows.size(), 2 * 2 * histogram_bins);
    double self = 0.0;
    double cross = 0.0;
    for (const nlohmann::json& row : rows)
        if (row["similarity"] == "inverse manhattan")
            (row["kind"] == "self" ? self : cross) += row["share"].get<double>();
    EXPECT_DOUBLE_EQ(self, 1.0);
    EXPECT_DOUBLE_EQ(cross, 0.9583) << "of 24 pairs one is infinite";
    EXPECT_EQ(rows[3], (nlohmann::json{{"similarity", "dot"},
                                       {"kind", "cross"},
                                       {"bin_low", -0.90625},
                                       {"bin_high", -0.875},
                                       {"count", 24},
                                       {"share", 1.0}}));
    EXPECT_EQ(spec["spec"]["encoding"]["y"]["scale"]["domain"], (nlohmann::json{0, 1.0}));
}

TEST(SeparabilityFigure, SaysHowManyOfManyWereLookedAt) {
    SceneSeparability some = small_separability();
    for (auto& each : some.similarities) {
        each.found.memories = 100'000;
        each.found.memories_looked_at = 1024;
    }
    some.hull = {1024, 1000, 20, 4};
    const std::string caption = separability_figure(some).value().caption;
    EXPECT_TRUE(contains(caption, "Looked at: 1,024 of 100,000 memories and 8 of 8 cues"))
        << caption;
    EXPECT_TRUE(contains(caption, "20 in the hull of the others; 4 undecided")) << caption;
}

TEST(SeparabilityFigure, IsLeftOutWithItsReasonOrWithoutAny) {
    EXPECT_FALSE(separability_figure({}).has_value());
    SceneSeparability said;
    said.note = "Similarities cannot be shown: no such file";
    const Figure figure = separability_figure(said).value();
    EXPECT_EQ(figure.spec, "");
    EXPECT_EQ(figure.left_out, said.note);

    const Cells cells = continuous_cells({number_axis("beta", {0.1, 1})}, 2);
    EXPECT_TRUE(contains(sweep_report(cells, {}, {}, said), said.note));
    EXPECT_TRUE(contains(sweep_report(cells, {}, {}, small_separability()),
                         "data-save-figure=\"separability\""));
    EXPECT_FALSE(contains(sweep_report(cells, {}), "separability-title"));
}

} // namespace
} // namespace basin
