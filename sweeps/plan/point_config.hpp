#pragma once

#include "sweeps/plan/plan.hpp"

#include <cstdint>
#include <string>

namespace basin {

/// A config of one point alone, as TOML: name, seed, the point's replicates (all of them, for a
/// draw is known by its number) and every parameter that differs from its fallback. A plan of it
/// gives each replicate the key that it has in `plan`. A relative path becomes the place where its
/// file was read, if that is known.
std::string point_config(const Plan& plan, std::uint64_t cell);

} // namespace basin
