#pragma once
// The unit of work of a sweep.

#include "models/outcome.hpp"
#include "models/scene.hpp"
#include "models/setting.hpp"
#include "models/table_cache.hpp"

#include <span>
#include <vector>

namespace basin {

/// Version of everything that determines results. It changes when results may change.
inline constexpr std::uint32_t kernel_version = 2;

/// Runs every setting on every probe of the scene. A pure function: no clock, no I/O, no globals;
/// the cache saves time and changes nothing. Settings of one exact model and one way of driving
/// share their work. Settings without meaning give status not_applicable with the reason. Throws
/// std::runtime_error where an exact decision cannot be made (ExactValues::sign()).
std::vector<Outcome> recall(const Scene& scene, std::span<const Setting> settings,
                            TableCache& cache);

/// With a cache of its own.
std::vector<Outcome> recall(const Scene& scene, std::span<const Setting> settings);

} // namespace basin
