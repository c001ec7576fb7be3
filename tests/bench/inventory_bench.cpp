// What a store of a million records costs to look through: the inventory, and what `basin status`
// does besides.

#include "harness/run/point_counts.hpp"
#include "models/metrics/metrics.hpp"
#include "results/store/store.hpp"

#include <benchmark/benchmark.h>

#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "support/synthetic_store.hpp"
#include "support/temp_folder.hpp"

namespace basin {
namespace {

/// 10 x 20 x 50 combinations of a hundred replicates.
Plan million_points() {
    return tests::plan_of("[sweep]\nname = \"million\"\nreplicates = 100\n"
                          "[patterns]\npattern_count = \"range(10, 100, 10)\"\n"
                          "[model]\ninteraction_vertex = \"range(2, 21, 1)\"\n"
                          "beta = \"log(0.01, 100, 50)\"\n");
}

/// A store with a record for every point, appended job by job in batches as a run does.
class FullStore {
public:
    FullStore() : plan_(million_points()), store_(Store::open(folder_ / "store", plan_)) {
        Journal journal = store_.new_journal(plan_);
        std::vector<Record> records;
        for (std::uint64_t job = 0; job < plan_.job_count(); ++job) {
            records.clear();
            for (const std::uint64_t cell : tests::cells_of(plan_, job))
                records.push_back(synthetic_record(plan_, cell));
            journal.append(records);
        }
    }
    const Plan& plan() const { return plan_; }
    const Store& store() const { return store_; }

private:
    tests::TempFolder folder_;
    Plan plan_;
    Store store_;
};

/// Made once, for all: it takes longer than what is measured.
const FullStore& full_store() {
    static const FullStore full;
    return full;
}

void inventory_of_million(benchmark::State& state) {
    const FullStore& full = full_store();
    for (auto _ : state)
        benchmark::DoNotOptimize(full.store().inventory(full.plan()));
}
BENCHMARK(inventory_of_million)->Unit(benchmark::kMillisecond)->UseRealTime();

void coverage_of_million(benchmark::State& state) {
    const FullStore& full = full_store();
    const Inventory inventory = full.store().inventory(full.plan());
    const Applicability applicability(full.plan());
    for (auto _ : state)
        benchmark::DoNotOptimize(coverage(full.plan(), applicability, inventory));
}
BENCHMARK(coverage_of_million)->Unit(benchmark::kMillisecond)->UseRealTime();

} // namespace
} // namespace basin
