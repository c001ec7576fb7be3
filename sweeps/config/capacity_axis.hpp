#pragma once
// Where a config with a [capacity] gets its pattern counts from.

#include "sweeps/config/config_layers.hpp"

#include <span>
#include <vector>

namespace basin {

/// Gives the file's layer the pattern counts of the rule. Reports what a search leaves no room for:
/// another axis of pattern_count, and zips, whens and excludes that depend on it.
void lay_pattern_counts(const CapacityRule& rule, Layer& file, std::span<const Layer> blocks,
                        const Layer& overrides, std::vector<Diagnostic>& diagnostics);

} // namespace basin
