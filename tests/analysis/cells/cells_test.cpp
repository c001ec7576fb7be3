#include "analysis/cells/cells.hpp"
#include "analysis/sweep/report.hpp"
#include "results/cube/compaction.hpp"

#include <gtest/gtest.h>

#include "support/synthetic_store.hpp"
#include "support/temp_folder.hpp"

namespace basin {
namespace {

constexpr std::string_view sweep = R"(
[sweep]
name = "cells"
seed = 5
replicates = 2
[model]
interaction_vertex = [2, 3]
beta = [0.1, 1.0, 10.0]
[[exclude]]
interaction_vertex = 2
beta = 10.0
)";

/// Cell of a value of the vertex, a value of beta and a replicate.
std::uint64_t cell_of(std::uint64_t vertex, std::uint64_t beta, std::uint64_t replicate) {
    return (vertex * 3 + beta) * 2 + replicate;
}

class CellsOfAFile : public ::testing::Test {
protected:
    /// Compacts a store in which `cells` have records made by `record`.
    std::filesystem::path write(const std::vector<std::uint64_t>& cells,
                                const std::function<Record(const Plan&, std::uint64_t)>& record) {
        const Plan plan = plan_of(sweep);
        const Store store = Store::open(folder_.path(), plan);
        add_journal(store, plan, cells, record);
        compact(store, plan, store.inventory(plan), {{"revision", "abc"}});
        return store.results_file();
    }

    tests::TempFolder folder_;
};

TEST_F(CellsOfAFile, AreThePlannedCombinationsInOrder) {
    const std::filesystem::path file = write(planned_cells_of(plan_of(sweep)), synthetic_record);

    const Cells cells = read_cells(Hypercube(file));

    ASSERT_EQ(cells.rows(), 5u) << "six combinations, one of them excluded";
    EXPECT_EQ(cells.replicates, 2u);
    EXPECT_EQ(cells.coordinate[*cells.axis("interaction_vertex")],
              (std::vector<std::uint32_t>{0, 0, 1, 1, 1}));
    EXPECT_EQ(cells.coordinate[*cells.axis("beta")], (std::vector<std::uint32_t>{0, 1, 0, 1, 2}));
    EXPECT_EQ(cells.place(2), 3u);
    EXPECT_EQ(cells.provenance.at("sweep_name"), "cells");
    EXPECT_EQ(cells.points[static_cast<std::size_t>(Status::done)], 10u);
    EXPECT_EQ(cells.points[static_cast<std::size_t>(Status::not_planned)], 2u);
}

TEST_F(CellsOfAFile, CarryMeansIntervalsAndReplicates) {
    const std::filesystem::path file = write(planned_cells_of(plan_of(sweep)), synthetic_record);
    const std::size_t metric = metric_index("recall_error");

    const Cells cells = read_cells(Hypercube(file));

    const Measure* error = cells.measure("recall_error");
    ASSERT_NE(error, nullptr);
    const double first = synthetic_value(cell_of(1, 2, 0), metric);
    EXPECT_EQ(error->each[4 * 2], first);
    EXPECT_EQ(error->each[4 * 2 + 1], first + 1.0);
    EXPECT_EQ(error->mean[4], first + 0.5);
    EXPECT_LT(error->low[4], first) << "two values that differ by 1 have an interval of +-6.35";
    EXPECT_TRUE(cells.measure("iterations")->low.empty());
    EXPECT_TRUE(cells.measure("exact_recall")->each.empty()) << "not asked for";
    const std::array<std::string_view, 1> wanted{"exact_recall"};
    EXPECT_EQ(read_cells(Hypercube(file), wanted).measure("exact_recall")->each.size(), 10u);
}

TEST_F(CellsOfAFile, TellFailedFromNotRunAndPartlyDone) {
    const std::filesystem::path file = write({cell_of(0, 0, 0), cell_of(0, 0, 1), cell_of(0, 1, 0)},
                                             [](const Plan& plan, std::uint64_t cell) {
                                                 return cell == cell_of(0, 0, 1)
                                                            ? failed_record(plan, cell)
                                                            : synthetic_record(plan, cell);
                                             });

    const Cells cells = read_cells(Hypercube(file));

    EXPECT_EQ(cells.state[0], CellState::failed);
    EXPECT_EQ(cells.state[1], CellState::done);
    EXPECT_EQ(cells.done[1], 1u);
    EXPECT_TRUE(std::isnan(cells.measure("recall_error")->each[1 * 2 + 1]))
        << "the replicate that is missing";
    EXPECT_EQ(cells.state[2], CellState::not_run);
}

TEST_F(CellsOfAFile, HaveTheFlagsOfAllReplicates) {
    const std::filesystem::path file =
        write({cell_of(0, 0, 0), cell_of(0, 0, 1)}, [](const Plan& plan, std::uint64_t cell) {
            Record record = synthetic_record(plan, cell);
            record.outcome.flags = cell % 2 == 0 ? flag::pow_overflow : flag::all_zero;
            return record;
        });

    const Cells cells = read_cells(Hypercube(file));

    EXPECT_EQ(cells.flags[0], flag::pow_overflow | flag::all_zero);
    EXPECT_TRUE(cells.overflowed(0));
    EXPECT_FALSE(cells.overflowed(1));
}

TEST_F(CellsOfAFile, MakeAReport) {
    const std::filesystem::path file = write(planned_cells_of(plan_of(sweep)), synthetic_record);

    const std::string page = sweep_report(read_cells(Hypercube(file)), {});

    EXPECT_NE(page.find("<h1>cells</h1>"), std::string::npos);
    EXPECT_NE(page.find("revision <span>abc"), std::string::npos);
    EXPECT_NE(page.find("name = &quot;cells&quot;"), std::string::npos) << "the config as given";
}

TEST(ReadCells, RefusesAFileThatIsNotThere) {
    EXPECT_THROW(read_cells(Hypercube("/no/such/results.h5")), StoreError);
}

} // namespace
} // namespace basin
