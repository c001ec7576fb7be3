// One probe from cue to fixed point. interactions/s counts memories times unit decisions.

#include "models/bipolar/shared/bipolar_recall.hpp"
#include "models/recall/recall.hpp"
#include "models/reference/oracle.hpp"

#include <benchmark/benchmark.h>

#include "support/run_settings.hpp"
#include "support/scenes.hpp"

namespace basin {
namespace {

Setting setting_with(std::uint32_t vertex) {
    Setting setting;
    setting.formulation = Choice<Formulations>::of<Normalized>(); // of any vertex
    setting.precision = Choice<Precisions>::of<Float32>();
    setting.interaction_parameters.vertex = vertex;
    return setting;
}

Scene scene_with(benchmark::State& state) {
    return tests::random_scene({.dimension = static_cast<std::uint32_t>(state.range(0)),
                                .pattern_count = static_cast<std::uint32_t>(state.range(1)),
                                .probe_count = 16,
                                .cue_level = 0.1});
}

void run_probe(benchmark::State& state, bool looks_ahead) {
    const Scene scene = scene_with(state);
    const Setting setting = setting_with(static_cast<std::uint32_t>(state.range(2)));
    const tests::Walkers walkers(std::span(&setting, 1), scene.dimension());
    Kernel kernel = walkers.on(scene, looks_ahead);
    ProbeStart start(scene);
    double interactions = 0;
    std::uint32_t probe = 0;
    for (auto _ : state) {
        start.move_to(scene, probe);
        const Trajectory path = kernel.run(start).paths.front();
        interactions += static_cast<double>(path.counts.decisions) * scene.pattern_count();
        probe = (probe + 1) % scene.probe_count();
    }
    state.counters["interactions/s"] =
        benchmark::Counter(interactions, benchmark::Counter::kIsRate);
}

/// Every state is looked at: what a recall costs that no memory dominates.
void run_probe_step_by_step(benchmark::State& state) {
    run_probe(state, false);
}

void run_probe_looking_ahead(benchmark::State& state) {
    run_probe(state, true);
}

const auto sizes = [](auto* bench) {
    bench->ArgNames({"N", "K", "n"})
        ->ArgsProduct({{100}, {100, 1000, 10000}, {3, 10, 30}})
        ->Args({784, 200, 10});
};
BENCHMARK(run_probe_step_by_step)->Apply(sizes);
BENCHMARK(run_probe_looking_ahead)->Apply(sizes);

void oracle_probe(benchmark::State& state) {
    const Scene scene = scene_with(state);
    const Setting setting = setting_with(static_cast<std::uint32_t>(state.range(2)));
    double interactions = 0;
    for (auto _ : state) {
        const Trajectory path = oracle_recall(scene, setting, 0);
        interactions += static_cast<double>(path.counts.decisions) * scene.pattern_count();
    }
    state.counters["interactions/s"] =
        benchmark::Counter(interactions, benchmark::Counter::kIsRate);
}
BENCHMARK(oracle_probe)->ArgNames({"N", "K", "n"})->Args({20, 20, 3});

void recall_of_a_tiny_point(benchmark::State& state) {
    const Scene scene = tests::random_scene(
        {.dimension = 20, .pattern_count = 5, .probe_count = 5, .cue_level = 0.1});
    const std::vector<Setting> settings{setting_with(3)};
    GroupCache cache;
    for (auto _ : state)
        benchmark::DoNotOptimize(recall(scene, settings, cache));
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(recall_of_a_tiny_point);

} // namespace
} // namespace basin
