#include "sweeps/footprint.hpp"

#include "models/trajectory.hpp"

#include <algorithm>

namespace basin {

namespace {

constexpr std::size_t bit_bytes(std::size_t rows, std::size_t columns) {
    return rows * words_for(columns) * sizeof(Word);
}

/// Of the exact table and of a number format's, roughly; as TableCache counts them.
std::size_t table_bytes(std::uint32_t dimension) {
    return 2 * (800 + std::size_t{40} * dimension);
}

/// TableCache forgets its tables beyond this.
constexpr std::size_t most_kept_bytes = std::size_t{24} << 20U;

} // namespace

std::size_t scene_bytes(const SceneSize& size) {
    const std::size_t n = size.dimension;
    const std::size_t k = size.pattern_count;
    const std::size_t probes = size.probe_count;
    const std::size_t sorted = k * sizeof(std::size_t); // while equal memories are counted
    return bit_bytes(k, n) + bit_bytes(n, k) + bit_bytes(probes, n) + 4 * probes + sorted;
}

std::size_t path_bytes(std::uint32_t dimension) {
    constexpr std::size_t allocation = 16; // what malloc adds
    return sizeof(Trajectory) + bit_bytes(1, dimension) + allocation;
}

std::size_t thread_bytes(const SceneSize& size, std::uint64_t settings) {
    const std::size_t k = size.pattern_count;
    // Match counts, weights in float and, where those leave a sign open, pairs in double. Where
    // walkers part, there are two companies.
    const std::size_t company = k * (4 + 4 + 16);
    const std::size_t distances = 4 * k; // of a final state
    const std::size_t paths = 2 * settings * size.probe_count * path_bytes(size.dimension);
    const std::size_t tables = settings * table_bytes(size.dimension);
    return 2 * company + distances + paths + tables + std::min(tables, most_kept_bytes);
}

} // namespace basin
