#pragma once
// How much memory a scene takes while it is computed.

#include "sweeps/estimate/cost.hpp"

#include <cstddef>
#include <cstdint>

namespace basin {

/// The scene itself: 2 K N / 8 bytes of bit patterns and the cues, and what making it takes.
std::size_t scene_bytes(const SceneSize& size);

/// The path of one probe under one setting.
std::size_t path_bytes(std::uint32_t dimension);

/// Groups of settings walk side by side until their paths take as much memory as this.
inline constexpr std::size_t most_paths_abreast = std::size_t{32} << 20U;

/// How many settings of a scene go through recall together, as a batch: enough to share its work,
/// few enough that an interruption costs little and that their paths take at most 256 MB, if those
/// of one setting do not take more.
std::uint64_t batch_size(const SceneSize& size);
inline constexpr std::uint64_t most_batch = 256;

/// Paths and tables of a batch of so many settings. An upper bound.
std::size_t batch_bytes(const SceneSize& size, std::uint64_t settings);

/// What each thread needs beside scene and batch: match counts and weights of every memory (24 K
/// bytes), for walkers and for those who part from them. Walkers who part again and again take
/// more for a while.
std::size_t walk_bytes(const SceneSize& size);

} // namespace basin
