// How the cost grows: each family prints its fitted law, and what must not matter stands side by
// side. Linear in memories and in probes; none in vertex and beta; a grid of certified points
// costs about as much as a few of them.

#include "models/recall/recall.hpp"

#include <benchmark/benchmark.h>

#include <cmath>

#include "support/run_settings.hpp"
#include "support/scenes.hpp"

namespace basin {
namespace {

Setting setting_of(std::uint32_t vertex, double beta) {
    Setting setting;
    setting.formulation = Choice<Formulations>::of<Normalized>();
    setting.precision = Choice<Precisions>::of<Float32>();
    setting.interaction_parameters.vertex = vertex;
    setting.beta = beta;
    return setting;
}

Scene scene_of(std::int64_t memories, std::int64_t probes) {
    return tests::random_scene({.dimension = 100,
                                .pattern_count = static_cast<std::uint32_t>(memories),
                                .probe_count = static_cast<std::uint32_t>(probes),
                                .cue_level = 0.1});
}

/// Time for each unit decision of each memory, every state looked at: sweeps and flips differ
/// between sizes, which is not what these laws are about.
void by_memories(benchmark::State& state, std::uint32_t vertex) {
    const Scene scene = scene_of(state.range(0), 16);
    const Setting setting = setting_of(vertex, 1.0);
    const tests::Walkers walkers(std::span(&setting, 1), scene.dimension());
    Kernel kernel = walkers.on(scene, false);
    ProbeStart start(scene);
    double decisions = 0;
    for (auto _ : state)
        for (std::uint32_t probe = 0; probe < 16; ++probe) {
            start.move_to(scene, probe);
            decisions += static_cast<double>(kernel.run(start).paths[0].counts.decisions);
        }
    const double memories = static_cast<double>(state.range(0));
    state.counters["per_decision_and_memory"] = benchmark::Counter(
        decisions * memories, benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
    state.SetComplexityN(state.range(0));
}

void uncertified_by_memories(benchmark::State& state) {
    by_memories(state, 10);
}

void uncertified_by_vertex(benchmark::State& state) {
    by_memories(state, static_cast<std::uint32_t>(state.range(1)));
}

void certified_by_memories(benchmark::State& state) {
    const Scene scene = scene_of(state.range(0), 16);
    const Setting setting = setting_of(10, 1.0);
    GroupCache cache;
    for (auto _ : state)
        benchmark::DoNotOptimize(recall(scene, std::span(&setting, 1), cache));
    state.SetComplexityN(state.range(0));
}

void by_probes(benchmark::State& state) {
    const Scene scene = scene_of(2000, state.range(0));
    const Setting setting = setting_of(3, 1.0);
    GroupCache cache;
    for (auto _ : state)
        benchmark::DoNotOptimize(recall(scene, std::span(&setting, 1), cache));
    state.SetComplexityN(state.range(0));
}

/// So many values of beta at vertices 10 and 15, where one memory outweighs all others.
void certified_by_points(benchmark::State& state) {
    const Scene scene = scene_of(10000, 16);
    std::vector<Setting> settings;
    for (std::int64_t i = 0; i < state.range(0); ++i)
        settings.push_back(setting_of(i % 2 == 0 ? 10 : 15,
                                      std::pow(100.0, static_cast<double>(i) / 512.0) / 10.0));
    GroupCache cache;
    for (auto _ : state)
        benchmark::DoNotOptimize(recall(scene, settings, cache));
    state.SetItemsProcessed(state.range(0) * state.iterations());
}

BENCHMARK(uncertified_by_memories)
    ->ArgName("K")
    ->RangeMultiplier(2)
    ->Range(1000, 32000)
    ->Unit(benchmark::kMicrosecond)
    ->Complexity(benchmark::oN);
BENCHMARK(uncertified_by_vertex)
    ->ArgNames({"K", "n"})
    ->ArgsProduct({{5000}, {5, 10, 20, 30}})
    ->Unit(benchmark::kMicrosecond);
BENCHMARK(certified_by_memories)
    ->ArgName("K")
    ->RangeMultiplier(2)
    ->Range(1000, 32000)
    ->Unit(benchmark::kMicrosecond)
    ->Complexity(benchmark::oN);
BENCHMARK(by_probes)
    ->ArgName("probes")
    ->RangeMultiplier(2)
    ->Range(16, 256)
    ->Unit(benchmark::kMicrosecond)
    ->Complexity(benchmark::oN);
BENCHMARK(certified_by_points)
    ->ArgName("points")
    ->Arg(1)
    ->Arg(2)
    ->Arg(512)
    ->Unit(benchmark::kMicrosecond);

} // namespace
} // namespace basin
