#include "analysis/stability/model_table.hpp"
#include "analysis/stability/replicate_means.hpp"
#include "results/files/undefined.hpp"
#include "results/replicates/summary.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "support/arithmetic_cells.hpp"
#include "support/continuous_cells.hpp"
#include "support/synthetic_cells.hpp"

namespace basin {
namespace {

using tests::arithmetic_cells;
using tests::number_axis;
using tests::synthetic_cells;
using tests::text_axis;

std::size_t column(const Table& table, const std::string& title) {
    const auto found = std::ranges::find(table.columns, title, &Table::Column::title);
    EXPECT_NE(found, table.columns.end()) << title;
    return static_cast<std::size_t>(found - table.columns.begin());
}

bool has_column(const Table& table, const std::string& part) {
    return std::ranges::any_of(table.columns, [&](const Table::Column& each) {
        return each.title.find(part) != std::string::npos;
    });
}

TableCell cell(const Table& table, std::size_t row, const std::string& title) {
    return table.rows.at(row).at(column(table, title));
}

TEST(ReplicateMeans, OfEqualReplicatesAreThoseOfTheirMeans) {
    const std::vector<double> first{0.1, 0.4, undefined, 0.3};
    const std::vector<double> second{0.5, 0.2, undefined, 0.9};
    const std::vector<double> nothing(4, undefined);

    const ReplicateMean mean = mean_over_replicates({first, nothing, second});

    const MeanInterval expected = mean_interval(std::vector<double>{0.3, 0.3, 0.6});
    EXPECT_NEAR(mean.interval.mean, expected.mean, 1e-15);
    EXPECT_NEAR(mean.interval.low, expected.low, 1e-15);
    EXPECT_EQ(mean.replicates, 3u);
}

TEST(ReplicateMeans, OfUnequalReplicatesDoNotMixUnits) {
    // The second unit, far from the first, has two replicates more: means of replicates would jump.
    const std::vector<double> first{0.1, 0.1, 0.1, undefined, undefined};
    const std::vector<double> second{0.9, 0.9, 0.9, 0.9, 0.9};

    const ReplicateMean mean = mean_over_replicates({first, second});

    EXPECT_NEAR(mean.interval.mean, 0.5, 1e-12);
    EXPECT_NEAR(mean.interval.low, 0.5, 1e-9);
    EXPECT_EQ(mean.replicates, 5u);
}

TEST(ReplicateMeans, OfUnequalReplicatesSumWhatAReplicateDiffersBy) {
    const std::vector<double> first{0.0, 0.2, undefined, undefined};
    const std::vector<double> second{0.5, 0.7, 0.9, 0.3};

    const ReplicateMean mean = mean_over_replicates({first, second});

    // Weights 1/4 + 1/8 twice, 1/8 twice: 1 / (2 * 9/64 + 2 / 64) = 3.2 replicates, say 3.
    const double residuals[]{-0.1 / 4 - 0.1 / 8, 0.1 / 4 + 0.1 / 8, 0.3 / 8, -0.3 / 8};
    double squares = 0.0;
    for (const double residual : residuals)
        squares += residual * residual;
    const double reach = student_t_quantile(2) * std::sqrt(squares * 3 / 2);
    EXPECT_NEAR(mean.interval.mean, (0.1 + 0.6) / 2, 1e-12);
    EXPECT_NEAR(mean.interval.high, 0.35 + reach, 1e-12);
}

TEST(ModelTable, HasTheMeansOfItsCells) {
    Cells cells =
        synthetic_cells({number_axis("pattern_count", {10, 100, 1000}),
                         text_axis("formulation", {"original", "normalized"}),
                         number_axis("interaction_vertex", {2, 3}), number_axis("beta", {0.1, 1})},
                        4);
    cells.state[1] = CellState::failed;
    cells.state[2] = CellState::not_applicable;

    const Table table = model_table(cells);

    ASSERT_EQ(table.rows.size(), 2u);
    EXPECT_EQ(cell(table, 0, "cells done").text, "10");
    EXPECT_EQ(cell(table, 0, "cells failed").text, "1");
    EXPECT_EQ(cell(table, 0, "cells not applicable").text, "1");
    EXPECT_FALSE(has_column(table, "not run"));
    for (const std::uint32_t model : {0U, 1U}) {
        std::vector<double> means;
        for (std::size_t r = 0; r < 4; ++r) {
            double sum = 0.0;
            double count = 0.0;
            for (std::size_t row = 0; row < cells.rows(); ++row)
                if (cells.coordinate[1][row] == model && cells.state[row] == CellState::done) {
                    sum += cells.measures[0].each[row * 4 + r];
                    count += 1.0;
                }
            means.push_back(sum / count);
        }
        const MeanInterval expected = mean_interval(means);
        EXPECT_NEAR(cell(table, model, "recall error").order, expected.mean, 1e-12);
        EXPECT_NEAR(cell(table, model, "recall error, 95 % low").order, expected.low, 1e-12);
        EXPECT_NEAR(cell(table, model, "recall error, 95 % high").order, expected.high, 1e-12);
    }
}

TEST(ModelTable, TellsWhereArithmeticFailsFirst) {
    const Cells cells = arithmetic_cells();

    const Table table = model_table(cells);

    ASSERT_EQ(table.rows.size(), 4u) << "formulation and precision";
    EXPECT_EQ(table.rows[0][0].text, "original");
    EXPECT_EQ(table.rows[0][1].text, "float32");
    EXPECT_EQ(cell(table, 0, "first failing n, predicted").text, "20");
    EXPECT_EQ(cell(table, 0, "first failing n, measured").text, "20");
    EXPECT_EQ(cell(table, 0, "failure").text, "every decision NaN");
    EXPECT_EQ(cell(table, 2, "first failing n, measured").text, "400");
    EXPECT_EQ(cell(table, 1, "first failing n, predicted").text, "none") << "exact";
    // Some overflow in float32: original from n = 20 on, five of seven vertices.
    EXPECT_NEAR(cell(table, 0, "cells with pow_overflow").order, 5.0 / 7.0, 1e-12);
    EXPECT_EQ(cell(table, 1, "cells with pow_overflow").text, "0");
    EXPECT_FALSE(has_column(table, "cells with all_zero"));
    EXPECT_NEAR(cell(table, 0, "numerical failure").order, 27 * 0.915 / 42, 1e-12);
    EXPECT_FALSE(has_column(table, "spurious")) << "the cells do not have it";
}

TEST(ModelTable, HasEveryNumberAsPlainText) {
    for (const Table& table :
         {model_table(arithmetic_cells()), model_table(tests::stability_cells())})
        for (const std::vector<TableCell>& row : table.rows) {
            ASSERT_EQ(row.size(), table.columns.size());
            for (std::size_t c = 0; c < row.size(); ++c) {
                if (!table.columns[c].number || row[c].text == "–" || row[c].text == "none")
                    continue;
                std::size_t read = 0;
                EXPECT_NO_THROW(std::stod(row[c].text, &read)) << row[c].text;
                EXPECT_EQ(read, row[c].text.size()) << row[c].text;
            }
        }
}

TEST(ModelTable, OfOneReplicateHasNoInterval) {
    const Table table = model_table(synthetic_cells({number_axis("beta", {1, 10})}, 1));

    ASSERT_EQ(table.rows.size(), 1u);
    EXPECT_NE(cell(table, 0, "recall error").text, "–");
    EXPECT_EQ(cell(table, 0, "recall error, 95 % low").text, "–");
    EXPECT_EQ(cell(table, 0, "recall error, 95 % high").text, "–");
}

TEST(ModelTable, WithoutReplicatesHasMeansAlone) {
    Cells cells = synthetic_cells({number_axis("beta", {1, 10})}, 3);
    for (Measure& measure : cells.measures)
        measure.each.clear();

    const Table table = model_table(cells);

    EXPECT_NEAR(cell(table, 0, "recall error").order,
                (cells.measures[0].mean[0] + cells.measures[0].mean[1]) / 2, 1e-12);
    EXPECT_EQ(cell(table, 0, "recall error, 95 % low").text, "–");
}

TEST(ModelTable, OfDegenerateCellsIsEmptyOrBlank) {
    EXPECT_TRUE(model_table(Cells{}).rows.empty());
    EXPECT_EQ(model_table(synthetic_cells({}, 1)).rows.size(), 1u) << "one point";
    Cells failed = synthetic_cells(
        {text_axis("formulation", {"original", "normalized"}), number_axis("beta", {1, 10})}, 2);
    failed.state.assign(failed.rows(), CellState::failed);
    for (Measure& measure : failed.measures) {
        measure.mean.assign(failed.rows(), undefined);
        measure.each.assign(failed.rows() * 2, undefined);
    }

    const Table table = model_table(failed);

    EXPECT_EQ(cell(table, 0, "cells failed").text, "2");
    EXPECT_EQ(cell(table, 0, "recall error").text, "–");
    EXPECT_EQ(cell(table, 1, "working region (decades of β)").text, "–");
}

TEST(ModelTable, TakesContinuousAndBipolarCellsTogether) {
    Cells cells = synthetic_cells({text_axis("formulation", {"original", "softmax"}),
                                   text_axis("similarity", {"dot", "cosine"}),
                                   number_axis("interaction_vertex", {2, 3})},
                                  2);
    cells.measures.push_back({"spurious_count", "1", "", {}, {}, {}, {}});
    for (std::size_t row = 0; row < cells.rows(); ++row)
        for (std::size_t r = 0; r < 2; ++r)
            cells.measures.back().each.push_back(cells.coordinate[0][row] == 0 ? 3.0 : undefined);
    for (std::size_t row = 0; row < cells.rows(); ++row)
        cells.measures.back().mean.push_back(cells.coordinate[0][row] == 0 ? 3.0 : undefined);
    for (std::size_t row = 0; row < cells.rows(); ++row)
        if (cells.coordinate[0][row] == 0 && cells.coordinate[1][row] == 1)
            cells.state[row] = CellState::not_applicable;

    const Table table = model_table(cells);

    ASSERT_EQ(table.rows.size(), 4u);
    EXPECT_EQ(cell(table, 0, "spurious count").text, "3");
    EXPECT_EQ(cell(table, 1, "spurious count").text, "–") << "nothing done";
    EXPECT_EQ(cell(table, 2, "spurious count").text, "–") << "not defined of softmax";
    EXPECT_NE(cell(table, 2, "recall error").text, "–");
}

} // namespace
} // namespace basin
