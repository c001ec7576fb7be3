#pragma once
// What tests of loops over real numbers share.

#include "models/base/simd.hpp"

#include <bit>
#include <cmath>
#include <cstdint>
#include <type_traits>
#include <vector>

namespace basin::tests {

template <class T>
using Numbers = std::vector<T>;

/// The paths that this machine has.
inline std::vector<SimdPath> simd_paths() {
    std::vector<SimdPath> all{SimdPath::baseline};
    if (offered_simd_path() >= SimdPath::avx2) all.push_back(SimdPath::avx2);
    if (offered_simd_path() >= SimdPath::avx512) all.push_back(SimdPath::avx512);
    return all;
}

template <class T>
using Bits = std::conditional_t<sizeof(T) == 4, std::uint32_t, std::uint64_t>;

/// The same bits, or both NaN.
template <class T>
bool same(T a, T b) {
    return std::bit_cast<Bits<T>>(a) == std::bit_cast<Bits<T>>(b) ||
           (std::isnan(a) && std::isnan(b));
}

} // namespace basin::tests
