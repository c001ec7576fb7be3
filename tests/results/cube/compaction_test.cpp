#include "models/base/stop_request.hpp"
#include "models/metrics/metric_bounds.hpp"
#include "models/recall/recall.hpp"
#include "models/scene/scene.hpp"
#include "results/cube/compaction.hpp"
#include "results/cube/result_cube.hpp"
#include "results/hdf5/checksum_trailer.hpp"
#include "results/replicates/summary.hpp"
#include "sweeps/coordinates/binding.hpp"

#include <gtest/gtest.h>
#include <hdf5.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <optional>
#include <thread>

#include "support/compacted.hpp"
#include "support/synthetic_store.hpp"
#include "support/temp_folder.hpp"

namespace basin {

using namespace tests; // NOLINT: every helper of compacted.hpp

TEST(Compaction, PutsEveryValueIntoItsCell) {
    const tests::TempFolder folder;
    const Plan plan = plan_of(small_sweep);
    const Store store = Store::open(folder.path(), plan);
    const std::vector<std::uint64_t> planned = planned_cells_of(plan);
    add_journal(store, plan, planned);

    compact_all(store, plan);

    const Hypercube cube(store.results_file());
    for (std::size_t m = 0; m < metrics().size(); ++m) {
        const std::vector<double> values = flat(cube, std::string(metrics()[m].name));
        ASSERT_EQ(values.size(), plan.cell_count());
        for (std::uint64_t cell = 0; cell < plan.cell_count(); ++cell) {
            if (std::ranges::find(planned, cell) == planned.end())
                EXPECT_TRUE(std::isnan(values[cell]));
            else
                EXPECT_EQ(values[cell], synthetic_value(cell, m));
        }
    }
    EXPECT_TRUE(is_sealed(store.timing_file()));
    const Hypercube timing(store.timing_file());
    EXPECT_EQ(flat(timing, "elapsed_s")[planned.front()], 0.25);
}

TEST(Compaction, SaysOfEveryCellWhyItHasNoValue) {
    const tests::TempFolder folder;
    const Plan plan = plan_of(small_sweep);
    const Store store = Store::open(folder.path(), plan);
    std::vector<std::uint64_t> planned = planned_cells_of(plan);
    std::ranges::sort(planned);
    add_journal(store, plan, {planned[0]});
    add_journal(store, plan, {planned[1]}, failed_record);

    compact_all(store, plan);

    const std::vector<double> status = flat(Hypercube(store.results_file()), "status");
    for (std::uint64_t cell = 0; cell < plan.cell_count(); ++cell) {
        Status expected = Status::not_run;
        if (std::ranges::find(planned, cell) == planned.end()) expected = Status::not_planned;
        if (cell == planned[0]) expected = Status::done;
        if (cell == planned[1]) expected = Status::failed;
        EXPECT_EQ(status[cell], static_cast<double>(expected)) << plan.point_text(cell);
    }
}

TEST(Compaction, AnOverdueStopLeavesTheFilesThatWereThere) {
    const tests::TempFolder folder;
    const Plan plan = plan_of(small_sweep);
    const Store store = Store::open(folder.path(), plan);
    const std::vector<std::uint64_t> planned = planned_cells_of(plan);
    add_journal(store, plan, {planned[0]});
    compact_all(store, plan);
    const std::string before = tests::read_file(store.results_file());
    const std::size_t files = files_in(folder.path());
    add_journal(store, plan, {planned[1]});
    const Inventory inventory = store.inventory(plan);

    stop_state.requested = true;
    EXPECT_THROW(compact(store, plan, inventory, build), Cancelled);
    EXPECT_EQ(tests::read_file(store.results_file()), before);
    EXPECT_EQ(files_in(folder.path()), files);
    {
        const FinishAfterStop finishing;
        compact(store, plan, inventory, build);
    }
    stop_state.requested = false;
    EXPECT_NE(tests::read_file(store.results_file()), before);
}

TEST(Compaction, CellsWithoutMeaningAreNotApplicable) {
    const tests::TempFolder folder;
    // A negated distance under an even power would retrieve the farthest memory.
    const Plan plan = plan_of(R"(
[sweep]
name = "meaning"
[model]
interaction = "polynomial"
similarity = ["dot", "negative_squared_euclidean"]
)");
    const Store store = Store::open(folder.path(), plan);

    compact_all(store, plan);

    const std::vector<double> status = flat(Hypercube(store.results_file()), "status");
    EXPECT_EQ(status, (std::vector<double>{static_cast<double>(Status::not_run),
                                           static_cast<double>(Status::not_applicable)}));
}

TEST(Compaction, SumsUpTheDoneReplicates) {
    const tests::TempFolder folder;
    const Plan plan = plan_of(small_sweep);
    const Store store = Store::open(folder.path(), plan);
    std::vector<std::uint64_t> planned = planned_cells_of(plan);
    std::ranges::sort(planned);
    add_journal(store, plan, {planned[0], planned[2], planned[3]}); // replicates 0, 2 and 0
    add_journal(store, plan, {planned[1]}, failed_record);          // replicate 1 of the first

    compact_all(store, plan);

    const Hypercube cube(store.results_file());
    const std::uint64_t first = planned[0] / 3;
    const std::uint64_t second = planned[3] / 3;
    const std::vector<double> done = flat(cube, "replicates_done");
    EXPECT_EQ(done[first], 2.0);
    EXPECT_EQ(done[second], 1.0);
    EXPECT_EQ(std::ranges::count(done, 0.0), static_cast<std::ptrdiff_t>(done.size()) - 2);
    for (std::size_t m = 0; m < metrics().size(); ++m) {
        const std::string name(metrics()[m].name);
        const std::vector<double> sample{synthetic_value(planned[0], m),
                                         synthetic_value(planned[2], m)};
        const SceneSpec scene = bind_scene(plan.coordinates_of(planned[0]), 0, 0);
        const MeanInterval expected =
            mean_interval(sample, bounds_of(metrics()[m], scene_numbers(scene)));
        EXPECT_EQ(flat(cube, name + "_mean")[first], expected.mean);
        EXPECT_EQ(flat(cube, name + "_ci_low")[first], expected.low);
        EXPECT_EQ(flat(cube, name + "_ci_high")[first], expected.high);
        EXPECT_EQ(flat(cube, name + "_mean")[second], synthetic_value(planned[3], m));
        EXPECT_TRUE(std::isnan(flat(cube, name + "_ci_low")[second]));
    }
}

/// What is 0 in every replicate may be so by chance: by how much, the number of probes says, which
/// differs from combination to combination.
TEST(Compaction, EqualReplicatesHaveAnIntervalAllTheSame) {
    const tests::TempFolder folder;
    const Plan plan = plan_of("[sweep]\nname = \"equal\"\nreplicates = 4\n"
                              "[patterns]\npattern_count = [3, 10, 50]\n"
                              "[cue]\nprobe_count = 20\n[model]\nbeta = [1, 2]\n");
    const Store store = Store::open(folder.path(), plan);
    add_journal(store, plan, planned_cells_of(plan), [](const Plan& p, std::uint64_t cell) {
        Record record = synthetic_record(p, cell);
        for (std::size_t m = 0; m < metrics().size(); ++m)
            record.outcome.values[m] = metrics()[m].name == "exact_recall" ? 1.0 : 0.0;
        return record;
    });

    compact_all(store, plan);

    const Hypercube cube(store.results_file());
    const std::array<double, 3> independent{3, 10, 20}; // probes, of memories of their own
    const std::vector<double> high = flat(cube, "recall_error_ci_high");
    const std::vector<double> low = flat(cube, "exact_recall_ci_low");
    ASSERT_EQ(high.size(), 6U);
    for (std::size_t c = 0; c < 6; ++c) {
        EXPECT_NEAR(high[c], 1.0 - std::pow(0.025, 1.0 / (4 * independent[c / 2])), 1e-12);
        EXPECT_NEAR(low[c], 1.0 - high[c], 1e-12);
    }
    for (const Metric& metric : metrics()) {
        const std::string name(metric.name);
        const std::vector<double> ends = flat(cube, name + "_ci_high");
        for (std::size_t c = 0; c < 6; ++c) {
            const double width = ends[c] - flat(cube, name + "_ci_low")[c];
            // Of what has no limits equal values say nothing.
            EXPECT_EQ(std::isnan(width), metric.range == MetricRange::open) << name;
            EXPECT_FALSE(width <= 0.0) << name;
        }
    }
    EXPECT_EQ(cube.provenance().at("interval_method"), interval_method);
}

TEST(Compaction, AMetricUndefinedInAReplicateHasNoMean) {
    const tests::TempFolder folder;
    const Plan plan = plan_of("[sweep]\nname = \"part\"\nreplicates = 3\n");
    const Store store = Store::open(folder.path(), plan);
    add_journal(store, plan, planned_cells_of(plan), [](const Plan& p, std::uint64_t cell) {
        Record record = synthetic_record(p, cell);
        if (cell == 1) record.outcome.values[1] = std::nan("");
        return record;
    });

    compact_all(store, plan);

    const Hypercube cube(store.results_file());
    EXPECT_EQ(flat(cube, "replicates_done"), std::vector<double>{3.0});
    EXPECT_EQ(flat(cube, "recall_error_mean"), std::vector<double>{1.0}); // of 0, 1 and 2
    for (const char* name : {"exact_recall_mean", "exact_recall_ci_low", "exact_recall_ci_high"})
        EXPECT_TRUE(std::isnan(flat(cube, name).front())) << name;
}

TEST(Compaction, GivesTheSameBytesWhateverTheJournals) {
    const tests::TempFolder one;
    const tests::TempFolder other;
    const Plan plan = plan_of(small_sweep);
    const std::vector<std::uint64_t> planned = planned_cells_of(plan);
    const Store together = Store::open(one.path(), plan);
    add_journal(together, plan, planned);
    const Store scattered = Store::open(other.path(), plan);
    std::vector<std::uint64_t> backwards(planned.rbegin(), planned.rend());
    for (std::size_t first = 0; first < backwards.size(); first += 5)
        add_journal(scattered, plan,
                    {backwards.begin() + static_cast<std::ptrdiff_t>(first),
                     backwards.begin() +
                         static_cast<std::ptrdiff_t>(std::min(first + 5, backwards.size()))});

    compact_all(together, plan);
    compact_all(scattered, plan);

    EXPECT_EQ(tests::read_file(together.results_file()),
              tests::read_file(scattered.results_file()));
    const std::string first_bytes = tests::read_file(together.results_file());
    std::this_thread::sleep_for(std::chrono::milliseconds(1100)); // HDF5's time stamps are seconds
    compact_all(together, plan);
    EXPECT_EQ(tests::read_file(together.results_file()), first_bytes);
}

TEST(Compaction, SaysWhatDeterminedTheNumbersAndNothingElse) {
    const tests::TempFolder folder;
    const Plan plan = plan_of(small_sweep);
    const Store store = Store::open(folder.path(), plan);

    compact_all(store, plan);

    const std::map<std::string, std::string> provenance =
        Hypercube(store.results_file()).provenance();
    EXPECT_EQ(provenance.at("config_given"), small_sweep);
    EXPECT_EQ(provenance.at("config_resolved"), plan.resolved_json());
    EXPECT_EQ(provenance.at("overrides"), "");
    EXPECT_EQ(provenance.at("plan_digest"), to_string(plan.digest()));
    EXPECT_EQ(provenance.at("kernel_version"), std::to_string(kernel_version));
    EXPECT_EQ(provenance.at("sweep_name"), "small");
    EXPECT_EQ(provenance.at("seed"), "7");
    EXPECT_EQ(provenance.at("compiler"), "a compiler");
    EXPECT_EQ(provenance.at("revision"), "0123abc");
    EXPECT_EQ(provenance.at("records_digest").size(), 32U);
    EXPECT_NE(provenance.at("interval_method"), "");
    EXPECT_EQ(provenance.at("files"), "[]");
    EXPECT_EQ(provenance.size(), 12U);
}

// After a run that was killed before it came to its files, or failed to write them, the next one
// has nothing to compute and still has to write them.
TEST(Compaction, KnowsWhenTheFilesAreNotTheOnesItWouldWrite) {
    const tests::TempFolder folder;
    const Plan plan = plan_of(small_sweep);
    const Store store = Store::open(folder.path(), plan);
    const auto compacted = [&](const Plan& of, const BuildFacts& by) {
        return is_compacted(store, of, store.inventory(of), by);
    };
    const std::vector<std::uint64_t> planned = planned_cells_of(plan);
    add_journal(store, plan, {planned[0]});
    EXPECT_FALSE(compacted(plan, build));
    compact_all(store, plan);
    EXPECT_TRUE(compacted(plan, build));
    EXPECT_FALSE(compacted(plan, {{"revision", "another"}}));

    add_journal(store, plan, {planned[1]}, failed_record);
    EXPECT_FALSE(compacted(plan, build));
    compact_all(store, plan);
    EXPECT_TRUE(compacted(plan, build));
    add_journal(store, plan, {planned[1]}); // it succeeds now
    EXPECT_FALSE(compacted(plan, build));
    compact_all(store, plan);
    EXPECT_TRUE(compacted(plan, build));

    std::string narrower(small_sweep);
    narrower.replace(narrower.find("[2, 20]"), 7, "2");
    EXPECT_FALSE(compacted(plan_of(narrower), build));
    for (const auto& file : {store.results_file(), store.timing_file()}) {
        std::filesystem::resize_file(file, std::filesystem::file_size(file) - 1);
        EXPECT_FALSE(compacted(plan, build)) << file;
        compact_all(store, plan);
        EXPECT_TRUE(compacted(plan, build)) << file;
    }
}

TEST(Compaction, CellsWithoutRecordsCostNoSpace) {
    const tests::TempFolder folder;
    // A million cells, two of them recorded: a chunk of every variable, and status.
    const Plan plan = plan_of(R"toml(
[sweep]
name = "empty"
replicates = 10
[model]
interaction_vertex = "range(1, 100, 1)"
beta = "log(0.001, 1000, 1000)"
)toml");
    const Store store = Store::open(folder.path(), plan);
    add_journal(store, plan, {5, 999'999});

    compact_all(store, plan);

    EXPECT_EQ(plan.cell_count(), 1'000'000U);
    EXPECT_LT(std::filesystem::file_size(store.results_file()), 1'000'000U);
    const Hypercube cube(store.results_file());
    const std::vector<double> errors = flat(cube, "recall_error");
    EXPECT_EQ(errors[5], synthetic_value(5, 0));
    EXPECT_EQ(errors[999'999], synthetic_value(999'999, 0));
    EXPECT_EQ(std::ranges::count_if(errors, [](double e) { return !std::isnan(e); }), 2);
}

} // namespace basin
