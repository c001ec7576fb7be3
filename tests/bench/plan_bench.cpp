// Walking a plan: what a point costs before anything is computed.

#include "sweeps/plan/applicability.hpp"
#include "sweeps/plan/plan.hpp"

#include <benchmark/benchmark.h>

namespace basin {
namespace {

Plan million_points() {
    return Plan(parse_config("[sweep]\nreplicates = 10\n[model]\nbeta = \"log(0.01, 100, 1000)\"\n"
                             "interaction_vertex = \"range(1, 100, 1)\"\n",
                             "bench", {}));
}

void visit_points(benchmark::State& state) {
    const Plan plan = million_points();
    const Applicability applicability(plan);
    std::uint64_t applicable = 0;
    for (auto _ : state)
        for (std::uint64_t job = 0; job < plan.job_count(); ++job)
            plan.visit_points(job, 0, [&](std::uint64_t cell) {
                applicable += applicability.applicable(cell);
                return true;
            });
    state.SetItemsProcessed(static_cast<std::int64_t>(applicable));
}
BENCHMARK(visit_points)->Unit(benchmark::kMillisecond);

void point_key(benchmark::State& state) {
    const Plan plan = million_points();
    std::uint64_t cell = 0;
    for (auto _ : state)
        benchmark::DoNotOptimize(plan.point_key(cell = (cell + 7919) % plan.cell_count()));
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(point_key);

} // namespace
} // namespace basin
