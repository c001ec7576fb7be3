#pragma once

#include "sweeps/config/config.hpp"

#include <string>

namespace basin {

/// The resolved config as canonical JSON on one line: name, seed, replicates and blocks, each with
/// its axes, zips, whens and excludes. Keys are sorted; equal configs have equal texts.
std::string resolved_json(const Config& config);

} // namespace basin
