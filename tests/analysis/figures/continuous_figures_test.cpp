#include "analysis/cells/reported_metrics.hpp"
#include "analysis/figures/figures.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <cmath>

#include "support/continuous_cells.hpp"
#include "support/synthetic_cells.hpp"

namespace basin {
namespace {

using tests::continuous_cells;
using tests::number_axis;
using tests::text_axis;

std::vector<std::string> ids(const Cells& cells) {
    std::vector<std::string> all;
    for (const Figure& figure : figures(cells))
        all.push_back(figure.id);
    return all;
}

TEST(RegimeFigure, StacksTheSharesOverBetaByPatternCount) {
    const auto figure = regime_figure(
        continuous_cells({number_axis("pattern_count", {5, 20}), number_axis("beta", {0.1, 1, 10}),
                          text_axis("similarity", {"dot", "cosine"})},
                         2));

    ASSERT_TRUE(figure);
    const nlohmann::json spec = nlohmann::json::parse(figure->spec);
    EXPECT_EQ(spec["facet"]["field"], "pattern_count");
    EXPECT_EQ(spec["params"][0]["name"], "pick_similarity");
    EXPECT_EQ(spec["spec"]["encoding"]["x"]["scale"]["type"], "log");
    const nlohmann::json& areas = spec["spec"]["layer"][0];
    EXPECT_EQ(areas["encoding"]["y"]["stack"], "normalize");
    EXPECT_EQ(areas["transform"][0]["fold"],
              nlohmann::json({"single_exact_count", "single_blended_count",
                              "metastable_probe_count", "global_count", "not_converged_count"}));
}

TEST(RegimeFigure, IsThereForContinuousNetworksOverBetaAlone) {
    EXPECT_FALSE(regime_figure(tests::stability_cells()));
    EXPECT_FALSE(regime_figure(Cells{}));
    EXPECT_FALSE(regime_figure(
        continuous_cells({number_axis("beta", {1}), number_axis("pattern_count", {5, 20})}, 2)));
    EXPECT_TRUE(regime_figure(continuous_cells({number_axis("beta", {1, 2})}, 2)));
}

TEST(RegimeFigure, AsksForNoValuesOfBipolarCells) {
    Cells cells = continuous_cells({number_axis("beta", {0.1, 1, 10}),
                                    text_axis("formulation", {"original", "softmax"}),
                                    number_axis("interaction_vertex", {2, 3})},
                                   2);
    for (Measure& measure : cells.measures)
        if (measure.name == "single_exact_count")
            for (std::size_t row = 0; row < cells.rows(); ++row)
                if (cells.coordinate[1][row] == 0 || cells.coordinate[2][row] == 1)
                    measure.mean[row] = std::nan("");

    const nlohmann::json spec = nlohmann::json::parse(regime_figure(cells)->spec);

    EXPECT_TRUE(spec["params"].empty()) << spec["params"];
    EXPECT_FALSE(spec.contains("facet"));
}

TEST(BetaFigure, DrawsALinePerSimilarityOfEveryError) {
    const auto figure = beta_figure(
        continuous_cells({number_axis("pattern_count", {5, 20}), number_axis("beta", {0.1, 1, 10}),
                          text_axis("similarity", {"dot", "cosine"}),
                          text_axis("separation", {"softmax", "identity"})},
                         2));

    ASSERT_TRUE(figure);
    const nlohmann::json spec = nlohmann::json::parse(figure->spec);
    EXPECT_EQ(spec["facet"]["field"], "separation");
    EXPECT_EQ(spec["spec"]["encoding"]["x"]["field"], "beta");
    EXPECT_EQ(spec["spec"]["encoding"]["color"]["field"], "similarity");
    EXPECT_EQ(spec["params"][0]["bind"]["options"],
              nlohmann::json({"recall_error", "one_minus_ssim"}));
    EXPECT_EQ(spec["params"][1]["name"], "pick_pattern_count");
}

TEST(BetaFigure, BeginsWithTheFormulationThatHasSeparations) {
    const auto figure = beta_figure(continuous_cells(
        {text_axis("formulation", {"softmax", "universal"}), number_axis("beta", {0.1, 1, 10}),
         text_axis("similarity", {"dot", "cosine"}), text_axis("separation", {"softmax", "max"}),
         number_axis("pattern_count", {5, 20})},
        2));

    ASSERT_TRUE(figure);
    const nlohmann::json spec = nlohmann::json::parse(figure->spec);
    for (const nlohmann::json& parameter : spec["params"])
        if (parameter["name"] == "pick_formulation") {
            EXPECT_EQ(parameter["value"], "universal");
            return;
        }
    FAIL() << "no choice of the formulation";
}

TEST(BetaFigure, DoesNotRepeatTheRecallFigure) {
    const Cells cells = continuous_cells(
        {number_axis("beta", {0.1, 1, 10}), text_axis("similarity", {"dot", "cosine"})}, 2);

    EXPECT_EQ(ids(cells),
              (std::vector<std::string>{"recall", "regimes", "error-map", "overflow-map"}));
    EXPECT_NE(line_figure(cells).spec.find("one_minus_ssim"), std::string::npos);
}

TEST(Figures, OfBipolarNetworksAreTheSameAsEver) {
    EXPECT_EQ(ids(tests::stability_cells()),
              (std::vector<std::string>{"recall", "error-map", "overflow-map"}));
}

TEST(LeaveOutUndefined, LeavesBipolarReportsAsTheyWere) {
    const double none = std::nan("");
    const auto names = [](std::vector<Measure> measures) {
        leave_out_undefined(measures);
        std::vector<std::string> left;
        for (const Measure& measure : measures)
            left.push_back(measure.name);
        return left;
    };
    const auto measure = [](const char* name, double value) {
        return Measure{name, "1", "", {value, std::nan("")}, {}, {}, {}};
    };

    EXPECT_EQ(names({measure("recall_error", 0.5), measure("numerical_failure", none),
                     measure("k90", none)}),
              (std::vector<std::string>{"recall_error", "numerical_failure"}));
    EXPECT_EQ(names({measure("recall_error", 0.5), measure("numerical_failure", none),
                     measure("k90", 3), measure("one_minus_ssim", none)}),
              (std::vector<std::string>{"recall_error", "k90"}));
}

} // namespace
} // namespace basin
