// The inner loops alone, and what the machine can do at most: every share of a limit is taken in
// one run. Limits: a masked sum takes two products of bytes for each memory and unit; a table
// look-up a load and an addition; counting matches a load, an exclusive or and a population count
// a word.

#include "models/bipolar/loops/byte_loops.hpp"
#include "models/bipolar/overlaps.hpp"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <array>
#include <bit>
#include <chrono>
#include <immintrin.h>
#include <numeric>
#include <string>
#include <utility>

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

// What the machine does at most, in registers: products of bytes that are added up, of which a sum
// takes two for each memory and unit.

/// Chains of products that do not wait for each other: enough to hide how long one takes.
constexpr std::size_t chains = 12;
using Chains = std::make_index_sequence<chains>;

template <std::size_t... Chain>
void products_baseline(std::int64_t rounds, std::index_sequence<Chain...>) {
    __m128i sums[chains];
    ((sums[Chain] = _mm_set1_epi8(static_cast<char>(Chain))), ...); // or they would be one
    const __m128i bytes = _mm_set1_epi8(1);
    for (std::int64_t round = 0; round < rounds; ++round)
        ((sums[Chain] = _mm_maddubs_epi16(sums[Chain], bytes)), ...);
    benchmark::DoNotOptimize(sums);
}

template <std::size_t... Chain>
__attribute__((target("avx2"))) void products_avx2(std::int64_t rounds,
                                                   std::index_sequence<Chain...>) {
    __m256i sums[chains];
    ((sums[Chain] = _mm256_set1_epi8(static_cast<char>(Chain))), ...);
    const __m256i bytes = _mm256_set1_epi8(1);
    for (std::int64_t round = 0; round < rounds; ++round)
        ((sums[Chain] = _mm256_maddubs_epi16(sums[Chain], bytes)), ...);
    benchmark::DoNotOptimize(sums);
}

template <std::size_t... Chain>
__attribute__((target("avx512f,avx512vnni"))) void products_avx512(std::int64_t rounds,
                                                                   std::index_sequence<Chain...>) {
    __m512i sums[chains];
    ((sums[Chain] = _mm512_set1_epi8(static_cast<char>(Chain))), ...);
    const __m512i bytes = _mm512_set1_epi8(1);
    for (std::int64_t round = 0; round < rounds; ++round)
        ((sums[Chain] = _mm512_dpbusd_epi32(sums[Chain], bytes, bytes)), ...);
    benchmark::DoNotOptimize(sums);
}

/// Products a second, the best of five.
double limit_of_products(SimdPath path) {
    constexpr std::int64_t rounds = 200000;
    double best = 0.0;
    for (int i = 0; i < 5; ++i) {
        const auto start = std::chrono::steady_clock::now();
        double lanes = 16;
        if (path == SimdPath::avx512) {
            lanes = 64;
            products_avx512(rounds, Chains{});
        } else if (path == SimdPath::avx2) {
            lanes = 32;
            products_avx2(rounds, Chains{});
        } else {
            products_baseline(rounds, Chains{});
        }
        const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - start;
        best = std::max(best, chains * lanes * rounds / taken.count());
    }
    return best;
}

/// What a column of bits is used for, on any path that the machine has.
void on_each_path(void (*bench)(benchmark::State&, SimdPath), const char* name) {
    for (int p = 0; p <= static_cast<int>(offered_simd_path()); ++p) {
        const auto path = static_cast<SimdPath>(p);
        benchmark::RegisterBenchmark((std::string(name) + "/" + std::string(name_of(path))).c_str(),
                                     bench, path)
            ->ArgName("K")
            ->Arg(1000)
            ->Arg(10000);
    }
}

void masked_sums_of_four_units(benchmark::State& state, SimdPath path) {
    const ByteLoops& loops = loops_of(path);
    const Scene scene = scene_of(state);
    const std::size_t words = scene.columns.stride();
    std::vector<std::uint8_t> bytes(2 * 64 * words);
    std::iota(bytes.begin(), bytes.end(), std::uint8_t{1});
    std::size_t unit = 0;
    std::array<std::uint64_t, 4> sums{};
    for (auto _ : state) {
        std::array<const Word*, 4> columns{};
        for (const Word*& column : columns)
            column = std::as_const(scene.columns).row(unit++ % scene.dimension()).data();
        loops.sums(bytes.data(), bytes.data() + 64 * words, columns.data(), words, sums.data());
        benchmark::DoNotOptimize(sums);
    }
    count(state, "interactions/s", 4.0 * scene.pattern_count());
    // Of a rate that is measured now: so benchmark's own rate of it is the share.
    count(state, "share_of_limit", 2.0 * 4.0 * scene.pattern_count() / limit_of_products(path));
    count(state, "bytes/s", static_cast<double>(bytes.size() + 4 * 8 * words));
}

void steps_of_match_counts(benchmark::State& state, SimdPath path) {
    const ByteLoops& loops = loops_of(path);
    const Scene scene = scene_of(state);
    std::vector<std::uint8_t> counts(64 * scene.columns.stride(), 100);
    const BitRow column = std::as_const(scene.columns).row(0);
    for (auto _ : state) {
        loops.step(counts.data(), column.data(), column.size(), 0);
        benchmark::ClobberMemory();
    }
    count(state, "memories/s", scene.pattern_count());
    count(state, "bytes/s", 2.0 * static_cast<double>(counts.size() + 8 * column.size()));
}

void weights_looked_up(benchmark::State& state, SimdPath path) {
    const ByteLoops& loops = loops_of(path);
    const Scene scene = scene_of(state);
    Overlaps overlaps(scene);
    overlaps.move_to(scene.cues.row(0));
    const auto counts = overlaps.padded_matches();
    ByteTables tables; // of what K = 10,000 spreads over
    tables.first = 30;
    tables.entries = 45;
    std::vector<std::uint8_t> bytes(3 * counts.size());
    std::uint8_t* const planes[]{bytes.data(), bytes.data() + counts.size(),
                                 bytes.data() + 2 * counts.size()};
    std::array<std::uint64_t, 6> totals{};
    for (auto _ : state) {
        loops.look_up(counts.data(), counts.size() / 64, ~Word{0}, tables, planes, totals.data());
        benchmark::DoNotOptimize(totals);
    }
    count(state, "memories/s", scene.pattern_count());
    count(state, "bytes/s", 4.0 * static_cast<double>(counts.size()));
}

[[maybe_unused]] const bool has_loops = [] {
    on_each_path(masked_sums_of_four_units, "masked_sums_of_four_units");
    on_each_path(steps_of_match_counts, "steps_of_match_counts");
    on_each_path(weights_looked_up, "weights_looked_up");
    return true;
}();

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

BENCHMARK(overlaps_of_a_cue)->ArgName("K")->Arg(1000)->Arg(10000);
BENCHMARK(flip_of_a_unit)->ArgName("K")->Arg(1000)->Arg(10000);

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

} // namespace
} // namespace basin
