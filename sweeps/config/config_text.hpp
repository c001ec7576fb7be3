#pragma once

#include "sweeps/config/config.hpp"

#include <string>

namespace basin {

/// A config as TOML, every block with all that it says: parsed, it is this config again, but for
/// source, text and overrides.
std::string config_text(const Config& config);

} // namespace basin
