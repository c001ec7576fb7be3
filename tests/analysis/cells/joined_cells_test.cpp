#include "analysis/cells/joined_cells.hpp"
#include "analysis/cells/row_settings.hpp"
#include "analysis/stability/model_table.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "support/synthetic_cells.hpp"

namespace basin {
namespace {

using tests::number_axis;
using tests::synthetic_cells;
using tests::text_axis;

void configure(Cells& cells, const std::string& axes) {
    cells.provenance["config_resolved"] = R"({"blocks":[{"axes":{)" + axes + "}}]}";
}

/// Two stores that differ in what they vary: the first has no formulation axis, the second no beta.
std::vector<NamedCells> two_stores() {
    Cells first = synthetic_cells(
        {number_axis("interaction_vertex", {5, 2}), number_axis("beta", {1, 10})}, 2);
    configure(first, R"("formulation":["normalized"],"dimension":[100],"tie":["keep"])");
    Cells second = synthetic_cells({text_axis("formulation", {"original", "normalized"}),
                                    number_axis("interaction_vertex", {2, 3})},
                                   3);
    configure(second, R"("beta":[10.0],"dimension":[100],"tie":["keep"])");
    return {{"first", first}, {"second", second}};
}

std::string label(const Cells& cells, std::size_t row, std::string_view axis) {
    const std::size_t a = cells.axis(axis).value();
    return cells.axes[a].labels[cells.coordinate[a][row]];
}

TEST(JoinedCells, OfOneStoreAreItsCells) {
    const Cells cells = synthetic_cells({number_axis("beta", {1, 2})}, 2);
    const std::vector<NamedCells> one{{"only", cells}};

    const Cells joined = joined_cells(one);

    EXPECT_FALSE(joined.axis("store"));
    EXPECT_EQ(joined.rows(), 2u);
    EXPECT_EQ(joined.provenance, cells.provenance);
    EXPECT_TRUE(paired_stores(joined));
    EXPECT_TRUE(paired_stores(joined, 0, 0));
}

TEST(JoinedCells, OfNoStoreAreNone) {
    EXPECT_EQ(joined_cells({}).rows(), 0u);
}

TEST(JoinedCells, HaveTheUnionOfAxesAndValues) {
    const Cells joined = joined_cells(two_stores());

    ASSERT_EQ(joined.axes.size(), 4u);
    EXPECT_EQ(joined.axes[0].name, "store");
    EXPECT_EQ(joined.axes[0].labels, (std::vector<std::string>{"first", "second"}));
    EXPECT_EQ(joined.axes[1].name, "formulation");
    EXPECT_EQ(joined.axes[2].name, "interaction_vertex");
    EXPECT_EQ(joined.axes[2].numbers, (std::vector<double>{2, 3, 5}));
    EXPECT_EQ(joined.axes[3].name, "beta");
    EXPECT_EQ(joined.axes[3].numbers, (std::vector<double>{1, 10}));
    ASSERT_EQ(joined.rows(), 8u) << "cells that no store has are no rows";
    EXPECT_EQ(joined.replicates, 3u);
    for (std::size_t row = 1; row < joined.rows(); ++row)
        EXPECT_LT(joined.place(row - 1), joined.place(row));
}

TEST(JoinedCells, KeepEveryCellWithItsNumbers) {
    const std::vector<NamedCells> stores = two_stores();
    const Cells joined = joined_cells(stores);
    std::size_t found = 0;
    for (std::size_t s = 0; s < stores.size(); ++s) {
        const Cells& own = stores[s].cells;
        for (std::size_t row = 0; row < own.rows(); ++row)
            for (std::size_t j = 0; j < joined.rows(); ++j) {
                const std::string formulation =
                    s == 0 ? "normalized" : label(own, row, "formulation");
                const std::string beta = s == 1 ? "10" : label(own, row, "beta");
                if (label(joined, j, "store") != stores[s].name ||
                    label(joined, j, "formulation") != formulation ||
                    label(joined, j, "beta") != beta ||
                    label(joined, j, "interaction_vertex") != label(own, row, "interaction_vertex"))
                    continue;
                ++found;
                for (const Measure& measure : own.measures) {
                    const Measure* same = joined.measure(measure.name);
                    ASSERT_NE(same, nullptr);
                    EXPECT_EQ(same->mean[j], measure.mean[row]);
                    for (std::size_t r = 0; r < 3; ++r) {
                        const double value = same->each[j * 3 + r];
                        if (r < own.replicates)
                            EXPECT_EQ(value, measure.each[row * own.replicates + r]);
                        else
                            EXPECT_TRUE(std::isnan(value));
                    }
                }
            }
    }
    EXPECT_EQ(found, 8u);
}

TEST(JoinedCells, KnowTheSettingsOfEveryRow) {
    const Cells joined = joined_cells(two_stores());
    const RowSettings settings(joined);

    for (std::size_t row = 0; row < joined.rows(); ++row) {
        EXPECT_EQ(settings.scene(row).patterns.dimension, 100u);
        EXPECT_EQ(settings.setting(row).beta, label(joined, row, "beta") == "10" ? 10.0 : 1.0);
        EXPECT_EQ(settings.setting(row).formulation.name(), label(joined, row, "formulation"));
    }
}

TEST(JoinedCells, TellParametersApartThatNoStoreVaries) {
    std::vector<NamedCells> stores = two_stores();
    configure(stores[1].cells, R"("beta":[10.0],"dimension":[200],"tie":["keep"])");

    const Cells joined = joined_cells(stores);

    ASSERT_TRUE(joined.axis("dimension"));
    EXPECT_EQ(joined.axes[*joined.axis("dimension")].numbers, (std::vector<double>{100, 200}));
    EXPECT_EQ(RowSettings(joined).scene(joined.rows() - 1).patterns.dimension, 200u);
    EXPECT_EQ(RowSettings(joined).scene(0).patterns.dimension, 100u);
}

TEST(JoinedCells, TakeAFallbackWhereAConfigIsSilent) {
    std::vector<NamedCells> stores = two_stores();
    stores[0].cells.provenance.erase("config_resolved"); // the formulation's fallback is original

    const Cells joined = joined_cells(stores);

    EXPECT_EQ(label(joined, 0, "formulation"), "original");
}

TEST(JoinedCells, ArePairedWhereTheSeedsAreEqual) {
    std::vector<NamedCells> stores = two_stores();
    stores.push_back({"third", synthetic_cells({number_axis("beta", {1, 2})}, 1)});
    EXPECT_TRUE(paired_stores(joined_cells(stores)));
    stores[1].cells.provenance["seed"] = "8";

    const Cells joined = joined_cells(stores);

    EXPECT_FALSE(paired_stores(joined));
    EXPECT_FALSE(paired_stores(joined, 0, 1));
    EXPECT_TRUE(paired_stores(joined, 0, 2));
    EXPECT_EQ(joined.provenance.at("seed"), "first: 7; second: 8; third: 7");
    EXPECT_EQ(joined.provenance.at("sweep_name"), "synthetic");
}

TEST(JoinedCells, HaveTheMeasuresThatAllStoresHave) {
    std::vector<NamedCells> stores = two_stores();
    std::erase_if(stores[1].cells.measures,
                  [](const Measure& measure) { return measure.name == "num_nan"; });
    for (Measure& measure : stores[1].cells.measures)
        if (measure.name == "exact_recall") measure.each.clear();

    const Cells joined = joined_cells(stores);

    EXPECT_EQ(joined.measure("num_nan"), nullptr);
    ASSERT_NE(joined.measure("exact_recall"), nullptr);
    EXPECT_TRUE(joined.measure("exact_recall")->each.empty());
    EXPECT_EQ(joined.measure("exact_recall")->low.size(), 8u);
    EXPECT_TRUE(joined.measure("overflow_fraction")->low.empty());
}

TEST(JoinedCells, OfEqualNamesAreToldApart) {
    std::vector<NamedCells> stores = two_stores();
    stores[1].name = "first";

    EXPECT_EQ(joined_cells(stores).axes[0].labels,
              (std::vector<std::string>{"first", "first (2)"}));
}

TEST(JoinedCells, AStoreWithoutCellsTakesNothingAway) {
    std::vector<NamedCells> stores = two_stores();
    stores.insert(stores.begin(), {"empty", Cells{}});

    const Cells joined = joined_cells(stores);

    EXPECT_EQ(joined.rows(), 8u);
    EXPECT_EQ(joined.axes[0].size(), 3u);
    EXPECT_EQ(joined.measures.size(), stores[1].cells.measures.size());
    EXPECT_EQ(RowSettings(joined).scene(0).patterns.dimension, 100u);
}

TEST(JoinedCells, HaveARowOfTheModelTableForEachStore) {
    const std::vector<NamedCells> stores = two_stores();

    const Table joined = model_table(joined_cells(stores));

    ASSERT_EQ(joined.rows.size(), 3u) << "the second store has two formulations";
    EXPECT_EQ(joined.columns[0].title, "store");
    EXPECT_EQ(joined.rows[0][0].text, "first");
    EXPECT_EQ(joined.rows[0][1].text, "normalized");
    const auto error_of = [](const Table& table) {
        const auto found = std::ranges::find(table.columns, "recall error", &Table::Column::title);
        return table.rows[0].at(static_cast<std::size_t>(found - table.columns.begin())).order;
    };
    EXPECT_NEAR(error_of(joined), error_of(model_table(stores[0].cells)), 1e-15)
        << "though it has fewer replicates than the other";
}

} // namespace
} // namespace basin
