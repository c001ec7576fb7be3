#include "models/base/simd.hpp"

#include "models/base/errors.hpp"

#include <fmt/format.h>

#include <array>
#include <cstdlib>

namespace basin {

namespace {

constexpr std::array<std::string_view, 3> names{"baseline", "avx2", "avx512"};

SimdPath wanted() {
    const char* word = std::getenv("BASIN_SIMD");
    if (!word || *word == '\0') return offered_simd_path();
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (names[i] != word) continue;
        const auto path = static_cast<SimdPath>(i);
        if (path > offered_simd_path())
            throw InputError(fmt::format("BASIN_SIMD={}: this machine offers {} at most", word,
                                         name_of(offered_simd_path())));
        return path;
    }
    throw InputError(fmt::format("BASIN_SIMD={}: must be {}", word, fmt::join(names, ", ")));
}

} // namespace

SimdPath offered_simd_path() {
    const bool has_avx512 =
        __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
        __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512vbmi") &&
        __builtin_cpu_supports("avx512vnni") && __builtin_cpu_supports("avx512vpopcntdq");
    if (has_avx512) return SimdPath::avx512;
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return SimdPath::avx2;
    return SimdPath::baseline;
}

std::string_view name_of(SimdPath path) {
    return names[static_cast<std::size_t>(path)];
}

SimdPath simd_path() {
    static const SimdPath path = wanted();
    return path;
}

} // namespace basin
