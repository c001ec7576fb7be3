// The capacity report on cells made by a formula whose critical pattern counts are known.

#include "analysis/capacity/capacity.hpp"
#include "analysis/capacity/capacity_charts.hpp"
#include "analysis/charts/chart_table.hpp"
#include "results/store/store.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "support/synthetic_cells.hpp"

namespace basin {
namespace {

using tests::number_axis;
using tests::text_axis;

/// Where the synthetic exact recall is 1/2.
double true_count(double vertex, double cue_level) {
    return std::pow(100.0, vertex - 1) / (8 * vertex) * std::pow(10.0, -3 * cue_level);
}

std::vector<double> loads() {
    std::vector<double> counts;
    for (int i = 0; i <= 30; ++i)
        counts.push_back(std::round(10 * std::pow(10.0, 0.1 * i)));
    return counts;
}

Cells grid(const std::vector<double>& vertices, std::size_t replicates = 8) {
    return tests::synthetic_cells({number_axis("pattern_count", loads()),
                                   number_axis("cue_level", {0, 0.1}),
                                   number_axis("interaction_vertex", vertices)},
                                  replicates);
}

bool says(const std::vector<std::string>& sentences, const std::string& what) {
    for (const std::string& sentence : sentences)
        if (sentence.find(what) != std::string::npos) return true;
    return false;
}

PageContent content_of(const Cells& cells) {
    return capacity_content({cells, {}, {}, {}, {}, {}});
}

const Chart& chart_called(const PageContent& content, const std::string& id) {
    for (const Chart& chart : content.charts)
        if (chart.id == id) return chart;
    throw std::out_of_range(id);
}

/// Every cell as if all its points had failed.
Cells all_failed(Cells cells) {
    cells.points[static_cast<std::size_t>(Status::failed)] =
        cells.points[static_cast<std::size_t>(Status::done)];
    cells.points[static_cast<std::size_t>(Status::done)] = 0;
    for (std::size_t row = 0; row < cells.rows(); ++row) {
        cells.state[row] = CellState::failed;
        cells.done[row] = 0;
    }
    for (Measure& measure : cells.measures) {
        std::ranges::fill(measure.mean, std::nan(""));
        std::ranges::fill(measure.low, std::nan(""));
        std::ranges::fill(measure.high, std::nan(""));
        std::ranges::fill(measure.each, std::nan(""));
    }
    return cells;
}

TEST(CapacityReport, FindsTheCountsThatTheCellsWereMadeWith) {
    const Cells cells = grid({3});
    const CapacityCurves curves = capacity_curves(cells, {});
    ASSERT_EQ(curves.curves.size(), 2u);
    for (const CapacityOfCurve& curve : curves.curves) {
        const double cue = curve.values[0] == 0 ? 0.0 : 0.1;
        EXPECT_NEAR(curve.crossing.estimate / true_count(3, cue), 1.0, 0.03);
        EXPECT_LE(curve.crossing.lower, true_count(3, cue));
        EXPECT_GE(curve.crossing.upper, true_count(3, cue));
        EXPECT_EQ(curve.crossing.observations, 31u * 8u);
        EXPECT_EQ(curve.points.size(), 31u);
        EXPECT_EQ(curve.last_done(), 10000u);
    }
}

TEST(CapacityReport, IsTheCrossingOfTheReplicatesAsTheyAre) {
    const Cells cells = grid({3}, 5);
    const CapacityCurves curves = capacity_curves(cells, {});
    const Measure& recall = *cells.measure("exact_recall");
    std::vector<Observation> observations;
    for (std::size_t row = 0; row < cells.rows(); ++row)
        if (cells.coordinate[1][row] == 1)
            for (std::uint32_t r = 0; r < 5; ++r)
                observations.push_back(
                    {static_cast<std::uint64_t>(cells.axes[0].numbers[cells.coordinate[0][row]]), r,
                     recall.each[row * 5 + r]});
    CrossingRule rule;
    rule.relative_width = 0.05;
    rule.ladder_ratio = 1.025;
    rule.least = 10;
    rule.most = 10000;
    rule.unseen_dispersion = 1.0 / 10; // the default config's memories, each with a cue
    const Crossing expected = crossing(observations, rule);
    const Crossing& found = curves.curves[1].crossing;
    EXPECT_EQ(found.estimate, expected.estimate);
    EXPECT_EQ(found.lower, expected.lower);
    EXPECT_EQ(found.upper, expected.upper);
}

TEST(CapacityReport, TakesAnErrorThatRises) {
    const Cells cells = grid({3});
    const CapacityCurves curves = capacity_curves(cells, read_criterion("recall_error <= 0.25"));
    // An error that ends at 1/2 is no logistic curve: near its threshold it is nearly one.
    EXPECT_NEAR(curves.curves[0].crossing.estimate / true_count(3, 0), 1.0, 0.05);
    EXPECT_LE(curves.curves[0].crossing.lower, true_count(3, 0));
    EXPECT_GE(curves.curves[0].crossing.upper, true_count(3, 0));
    EXPECT_GT(curves.curves[0].crossing.slope, 0.0);
}

TEST(CapacityReport, GivesABoundWhereNothingCrosses) {
    const Cells cells = grid({2, 5});
    const CapacityCurves curves = capacity_curves(cells, {});
    for (const CapacityOfCurve& curve : curves.curves) {
        const bool high = curve.values[1] == 1;
        if (high) {
            EXPECT_EQ(curve.crossing.state, CrossingState::above_range);
            EXPECT_EQ(curve.crossing.lower, 10000.0);
        } else {
            EXPECT_EQ(curve.crossing.state, CrossingState::below_range);
            EXPECT_LE(curve.crossing.upper, 100.0);
        }
    }
    const std::vector<std::string> sentences = capacity_findings(cells, curves);
    EXPECT_TRUE(says(sentences, "2 are above all pattern counts computed")) << sentences[0];
    EXPECT_TRUE(says(sentences, "2 are below them")) << sentences[0];
    const std::vector<Chart> charts = critical_count_charts(cells, curves);
    ASSERT_EQ(charts.size(), 2u); // over cue level and interaction vertex
    std::size_t up = 0;
    std::size_t down = 0;
    for (const ChartSeries& series : charts[1].series)
        for (const ChartPoint& point : series.points) {
            up += point.sign == Sign::arrow_up ? 1 : 0;
            down += point.sign == Sign::arrow_down ? 1 : 0;
        }
    EXPECT_EQ(up, 2u);
    EXPECT_EQ(down, 2u);
}

TEST(CapacityReport, DrawsCurvesBracketsTheoryAndMap) {
    const PageContent content = content_of(grid({3, 4}));
    const Chart& load = chart_called(content, "load");
    EXPECT_TRUE(load.left_out.empty());
    EXPECT_EQ(load.series.size(), 4u + 2u); // n = 4 is beyond the grid
    EXPECT_EQ(load.rules.size(), 1u);
    const Chart& over_vertex = chart_called(content, "critical-over-interaction-vertex");
    EXPECT_NE(chart_csv(over_vertex).find("theory at this N"), std::string::npos);
    const Chart& map = chart_called(content, "phase-map");
    EXPECT_EQ(map.tiles.size(), 31u * 2u * 2u);
    EXPECT_EQ(map.series.size(), 2u); // n = 3, one per cue level
    EXPECT_EQ(content.tables[0].table.rows.size(), 4u);
    EXPECT_EQ(content.tables[0].table.rows[0].size(), content.tables[0].table.columns.size());
}

TEST(CapacityReport, SaysWhatAnEmptyStoreCannotSay) {
    const PageContent content = content_of(Cells{});
    EXPECT_TRUE(says(content.findings, "does not vary"));
    for (const Chart& chart : content.charts)
        EXPECT_FALSE(chart.left_out.empty()) << chart.id;
}

TEST(CapacityReport, SaysWhatOnePointCannotSay) {
    const PageContent content =
        content_of(tests::synthetic_cells({number_axis("pattern_count", {10})}, 1));
    EXPECT_TRUE(says(content.findings, "does not vary"));
    EXPECT_TRUE(says(content.findings, "one replicate"));
}

TEST(CapacityReport, HasNoIntervalFromOneReplicate) {
    const Cells cells = grid({3}, 1);
    const CapacityCurves curves = capacity_curves(cells, {});
    for (const CapacityOfCurve& curve : curves.curves)
        EXPECT_EQ(curve.crossing.state, CrossingState::no_interval);
    const std::vector<std::string> sentences = capacity_findings(cells, curves);
    EXPECT_TRUE(says(sentences, "without an interval")) << sentences[1];
    EXPECT_FALSE(says(sentences, "% interval")) << sentences[1];
}

TEST(CapacityReport, SaysThatEveryPointFailed) {
    const Cells cells = all_failed(grid({3}));
    const CapacityCurves curves = capacity_curves(cells, {});
    const std::vector<std::string> sentences = capacity_findings(cells, curves);
    EXPECT_TRUE(says(sentences, "No point is done")) << sentences[0];
    EXPECT_TRUE(says(sentences, "496 points failed"));
    EXPECT_EQ(critical_count_table(cells, curves).rows[0][2 - 1].text, "–");
    EXPECT_FALSE(load_chart(cells, curves).left_out.empty());
}

TEST(CapacityReport, TellsUndecidedCurvesFromUndoneOnes) {
    Cells cells = tests::synthetic_cells(
        {number_axis("pattern_count", {10, 100}), number_axis("interaction_vertex", {2, 3})}, 4);
    for (Measure& measure : cells.measures)
        for (std::size_t row = 0; row < cells.rows(); ++row)
            for (std::size_t r = 0; r < 4; ++r)
                measure.each[row * 4 + r] = cells.coordinate[1][row] == 1 ? std::nan("")
                                            : r % 2 == 0                  ? 0.2
                                                                          : 0.7;
    cells.points[static_cast<std::size_t>(Status::not_run)] = 8;
    const std::vector<std::string> sentences = capacity_findings(cells, capacity_curves(cells, {}));
    EXPECT_TRUE(says(sentences, "1 has no point done")) << sentences[0];
    EXPECT_TRUE(says(sentences, "1 has too few scenes to tell")) << sentences[0];
    EXPECT_TRUE(says(sentences, "8 points of the sweep have not been run"));
}

TEST(CapacityReport, ComparesWithTheoryOnlyWhatTheorySpeaksOf) {
    Cells cells = tests::synthetic_cells(
        {number_axis("pattern_count", loads()), number_axis("bias", {0, 0.1}),
         number_axis("cue_level", {0, 0.01, 0.02, 0.03}), number_axis("interaction_vertex", {3})},
        8);
    cells.provenance["config_resolved"] =
        R"({"blocks":[{"axes":{"interaction_vertex":[3],"formulation":["original"],
                               "interaction":["polynomial"],"dimension":[100]}}]})";
    const std::vector<std::string> sentences = capacity_findings(cells, capacity_curves(cells, {}));
    EXPECT_TRUE(says(sentences, "over 8 curves"));
    EXPECT_TRUE(
        says(sentences, "times what theory expects (over the 4 curves it says something of)"))
        << sentences[1];
}

TEST(CapacityReport, LeavesCurvesWithoutAMeaningOut) {
    Cells cells = tests::synthetic_cells({number_axis("pattern_count", {10, 100, 1000, 10000}),
                                          text_axis("similarity", {"dot", "negative_manhattan"})},
                                         4);
    for (std::size_t row = 0; row < cells.rows(); ++row)
        if (cells.coordinate[1][row] == 1) {
            cells.state[row] = CellState::not_applicable;
            cells.done[row] = 0;
            for (Measure& measure : cells.measures)
                for (std::size_t r = 0; r < 4; ++r)
                    measure.each[row * 4 + r] = measure.mean[row] = std::nan("");
        }
    const CapacityCurves curves = capacity_curves(cells, {});
    EXPECT_FALSE(curves.curves[0].no_meaning);
    EXPECT_TRUE(curves.curves[1].no_meaning);
    EXPECT_TRUE(says(capacity_findings(cells, curves), "1 has no meaning"));
}

TEST(CapacityReport, TakesTheCriterionOfTheConfig) {
    EXPECT_EQ(criterion_of({}), Criterion{});
    const Criterion asked = criterion_of(
        {{"config_resolved",
          R"({"blocks":[{"axes":{}}],"capacity":{"criterion":"recall_error <= 0.01"}})"}});
    EXPECT_EQ(asked.text(), "recall_error <= 0.01");
    EXPECT_FALSE(asked.at_least);
    EXPECT_THROW(criterion_of({{"config_resolved", R"({"capacity":{"criterion":"x"}})"}}),
                 StoreError);
}

} // namespace
} // namespace basin
