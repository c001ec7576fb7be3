// From journals to results.h5 and timing.h5: records whose values look like those of real sweeps.

#include "results/cube/compaction.hpp"

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <memory>
#include <utility>

#include "support/synthetic_store.hpp"
#include "support/temp_folder.hpp"

namespace basin {
namespace {

/// A number of [0, 1) that looks random and is a function of its arguments.
double scatter(std::uint64_t cell, std::uint64_t metric) {
    std::uint64_t x = cell * 0x9e3779b97f4a7c15U + metric * 0xbf58476d1ce4e5b9U;
    x = (x ^ (x >> 30U)) * 0xbf58476d1ce4e5b9U;
    x = (x ^ (x >> 27U)) * 0x94d049bb133111ebU;
    return static_cast<double>((x ^ (x >> 31U)) >> 11U) * 0x1p-53;
}

/// Of twelve metrics four are constant, one is not defined, six are shares of 64 probes that are
/// 0 or 1 but in a band of the sweep (two of them vary with the replicate there), one is irregular.
double swept_value(std::uint64_t cell, std::uint64_t replicates, std::size_t metric) {
    const std::size_t kind = metric % 12;
    if (kind < 4) return static_cast<double>(kind / 2);
    if (kind == 4) return std::numeric_limits<double>::quiet_NaN();
    if (kind == 5) return scatter(cell, metric);
    const auto along = static_cast<double>(cell / replicates % 1000);
    const double noise = kind < 8 ? scatter(cell, metric) : 0.5;
    const double edge = 100.0 * static_cast<double>(kind);
    const double share = std::clamp((along - edge) / 200.0 + 0.2 * (noise - 0.5), 0.0, 1.0);
    return std::round(64.0 * share) / 64.0;
}

/// A store of so many points: ten vertices, as many betas as it takes, and replicates.
struct SweptStore {
    SweptStore(std::uint64_t points, std::uint64_t replicates)
        : plan(plan_of(fmt::format("[sweep]\nname = \"swept\"\nreplicates = {}\n[model]\n"
                                   "interaction_vertex = \"range(1, 10, 1)\"\n"
                                   "beta = \"log(0.001, 1000, {})\"\n",
                                   replicates, points / replicates / 10))),
          store(Store::open(folder.path(), plan)) {
        Journal journal = store.new_journal(plan);
        std::vector<Record> batch;
        for (const std::uint64_t cell : planned_cells_of(plan)) {
            batch.push_back({plan.point_key(cell), cell, {Status::done, 0, {}, ""}, 1e-6});
            for (std::size_t metric = 0; metric < metrics().size(); ++metric)
                batch.back().outcome.values.push_back(swept_value(cell, replicates, metric));
            if (batch.size() < 1000) continue;
            journal.append(batch);
            batch.clear();
        }
        journal.append(batch);
    }

    tests::TempFolder folder;
    Plan plan;
    Store store;
};

const SweptStore& swept_store(std::uint64_t points, std::uint64_t replicates) {
    static std::map<std::pair<std::uint64_t, std::uint64_t>, std::unique_ptr<SweptStore>> made;
    std::unique_ptr<SweptStore>& store = made[{points, replicates}];
    if (!store) store = std::make_unique<SweptStore>(points, replicates);
    return *store;
}

void compact_store(benchmark::State& state) {
    const auto points = static_cast<std::uint64_t>(state.range(0));
    const SweptStore& swept = swept_store(points, static_cast<std::uint64_t>(state.range(1)));
    const Inventory inventory = swept.store.inventory(swept.plan);
    for (auto _ : state)
        compact(swept.store, swept.plan, inventory, {});
    state.SetItemsProcessed(state.iterations() * state.range(0));
    state.counters["bytes"] =
        static_cast<double>(std::filesystem::file_size(swept.store.results_file()));
}
BENCHMARK(compact_store)
    ->ArgNames({"points", "replicates"})
    ->ArgsProduct({{1000, 1'000'000}, {1, 10}})
    ->Unit(benchmark::kMillisecond);

} // namespace
} // namespace basin
