// Appending records in batches, as a run does: to a file in the folder for temporary files (TMPDIR
// says which disk), with the default group commit.

#include "models/metrics/metrics.hpp"
#include "results/journal/journal.hpp"

#include <benchmark/benchmark.h>

#include <cstdint>
#include <string>
#include <vector>

#include "support/temp_folder.hpp"

namespace basin {
namespace {

JournalHeader header_of_this_program() {
    JournalHeader header;
    header.sweep_name = "bench";
    header.host = "host";
    for (const Metric& metric : metrics())
        header.metrics.emplace_back(metric.name);
    return header;
}

/// A journal is ended and begun anew after this many records (some 200 MB), so that a long
/// measurement does not fill the disk.
constexpr std::int64_t most_records = 500'000;

void append_records(benchmark::State& state) {
    const std::int64_t batch = state.range(0);
    Record record;
    record.outcome.status = Status::done;
    record.outcome.values.assign(metrics().size(), 0.5);
    const std::vector<Record> records(static_cast<std::size_t>(batch), record);
    while (state.KeepRunningBatch(most_records / batch)) {
        const tests::TempFolder folder;
        Journal journal(folder.path(), header_of_this_program());
        for (std::int64_t i = 0; i < most_records / batch; ++i)
            journal.append(records);
        journal.sync();
    }
    state.SetItemsProcessed(state.iterations() * batch);
    state.counters["per_record"] =
        benchmark::Counter(static_cast<double>(state.iterations() * batch),
                           benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}
// Wall-clock time: what a thread waits for the disk counts.
BENCHMARK(append_records)->ArgName("batch")->Arg(1)->Arg(16)->Arg(256)->UseRealTime();

} // namespace
} // namespace basin
