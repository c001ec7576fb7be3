#include "sweeps/estimate/memory_estimate.hpp"

#include "models/bipolar/trajectory.hpp"
#include "models/continuous/real_network.hpp"
#include "models/continuous/relative_rank.hpp"
#include "models/geometry/numerical_rank.hpp"

#include <algorithm>

namespace basin {

namespace {

constexpr std::size_t bit_bytes(std::size_t rows, std::size_t columns) {
    return rows * words_for(columns) * sizeof(Word);
}

std::size_t real_path_bytes(std::uint32_t dimension) {
    constexpr std::size_t allocation = 16;
    return sizeof(RealPath) + sizeof(double) * dimension + allocation;
}

/// Of all probes under one setting.
std::size_t paths_bytes(const SceneSize& size) {
    return size.probe_count *
           (size.is_real ? real_path_bytes(size.dimension) : path_bytes(size.dimension));
}

/// What the ranks of final states and targets take.
std::size_t rank_bytes(const SceneSize& size) {
    const std::size_t probes = size.probe_count;
    if (rank_work(probes, size.dimension, size.pattern_count) > most_rank_work) return 0;
    constexpr std::size_t products = 16;
    return sizeof(double) * probes *
           (products + std::min<std::size_t>({probes, size.dimension, size.pattern_count}));
}

/// Similarities and weights of the probes that walk side by side, their states, and a tile of
/// memories in double.
std::size_t real_walk_bytes(const SceneSize& size) {
    const std::size_t k = size.pattern_count;
    return sizeof(double) *
               (3 * queries_abreast(k) * (k + size.dimension) + std::size_t{256} * size.dimension) +
           rank_bytes(size);
}

} // namespace

std::size_t scene_bytes(const SceneSize& size) {
    const std::size_t n = size.dimension;
    const std::size_t k = size.pattern_count;
    const std::size_t probes = size.probe_count;
    const std::size_t sorted = k * sizeof(std::size_t); // while equal memories are counted
    const std::size_t bits = bit_bytes(k, n) + bit_bytes(n, k) + bit_bytes(probes, n);
    // Memories a second time in half precision.
    const std::size_t reals = size.is_real ? sizeof(float) * n * (2 * k + probes) : 0;
    const std::size_t doubles =
        size.is_real && size.is_rounded ? sizeof(double) * n * (k + probes) : 0;
    const std::size_t embeddings = sizeof(float) * k * size.embedding_width;
    return bits + reals + doubles + embeddings + 4 * probes + sorted;
}

std::size_t path_bytes(std::uint32_t dimension) {
    constexpr std::size_t allocation = 16; // what malloc adds
    return sizeof(Trajectory) + bit_bytes(1, dimension) + allocation;
}

std::uint64_t batch_size(const SceneSize& size) {
    constexpr std::size_t most_path_bytes = std::size_t{256} << 20U;
    // Continuous ones are kept until their references have walked too.
    const std::size_t each = paths_bytes(size) * (size.is_real ? 2 : 1);
    return std::clamp<std::uint64_t>(most_path_bytes / std::max<std::size_t>(each, 1), 1,
                                     most_batch);
}

std::size_t batch_bytes(const SceneSize& size, std::uint64_t settings) {
    // At worst each setting has a group of its own, with the exact network beside it, or all are in
    // one group and walk when others have just set out. Continuous ones have a reference each.
    const std::size_t own = settings * paths_bytes(size);
    const std::size_t beside =
        size.is_real ? own : std::min(own, paths_bytes(size) + most_paths_abreast);
    const std::size_t paths = own + beside;
    // An exact table and a number format's, as TableCache counts them; and those it keeps of
    // earlier batches.
    constexpr std::size_t most_kept = std::size_t{24} << 20U;
    const std::size_t tables = settings * 2 * (800 + std::size_t{40} * size.dimension);
    return paths + tables + std::min(tables, most_kept);
}

std::size_t walk_bytes(const SceneSize& size) {
    const std::size_t k = size.pattern_count;
    // Weights are floats; where those leave a sign open, pairs of doubles too.
    const std::size_t company = k * (4 + 4 + 16);
    const std::size_t distances = 4 * k; // of a final state
    return 2 * company + distances + (size.is_real ? real_walk_bytes(size) : 0);
}

} // namespace basin
