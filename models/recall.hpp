#pragma once
// The unit of work of a sweep.

#include "models/outcome.hpp"
#include "models/scene.hpp"
#include "models/setting.hpp"

#include <span>
#include <vector>

namespace basin {

/// Version of everything that determines results. It changes when results may change.
inline constexpr std::uint32_t kernel_version = 1;

/// Runs every setting on every probe of the scene. A pure function: no clock, no I/O, no globals.
/// Settings without meaning give status not_applicable with the reason.
std::vector<Outcome> recall(const Scene& scene, std::span<const Setting> settings);

} // namespace basin
