#include "analysis/figures/figures.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>

#include "support/synthetic_cells.hpp"

namespace basin {
namespace {

using tests::number_axis;
using tests::stability_cells;
using tests::synthetic_cells;
using tests::text_axis;

std::set<std::string> parameters_of(const nlohmann::json& spec) {
    std::set<std::string> names;
    for (const nlohmann::json& parameter : spec["params"])
        names.insert(parameter["name"].get<std::string>());
    return names;
}

TEST(LineFigure, DrawsErrorOverPatternCountByVertexAndFormulation) {
    const nlohmann::json spec = nlohmann::json::parse(line_figure(stability_cells()).spec);

    EXPECT_EQ(spec["spec"]["encoding"]["x"]["field"], "pattern_count");
    EXPECT_EQ(spec["spec"]["encoding"]["x"]["scale"]["type"], "log");
    EXPECT_EQ(spec["spec"]["encoding"]["color"]["field"], "interaction_vertex");
    EXPECT_EQ(spec["facet"]["column"]["field"], "formulation");
    EXPECT_EQ(parameters_of(spec), (std::set<std::string>{"quantity", "pick_cue_level", "pick_beta",
                                                          "pick_similarity"}));
}

TEST(LineFigure, TakesTheNextParameterWhereOneDoesNotVary) {
    const nlohmann::json spec = nlohmann::json::parse(
        line_figure(synthetic_cells({number_axis("beta", {0.01, 1, 100}),
                                     text_axis("similarity", {"dot", "cosine"})},
                                    2))
            .spec);

    EXPECT_EQ(spec["encoding"]["x"]["field"], "beta");
    EXPECT_EQ(spec["encoding"]["color"]["field"], "similarity");
    EXPECT_FALSE(spec.contains("facet"));
}

TEST(LineFigure, UsesALinearAxisForValuesThatIncludeZero) {
    const nlohmann::json spec = nlohmann::json::parse(
        line_figure(synthetic_cells({number_axis("cue_level", {0, 0.1, 0.5})}, 2)).spec);

    EXPECT_EQ(spec["encoding"]["x"]["scale"]["type"], "linear");
}

TEST(LineFigure, SaysWhyItIsLeftOut) {
    const Figure figure =
        line_figure(synthetic_cells({text_axis("similarity", {"dot", "cosine"})}, 2));

    EXPECT_TRUE(figure.spec.empty());
    EXPECT_FALSE(figure.left_out.empty());
}

TEST(ErrorMap, DrawsBetaAndVertexWithASignForEveryState) {
    const nlohmann::json spec = nlohmann::json::parse(error_map(stability_cells()).spec);

    EXPECT_EQ(spec["spec"]["encoding"]["x"]["field"], "beta");
    EXPECT_EQ(spec["spec"]["encoding"]["y"]["field"], "interaction_vertex");
    const std::string layers = spec["spec"]["layer"].dump();
    for (const std::string_view state : cell_state_names)
        EXPECT_NE(layers.find("datum.state === '" + std::string(state) + "'"), std::string::npos)
            << state;
    EXPECT_NE(layers.find("datum.overflow"), std::string::npos);
}

TEST(ErrorMap, LabelsTheDecadesOfALongAxis) {
    const nlohmann::json spec = nlohmann::json::parse(error_map(stability_cells()).spec);

    EXPECT_EQ(spec["spec"]["encoding"]["x"]["axis"]["values"],
              nlohmann::json({0.01, 0.1, 1.0, 10.0, 100.0}));
}

TEST(ErrorMap, IsLeftOutWithOneAxis) {
    const Figure figure = error_map(synthetic_cells({number_axis("beta", {1, 2})}, 2));

    EXPECT_TRUE(figure.spec.empty());
    EXPECT_NE(figure.left_out.find("Fewer than two"), std::string::npos);
}

TEST(OverflowMap, IsLeftOutWhereNothingOverflows) {
    const Figure figure = overflow_map(synthetic_cells(
        {number_axis("beta", {0.1, 1}), number_axis("interaction_vertex", {2, 3})}, 2));

    EXPECT_TRUE(figure.spec.empty());
    EXPECT_NE(figure.left_out.find("No unit decision"), std::string::npos);
}

TEST(Figures, OfAnyCubeAreDrawnOrExplained) {
    const std::vector<CubeAxis> axes = stability_cells().axes;
    for (std::size_t mask = 0; mask < std::size_t{1} << axes.size(); ++mask) {
        std::vector<CubeAxis> some;
        for (std::size_t a = 0; a < axes.size(); ++a)
            if (mask >> a & 1) some.push_back(axes[a]);

        for (const Figure& figure : figures(synthetic_cells(some, 2))) {
            EXPECT_NE(figure.spec.empty(), figure.left_out.empty()) << figure.id;
            EXPECT_EQ(figure.spec.empty(), figure.alt.empty()) << figure.id;
            EXPECT_FALSE(figure.title.empty());
        }
    }
}

TEST(Figures, OfNoCellsAreExplained) {
    for (const Figure& figure : figures(Cells{}))
        EXPECT_FALSE(figure.left_out.empty());
}

} // namespace
} // namespace basin
