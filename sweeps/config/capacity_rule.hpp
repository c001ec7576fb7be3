#pragma once
// What `basin capacity` looks for: the table [capacity] of a config.
//
//   criterion       metric, comparison, threshold: "exact_recall >= 0.5", "recall_error <= 0.01".
//                   It holds at small pattern counts; sought is the one from which on it does not.
//   minimum maximum limits of pattern_count, which has no axis then
//   relative_width  of the interval asked for, by the estimate; default 0.05
//   replicates      {min, max}: scenes on either side of the crossing; default 16 and 64
//   confidence      of the interval; default 0.95
//
// --set takes the keys as they are, also with "capacity." before them (capacity.minimum=10).
//
// The sweep's pattern counts are a ladder between the limits (geometric_grid.hpp), its replicates
// are `max`, and of all these points those are computed that the search asks for.

#include "sweeps/config/config_tree.hpp"
#include "sweeps/config/criterion.hpp"
#include "sweeps/parameters/diagnostics.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace basin {

struct CapacityRule {
    Criterion criterion;
    std::uint64_t minimum = 1;
    std::uint64_t maximum = 2;
    double relative_width = 0.05;
    std::uint32_t min_replicates = 16;
    std::uint32_t max_replicates = 64;
    double confidence = 0.95;
    Place place; ///< of the table

    /// The pattern counts of the search, at least two.
    std::vector<std::uint64_t> pattern_counts() const;
};

/// Metrics that are shares of a scene, in [0, 1].
std::span<const std::string_view> capacity_metrics();

/// What --set may name of the table: its keys, and of replicates "replicates.min" and
/// "replicates.max".
std::span<const std::string_view> capacity_keys();

/// Puts `text`, as --set gives it, under one of capacity_keys(), in place of what is there.
void set_capacity_key(ConfigNode& table, std::string_view key, const std::string& text,
                      const Place& place);

/// Reads the table. Nothing if any of it is wrong, which is then reported.
std::optional<CapacityRule> read_capacity_rule(const ConfigNode& node,
                                               std::vector<Diagnostic>& diagnostics);

} // namespace basin
