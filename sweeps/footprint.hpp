#pragma once
// How much memory a scene takes while it is computed.

#include "sweeps/cost.hpp"

#include <cstddef>

namespace basin {

/// The scene itself: 2 K N / 8 bytes of bit patterns and the cues, and what making it takes.
std::size_t scene_bytes(const SceneSize& size);

/// The path of one probe under one setting.
std::size_t path_bytes(std::uint32_t dimension);

/// What a thread needs to compute `settings` settings of a scene, without the scene: companies on
/// their way, paths, tables. An upper bound for ordinary runs: companies that part more often than
/// once at a time take more.
std::size_t thread_bytes(const SceneSize& size, std::uint64_t settings);

} // namespace basin
