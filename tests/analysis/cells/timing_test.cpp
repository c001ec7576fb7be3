#include "analysis/cells/timing.hpp"
#include "analysis/stability/model_table.hpp"
#include "results/cube/compaction.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "support/synthetic_store.hpp"
#include "support/temp_folder.hpp"

namespace basin {
namespace {

constexpr std::string_view sweep = R"(
[sweep]
name = "timed"
replicates = 3
[patterns]
pattern_count = [5, 100]
[model]
beta = [0.1, 1.0]
)";

/// A point took as many seconds as its cell's number, and the first beta of 5 patterns failed once.
Record timed(const Plan& plan, std::uint64_t cell) {
    Record record = synthetic_record(plan, cell);
    record.elapsed_s = static_cast<double>(cell);
    if (cell == 1) record.outcome = {Status::failed, 0, {}, "broke"};
    return record;
}

class Timing : public ::testing::Test {
protected:
    void write(std::string_view text) {
        const Plan plan = plan_of(text);
        const Store store = Store::open(folder_.path(), plan);
        add_journal(store, plan, planned_cells_of(plan), timed);
        compact(store, plan, store.inventory(plan), {});
        results_ = store.results_file();
        timing_ = store.timing_file();
    }

    tests::TempFolder folder_;
    std::filesystem::path results_;
    std::filesystem::path timing_;
};

TEST_F(Timing, IsSecondsPerCueOfWhatIsDone) {
    write(sweep);
    Cells cells = read_cells(Hypercube(results_), model_metrics);

    add_timing(cells, Hypercube(timing_));

    const Measure* time = cells.measure("time_per_retrieval");
    ASSERT_NE(time, nullptr);
    EXPECT_EQ(time->unit, "s");
    ASSERT_EQ(cells.rows(), 4u);
    EXPECT_TRUE(std::isnan(time->mean[0])) << "a cell that failed";
    EXPECT_NEAR(time->mean[1], 4.0 / 5.0, 1e-12) << "points 3, 4, 5 of 5 cues";
    EXPECT_NEAR(time->mean[3], 10.0 / 64.0, 1e-12) << "points 9, 10, 11 of at most 64 cues";
    EXPECT_NEAR(time->each[3 * 3 + 2], 11.0 / 64.0, 1e-12);
    EXPECT_LT(time->low[3], time->mean[3]);
    const Table table = model_table(cells);
    EXPECT_EQ(table.columns.back().title, "time per retrieval (s)");
    EXPECT_NEAR(table.rows[0].back().order, (4.0 / 5 + 7.0 / 64 + 10.0 / 64) / 3, 1e-12);
}

TEST_F(Timing, OfOtherAxesIsNotTaken) {
    write(sweep);
    Cells cells = read_cells(Hypercube(results_));
    const std::size_t measures = cells.measures.size();
    cells.axes.back().labels[0] = "0.2";

    add_timing(cells, Hypercube(timing_));

    EXPECT_EQ(cells.measures.size(), measures);
}

TEST_F(Timing, OfAResultFileIsNotTaken) {
    write(sweep);
    Cells cells = read_cells(Hypercube(results_));
    const std::size_t measures = cells.measures.size();

    add_timing(cells, Hypercube(results_));

    EXPECT_EQ(cells.measures.size(), measures);
}

TEST_F(Timing, CellsHaveTheMetricsOfTheModelTable) {
    write(sweep);
    const Cells cells = read_cells(Hypercube(results_), model_metrics);

    for (const std::string_view metric : model_metrics) {
        const Measure* measure = cells.measure(metric);
        ASSERT_NE(measure, nullptr) << metric;
        EXPECT_FALSE(measure->each.empty()) << metric;
    }
}

TEST_F(Timing, CellsHaveOtherMetricsIfAskedFor) {
    write(sweep);
    const std::vector<std::string_view> asked{"overlap_absolute", "no_such_metric"};
    const Cells cells = read_cells(Hypercube(results_), asked);

    ASSERT_NE(cells.measure("overlap_absolute"), nullptr);
    EXPECT_EQ(cells.measure("overlap_absolute")->each.size(), 12u);
    EXPECT_EQ(read_cells(Hypercube(results_)).measure("overlap_absolute"), nullptr);
    EXPECT_EQ(cells.measure("no_such_metric"), nullptr);
}

} // namespace
} // namespace basin
