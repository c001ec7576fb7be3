// The inner loops of continuous memories alone, on tiles of 256 queries and 512 memories or terms.
// share_of_limit: of what the machine's FMA units do at most in registers; share_of_gemm: of
// OpenBLAS on the same operands and one thread, where it is installed. All are taken in one run.

#include "models/base/random.hpp"
#include "models/continuous/loops/real_loops.hpp"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <ctime>
#include <dlfcn.h>
#include <immintrin.h>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace basin {
namespace {

constexpr std::size_t queries = 256;
constexpr std::size_t memories = 512;

void count(benchmark::State& state, const char* what, double per_iteration) {
    state.counters[what] = benchmark::Counter(
        per_iteration * static_cast<double>(state.iterations()), benchmark::Counter::kIsRate);
}

/// Seconds of the processor for work(), the best of some.
template <class Work>
double best_time(Work work) {
    double best = 1e9;
    for (int i = 0; i < 15; ++i) {
        const std::clock_t start = std::clock();
        work();
        best = std::min(best, static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC);
    }
    return best;
}

// What FMA units do at most: chains that do not wait for each other.

constexpr std::size_t chains = 12;
constexpr int rounds = 200000;
using Chains = std::make_index_sequence<chains>;

template <std::size_t... Chain>
__attribute__((target("avx2,fma"))) void fmas_avx2(std::index_sequence<Chain...>) {
    __m256 sums[chains];
    ((sums[Chain] = _mm256_set1_ps(static_cast<float>(Chain))), ...);
    const __m256 half = _mm256_set1_ps(0.5F);
    for (int round = 0; round < rounds; ++round)
        ((sums[Chain] = _mm256_fmadd_ps(sums[Chain], half, half)), ...);
    benchmark::DoNotOptimize(sums);
}

template <std::size_t... Chain>
__attribute__((target("avx512f"))) void fmas_avx512(std::index_sequence<Chain...>) {
    __m512 sums[chains];
    ((sums[Chain] = _mm512_set1_ps(static_cast<float>(Chain))), ...);
    const __m512 half = _mm512_set1_ps(0.5F);
    for (int round = 0; round < rounds; ++round)
        ((sums[Chain] = _mm512_fmadd_ps(sums[Chain], half, half)), ...);
    benchmark::DoNotOptimize(sums);
}

/// Float operations a second; 0 where the path has no FMA.
double limit_of_floats(SimdPath path) {
    if (path == SimdPath::baseline) return 0.0;
    const bool wide = path == SimdPath::avx512;
    return 2.0 * (wide ? 16 : 8) * chains * rounds /
           best_time([&] { wide ? fmas_avx512(Chains()) : fmas_avx2(Chains()); });
}

// OpenBLAS, loaded at run time: a peer, never a part of Basin.

template <class T>
using Gemm = void (*)(int order, int transpose_a, int transpose_b, int m, int n, int k, T alpha,
                      const T* a, int lda, const T* b, int ldb, T beta, T* c, int ldc);

template <class T>
Gemm<T> peer() {
    static const auto found = [] {
        void* const library = dlopen("libopenblas.so.0", RTLD_NOW);
        if (!library) return Gemm<T>{};
        if (void* const threads = dlsym(library, "openblas_set_num_threads"))
            reinterpret_cast<void (*)(int)>(threads)(1);
        return reinterpret_cast<Gemm<T>>(
            dlsym(library, std::is_same_v<T, float> ? "cblas_sgemm" : "cblas_dgemm"));
    }();
    return found;
}

template <class T>
std::vector<T> random_numbers(std::size_t size) {
    Stream stream(key_of("real loops"), StreamRole::patterns, size);
    std::vector<T> numbers(size);
    for (T& number : numbers)
        number = static_cast<T>(stream.uniform() - 0.5);
    return numbers;
}

/// A tile over a bank's [512, dimension] memories: scores sum over units, projections over
/// memories.
template <class T>
struct Work {
    Work(std::size_t dimension, bool scores)
        : bank(random_numbers<T>(memories * dimension)),
          b(random_numbers<T>((scores ? dimension : memories) * queries)),
          c((scores ? memories : dimension) * queries) {
        tile.terms = scores ? dimension : memories;
        tile.rows = scores ? memories : dimension;
        tile.queries = queries;
        tile.a = bank.data();
        tile.term_stride = scores ? 1 : dimension;
        tile.row_stride = scores ? dimension : 1;
        tile.b = b.data();
        tile.c = c.data();
        tile.b_stride = tile.c_stride = queries;
    }
    Work(const Work&) = delete;
    Work& operator=(const Work&) = delete;

    double elements() const { return static_cast<double>(tile.terms * tile.rows * queries); }

    void by_peer(Gemm<T> gemm) {
        const bool scores = tile.term_stride == 1;
        const auto of = [](std::size_t size) { return static_cast<int>(size); };
        gemm(101, scores ? 111 : 112, 111, of(tile.rows), of(queries), of(tile.terms), T{1}, tile.a,
             of(scores ? tile.row_stride : tile.term_stride), tile.b, of(queries), T{1}, tile.c,
             of(queries));
    }

    std::vector<T> bank, b, c;
    RealTile<T> tile;
};

template <class T>
void products(benchmark::State& state, SimdPath path, bool scores) {
    Work<T> work(static_cast<std::size_t>(state.range(0)), scores);
    for (auto _ : state) {
        real_loops_of<T>(path).products(work.tile);
        benchmark::ClobberMemory();
    }
    const double operations = 2.0 * work.elements();
    count(state, "FLOP/s", operations);
    // Best against best, in turn: neighbours on the machine slow averages.
    const double mine = best_time([&] { real_loops_of<T>(path).products(work.tile); });
    if (const double limit = limit_of_floats(path) * 4.0 / sizeof(T); limit > 0.0)
        state.counters["share_of_limit"] = operations / mine / limit;
    if (const Gemm<T> gemm = peer<T>()) {
        work.by_peer(gemm);
        const double theirs = best_time([&] { work.by_peer(gemm); });
        state.counters["share_of_gemm"] = theirs / mine;
    }
}

template <class T>
void distances(benchmark::State& state, SimdPath path, bool squared) {
    const RealLoops<T>& loops = real_loops_of<T>(path);
    const Work<T> work(static_cast<std::size_t>(state.range(0)), true);
    for (auto _ : state) {
        (squared ? loops.squared_distances : loops.manhattan_distances)(work.tile);
        benchmark::ClobberMemory();
    }
    count(state, "elements/s", work.elements());
}

template <class T>
void exponentials(benchmark::State& state, SimdPath path) {
    const std::vector<T> fresh = random_numbers<T>(4096);
    std::vector<T> numbers = fresh;
    for (auto _ : state) {
        std::copy(fresh.begin(), fresh.end(), numbers.begin());
        real_loops_of<T>(path).exponentials(numbers.data(), numbers.size());
        benchmark::ClobberMemory();
    }
    count(state, "numbers/s", static_cast<double>(numbers.size()));
}

template <class T>
void on_path(SimdPath path) {
    const std::string end =
        (std::is_same_v<T, float> ? "/float/" : "/double/") + std::string(name_of(path));
    const auto add = [&](const std::string& name, auto bench, auto... more) {
        return benchmark::RegisterBenchmark((name + end).c_str(), bench, path, more...);
    };
    const std::vector<std::int64_t> dimensions = path == SimdPath::baseline
                                                     ? std::vector<std::int64_t>{64}
                                                     : std::vector<std::int64_t>{64, 784, 3072};
    for (const std::int64_t d : dimensions) {
        add("scores", products<T>, true)->ArgName("d")->Arg(d);
        add("projections", products<T>, false)->ArgName("d")->Arg(d);
        add("squared_distances", distances<T>, true)->ArgName("d")->Arg(d);
        add("manhattan_distances", distances<T>, false)->ArgName("d")->Arg(d);
    }
    add("exponentials", exponentials<T>);
}

[[maybe_unused]] const bool has_loops = [] {
    for (int p = 0; p <= static_cast<int>(offered_simd_path()); ++p) {
        on_path<float>(static_cast<SimdPath>(p));
        on_path<double>(static_cast<SimdPath>(p));
    }
    return true;
}();

} // namespace
} // namespace basin
