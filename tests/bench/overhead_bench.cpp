// What a point costs beside its recall: a sweep of tiny points from plan to journal, and the same
// recall() calls alone. The difference of their per_point is the overhead.

#include "harness/run/runner.hpp"
#include "models/recall/recall.hpp"
#include "results/store/store.hpp"
#include "sweeps/coordinates/binding.hpp"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <sstream>

#include "support/temp_folder.hpp"

namespace basin {
namespace {

/// 2000 points: 20 scenes of 5 memories, 100 settings each.
Plan tiny_points() {
    return Plan(parse_config("[sweep]\nreplicates = 20\n"
                             "[patterns]\ndimension = 20\npattern_count = 5\n"
                             "[model]\nformulation = [\"original\", \"normalized\"]\n"
                             "interaction_vertex = [2, 3, 5, 10, 30]\n"
                             "beta = \"log(0.01, 100, 10)\"\nprecision = \"float32\"\n",
                             "bench", {}));
}

void count_points(benchmark::State& state, std::uint64_t points) {
    state.counters["per_point"] = benchmark::Counter(static_cast<double>(points),
                                                     benchmark::Counter::kIsIterationInvariantRate |
                                                         benchmark::Counter::kInvert);
}

void sweep_of_tiny_points(benchmark::State& state) {
    const std::atomic<bool> stop{false};
    std::uint64_t computed = 0;
    for (auto _ : state) {
        const tests::TempFolder folder;
        const Plan plan = tiny_points();
        const Store store = Store::open(folder / "store", plan);
        const Inventory inventory = store.inventory(plan);
        const Applicability applicability(plan);
        const Forecast expected = forecast(plan, applicability, inventory, {});
        Journal journal = store.new_journal(plan);
        std::ostringstream out;
        Progress progress(out, Progress::Style::none, expected.coverage.missing());
        Flights flights(1);
        computed = run_missing({plan, applicability, inventory, {}, expected.order},
                               {journal, flights, {}, progress, stop}, 1)
                       .computed;
    }
    count_points(state, computed);
}
BENCHMARK(sweep_of_tiny_points)->Unit(benchmark::kMillisecond);

/// One cache for all, as a thread of the runner has it.
void recalls_of_tiny_points(benchmark::State& state) {
    const Plan plan = tiny_points();
    std::vector<Scene> scenes;
    std::vector<std::vector<Setting>> settings;
    for (std::uint64_t job = 0; job < plan.job_count(); ++job) {
        scenes.push_back(make_scene(
            bind_scene(plan.scene_of(job), plan.config().seed, plan.replicate_of_job(job)),
            nullptr));
        settings.emplace_back();
        plan.visit_points(job, 0, [&](std::uint64_t cell) {
            settings.back().push_back(bind_setting(plan.coordinates_of(cell)));
            return true;
        });
    }
    for (auto _ : state) {
        GroupCache cache;
        for (std::size_t job = 0; job < scenes.size(); ++job)
            benchmark::DoNotOptimize(recall(scenes[job], settings[job], cache));
    }
    count_points(state, plan.point_bound());
}
BENCHMARK(recalls_of_tiny_points)->Unit(benchmark::kMillisecond);

} // namespace
} // namespace basin
