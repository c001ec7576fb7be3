// Drawing a scene: memories, their columns, cues.

#include <benchmark/benchmark.h>

#include "support/scenes.hpp"

namespace basin {
namespace {

void make_random_scene(benchmark::State& state) {
    std::uint64_t seed = 0;
    const auto dimension = static_cast<std::uint32_t>(state.range(0));
    const auto pattern_count = static_cast<std::uint32_t>(state.range(1));
    for (auto _ : state)
        benchmark::DoNotOptimize(tests::random_scene({.dimension = dimension,
                                                      .pattern_count = pattern_count,
                                                      .probe_count = 64,
                                                      .seed = ++seed}));
    state.counters["bits/s"] =
        benchmark::Counter(static_cast<double>(state.iterations()) * dimension * pattern_count,
                           benchmark::Counter::kIsRate);
}
BENCHMARK(make_random_scene)
    ->ArgNames({"N", "K"})
    ->Args({20, 5})
    ->Args({100, 10000})
    ->Args({784, 1000});

} // namespace
} // namespace basin
