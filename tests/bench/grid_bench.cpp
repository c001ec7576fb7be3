// A grid of vertices and betas on one scene, recalled together and point by point: what sharing
// saves. Items are points.

#include "models/recall/recall.hpp"

#include <benchmark/benchmark.h>

#include <array>
#include <cmath>

#include "support/scenes.hpp"

namespace basin {
namespace {

Scene grid_scene_of(benchmark::State& state) {
    return tests::random_scene({.dimension = 100,
                                .pattern_count = static_cast<std::uint32_t>(state.range(0)),
                                .probe_count = 16,
                                .cue_level = 0.1});
}

/// 8 vertices, of 8 and more or of less, by 64 betas in 0.1 ... 10.
std::vector<Setting> grid(bool large_vertices) {
    constexpr std::array large{8U, 10U, 12U, 15U, 18U, 20U, 25U, 30U};
    constexpr std::array small{2U, 3U, 4U, 5U, 6U, 7U, 2U, 3U};
    std::vector<Setting> settings;
    for (std::size_t v = 0; v < large.size(); ++v)
        for (int b = 0; b < 64; ++b) {
            Setting setting;
            setting.formulation = Choice<Formulations>::of<Normalized>();
            setting.precision = Choice<Precisions>::of<Float32>();
            setting.interaction_parameters.vertex = large_vertices ? large[v] : small[v];
            setting.beta = 0.1 * std::pow(100.0, (b + 64.0 * (v >= 6 && !large_vertices)) / 127.0);
            settings.push_back(setting);
        }
    return settings;
}

void recall_together(benchmark::State& state) {
    const Scene scene = grid_scene_of(state);
    const std::vector<Setting> settings = grid(state.range(1) != 0);
    GroupCache cache;
    for (auto _ : state)
        benchmark::DoNotOptimize(recall(scene, settings, cache));
    state.SetItemsProcessed(static_cast<std::int64_t>(settings.size()) * state.iterations());
}

void recall_point_by_point(benchmark::State& state) {
    const Scene scene = grid_scene_of(state);
    const std::vector<Setting> settings = grid(state.range(1) != 0);
    GroupCache cache;
    for (auto _ : state)
        for (const Setting& setting : settings)
            benchmark::DoNotOptimize(recall(scene, std::span(&setting, 1), cache));
    state.SetItemsProcessed(static_cast<std::int64_t>(settings.size()) * state.iterations());
}

const auto grid_sizes = [](auto* bench) {
    bench->ArgNames({"K", "large_n"})
        ->ArgsProduct({{1000, 10000}, {0, 1}})
        ->Unit(benchmark::kMillisecond);
};
BENCHMARK(recall_together)->Apply(grid_sizes);
BENCHMARK(recall_point_by_point)->Apply(grid_sizes);

} // namespace
} // namespace basin
