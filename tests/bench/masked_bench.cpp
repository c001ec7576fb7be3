// The inner loops alone, and what the machine can do at most: every share of a limit is taken in
// one run. Limits: a masked sum needs a shift, a blend and an addition a lane; a table look-up a
// load and an addition; counting matches a load, an exclusive or and a population count a word.

#include "models/masked.hpp"
#include "models/overlaps.hpp"

#include <benchmark/benchmark.h>

#include <immintrin.h>
#include <numeric>

#include "support/scenes.hpp"

namespace basin {
namespace {

void count(benchmark::State& state, const char* what, double per_iteration) {
    state.counters[what] = benchmark::Counter(
        per_iteration * static_cast<double>(state.iterations()), benchmark::Counter::kIsRate);
}

Scene scene_of(benchmark::State& state) {
    return tests::random_scene({.dimension = 100,
                                .pattern_count = static_cast<std::uint32_t>(state.range(0)),
                                .probe_count = 1,
                                .cue_level = 0.1});
}

void masked_sums_of_four_units(benchmark::State& state) {
    const Scene scene = scene_of(state);
    std::vector<float> values(64 * scene.columns.stride());
    std::iota(values.begin(), values.end(), 1.0F);
    const auto column = [&](std::size_t i) { return std::as_const(scene.columns).row(i); };
    const std::array columns{column(0), column(1), column(2), column(3)};
    for (auto _ : state)
        benchmark::DoNotOptimize(masked_sums(simd_path(), values, columns));
    count(state, "interactions/s", 4.0 * scene.pattern_count());
    count(state, "bytes/s", 4.0 * static_cast<double>(values.size() + 2 * scene.columns.stride()));
}

void masked_steps(benchmark::State& state) {
    const Scene scene = scene_of(state);
    std::vector<std::uint32_t> counts(64 * scene.columns.stride(), 1000);
    const BitRow column = scene.columns.row(0);
    for (auto _ : state) {
        masked_step(simd_path(), counts, column, 0);
        benchmark::ClobberMemory();
    }
    count(state, "memories/s", scene.pattern_count());
    count(state, "bytes/s", 8.0 * static_cast<double>(counts.size()));
}

void overlaps_of_a_cue(benchmark::State& state) {
    const Scene scene = scene_of(state);
    Overlaps overlaps(scene);
    for (auto _ : state) {
        overlaps.move_to(scene.cues.row(0));
        benchmark::DoNotOptimize(overlaps.histogram().data());
    }
    count(state, "interactions/s", 100.0 * scene.pattern_count());
    count(state, "words/s", static_cast<double>(scene.memories.words.size()));
}

void flip_of_a_unit(benchmark::State& state) {
    const Scene scene = scene_of(state);
    Overlaps overlaps(scene);
    overlaps.move_to(scene.cues.row(0));
    const std::uint32_t unit = 17;
    for (auto _ : state)
        overlaps.flip(std::span(&unit, 1));
    count(state, "memories/s", scene.pattern_count());
}

BENCHMARK(masked_sums_of_four_units)->ArgName("K")->Arg(1000)->Arg(10000);
BENCHMARK(masked_steps)->ArgName("K")->Arg(1000)->Arg(10000);
BENCHMARK(overlaps_of_a_cue)->ArgName("K")->Arg(1000)->Arg(10000);
BENCHMARK(flip_of_a_unit)->ArgName("K")->Arg(1000)->Arg(10000);

/// Additions in registers, `Chains` of them at a time: what the machine adds at most, 2 a cycle
/// where a blend goes beside them.
__attribute__((target("avx2"))) void limit_of_additions(benchmark::State& state) {
    __m256 sums[8];
    for (auto& sum : sums)
        sum = _mm256_setzero_ps();
    const __m256 one = _mm256_set1_ps(1.0F);
    for (auto _ : state)
        for (int i = 0; i < 64; ++i)
            for (auto& sum : sums) {
                sum = _mm256_add_ps(sum, one);
                asm volatile("" : "+x"(sum));
            }
    count(state, "lanes/s", 64.0 * 8 * 8);
}

void limit_of_look_ups(benchmark::State& state) {
    std::vector<std::uint32_t> places(1000);
    for (std::size_t i = 0; i < places.size(); ++i)
        places[i] = static_cast<std::uint32_t>(i * 7919 % 101);
    const std::vector<double> table(101, 1.0);
    for (auto _ : state) {
        double sums[4]{};
        for (std::size_t i = 0; i < places.size(); i += 4)
            for (std::size_t j = 0; j < 4; ++j)
                sums[j] += table[places[i + j]];
        benchmark::DoNotOptimize(sums);
    }
    count(state, "look-ups/s", 1000.0);
}

void limit_of_matching(benchmark::State& state) {
    std::vector<Word> words(2000);
    std::iota(words.begin(), words.end(), Word{0x123456789ABCDEF});
    for (auto _ : state) {
        std::size_t sums[4]{};
        for (std::size_t i = 0; i < words.size(); i += 4)
            for (std::size_t j = 0; j < 4; ++j)
                sums[j] += static_cast<std::size_t>(std::popcount(words[i + j] ^ words[0]));
        benchmark::DoNotOptimize(sums);
    }
    count(state, "words/s", 2000.0);
}

BENCHMARK(limit_of_look_ups);
BENCHMARK(limit_of_matching);
[[maybe_unused]] const bool has_additions = [] {
    if (__builtin_cpu_supports("avx2"))
        benchmark::RegisterBenchmark("limit_of_additions", limit_of_additions);
    return true;
}();

} // namespace
} // namespace basin
