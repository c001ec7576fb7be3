#pragma once

#include <cstdint>
#include <string_view>

namespace basin {

/// The widest instructions that a machine offers and Basin uses. avx2: and FMA. avx512: F, BW, VL,
/// VBMI, VNNI and VPOPCNTDQ, as Ice Lake, Zen 4 and later have them; machines with a part of these
/// take avx2.
enum class SimdPath : std::uint8_t { baseline, avx2, avx512 };

std::string_view name_of(SimdPath path);

/// The widest path of this machine.
SimdPath offered_simd_path();

/// The path of this process: what the machine offers, or less if the environment variable
/// BASIN_SIMD says baseline or avx2. Throws InputError for another word, or for more than the
/// machine has.
SimdPath simd_path();

} // namespace basin
