#include "analysis/stability/stability.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>

#include "support/arithmetic_cells.hpp"
#include "support/synthetic_cells.hpp"

namespace basin {
namespace {

using tests::arithmetic_cells;
using tests::number_axis;
using tests::synthetic_cells;
using tests::text_axis;

bool says(const std::vector<std::string>& sentences, const std::string& part) {
    return std::ranges::any_of(sentences, [&](const std::string& sentence) {
        return sentence.find(part) != std::string::npos;
    });
}

std::vector<Figure> maps_of(const Cells& cells) {
    return stability_maps(cells, stability_overlays(cells));
}

TEST(StabilityFindings, CompareFormulationsWithinAPrecision) {
    const std::vector<std::string> sentences = stability_findings(arithmetic_cells());

    // Of 42 cells a formulation in float32 original loses 27, normalized 9, each 0.9 to 0.93 of its
    // queries: 18 * 0.915 / 42, and replicates differ by 0.01 * 18 / 42.
    EXPECT_TRUE(says(sentences, "In float32, normalized raises exact recall by 0.392 on average "
                                "against original (paired 95 % interval 0.383 to 0.401; 42 common "
                                "cells, 4 replicates)."))
        << ::testing::PrintToString(sentences);
    EXPECT_FALSE(says(sentences, "In exact,")) << "there the difference is zero";
}

TEST(StabilityFindings, CountTheQueriesLostToTheArithmetic) {
    const std::vector<std::string> sentences = stability_findings(arithmetic_cells());

    EXPECT_TRUE(says(sentences, "Against exact, float32 loses 0.588 of the queries in the original "
                                "formulation (95 % interval 0.575 to 0.601; 42 cells, 4 "
                                "replicates)."));
    EXPECT_TRUE(
        says(sentences, "float32 loses 0.196 of the queries in the normalized formulation"));
}

TEST(StabilityFindings, SayNothingWhereZeroCannotBeExcluded) {
    Cells cells = arithmetic_cells();
    for (Measure& measure : cells.measures)
        for (std::size_t i = 0; i < measure.each.size(); ++i)
            if (measure.name == "exact_recall" || measure.name == "numerical_failure")
                measure.each[i] = i % 4 == 0 ? measure.each[i] : 0.0; // one replicate says so
    const std::vector<std::string> sentences = stability_findings(cells);

    EXPECT_FALSE(says(sentences, "exact recall by"));
    EXPECT_FALSE(says(sentences, "loses"));
}

TEST(StabilityFindings, TellHowOftenTheoryHolds) {
    EXPECT_TRUE(says(stability_findings(arithmetic_cells()),
                     "72 of 72 predictions of theory hold: 19 frontiers within the interaction "
                     "vertices of the run, and 53 times none"));
}

TEST(StabilityFindings, TellWhetherTheFormulationsAreOneModel) {
    const Cells cells =
        synthetic_cells({text_axis("formulation", {"original", "normalized"}),
                         text_axis("interaction", {"rectified_polynomial", "polynomial",
                                                   "leaky_rectified_polynomial", "exponential"})},
                        2);
    const std::vector<std::string> sentences = stability_findings(cells);

    EXPECT_TRUE(says(sentences, "equivalent = true for rectified polynomial and polynomial:"));
    EXPECT_TRUE(
        says(sentences, "equivalent = false for leaky rectified polynomial and exponential:"));
    EXPECT_FALSE(
        says(stability_findings(synthetic_cells({number_axis("beta", {1, 2})}, 2)), "equivalent"))
        << "one formulation only";
}

TEST(StabilityFindings, LeaveTheClassicalNetworkOut) {
    const Cells cells = synthetic_cells({text_axis("formulation", {"classical", "original"}),
                                         number_axis("interaction_vertex", {2, 30})},
                                        4);

    EXPECT_EQ(comparable_cells(cells).rows(), 2u);
    EXPECT_FALSE(says(stability_findings(cells), "classical"));
}

TEST(StabilityFindings, OfContinuousNetworksNameTheirReference) {
    Cells cells = arithmetic_cells();
    cells.axes[*cells.axis("formulation")].labels = {"softmax", "universal"};
    cells.axes[*cells.axis("precision")].labels = {"float32", "float64"};

    const std::vector<std::string> sentences = stability_findings(cells);

    EXPECT_TRUE(says(sentences, "Against float64 with the stable exponential, float32 loses 0.588 "
                                "of the queries in the softmax formulation"))
        << ::testing::PrintToString(sentences);
    EXPECT_FALSE(says(sentences, "equivalent"));
}

TEST(StabilityMaps, ShowFormulationsSideBySideAndPrecisionsBelowEachOther) {
    const std::vector<Figure> maps = maps_of(arithmetic_cells());
    ASSERT_EQ(maps.size(), 2u);
    const nlohmann::json spec = nlohmann::json::parse(maps[0].spec);

    EXPECT_EQ(spec["facet"]["column"]["field"], "formulation");
    EXPECT_EQ(spec["facet"]["row"]["field"], "precision");
    EXPECT_EQ(spec["spec"]["encoding"]["x"]["field"], "interaction_vertex");
    EXPECT_EQ(spec["spec"]["encoding"]["x"]["type"], "ordinal");
    EXPECT_EQ(spec["spec"]["encoding"]["y"]["field"], "beta");
    EXPECT_EQ(spec["params"].size(), 1u) << "the cue level is left to the reader";
    EXPECT_EQ(maps[0].lines.size(), 3u);
    EXPECT_NE(maps[1].spec.find("numerical_failure"), std::string::npos);
}

TEST(StabilityMaps, TakeTheCueLevelWhereBetaDoesNotVary) {
    const Cells cells = arithmetic_cells();
    std::vector<bool> keep(cells.rows());
    for (std::size_t row = 0; row < cells.rows(); ++row)
        keep[row] = cells.coordinate[*cells.axis("beta")][row] == 1;

    const nlohmann::json spec = nlohmann::json::parse(maps_of(filtered(cells, keep))[0].spec);

    EXPECT_EQ(spec["spec"]["encoding"]["y"]["field"], "cue_level");
}

TEST(StabilityMaps, OfAnyCubeAreDrawnOrExplained) {
    const std::vector<CubeAxis> axes = arithmetic_cells().axes;
    for (std::size_t mask = 0; mask < std::size_t{1} << axes.size(); ++mask) {
        std::vector<CubeAxis> some;
        for (std::size_t a = 0; a < axes.size(); ++a)
            if (mask >> a & 1) some.push_back(axes[a]);

        for (const Figure& figure : maps_of(synthetic_cells(some, 2)))
            EXPECT_NE(figure.spec.empty(), figure.left_out.empty()) << figure.id;
    }
}

TEST(StabilityReport, CarriesTheEdgesOfItsLinesAndTheTable) {
    const std::string page = stability_report(arithmetic_cells(), {});

    EXPECT_NE(page.find("Basin stability report"), std::string::npos);
    EXPECT_NE(page.find("\"name\":\"nan_frontier\""), std::string::npos);
    EXPECT_NE(page.find("<table id=\"frontiers\">"), std::string::npos);
    EXPECT_NE(page.find("theory: every decision NaN from here on"), std::string::npos);
    EXPECT_EQ(page, stability_report(arithmetic_cells(), {})) << "a function of the cells alone";
}

TEST(StabilityReport, WorksForNoCells) {
    EXPECT_NE(stability_report(Cells{}, {}).find("Theory has nothing to say"), std::string::npos);
}

} // namespace
} // namespace basin
