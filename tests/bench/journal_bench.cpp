// Appending records in batches, as a run does.

#include "models/metrics.hpp"
#include "results/journal.hpp"

#include <benchmark/benchmark.h>

#include "support/temp_folder.hpp"

namespace basin {
namespace {

void append_records(benchmark::State& state) {
    const tests::TempFolder folder;
    JournalHeader header;
    header.sweep_name = "bench";
    header.host = "host";
    header.metrics = {"recall_error"};
    Journal journal(folder.path(), header);
    const auto batch = static_cast<std::size_t>(state.range(0));
    Record record;
    record.outcome.status = Status::done;
    record.outcome.values.assign(metrics().size(), 0.5);
    const std::vector<Record> records(batch, record);
    for (auto _ : state)
        journal.append(records);
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(batch));
}
BENCHMARK(append_records)->ArgName("batch")->Arg(1)->Arg(256);

} // namespace
} // namespace basin
