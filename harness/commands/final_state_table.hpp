#pragma once
// `basin show DIR KEY --clusters`: the distinct final states of a point, as a table or JSON.

#include "harness/recompute/point_search.hpp"

#include <nlohmann/json_fwd.hpp>

#include <cstddef>

namespace basin {

/// Rows that the table shows unless all are asked for.
inline constexpr std::size_t most_clusters = 50;

/// Recalls the point and prints the table, of all states or the most_clusters largest. False if the
/// point came out otherwise than the store has it. Throws as recalled_point().
bool print_clusters(const Plan& plan, const Inventory& inventory, const FoundPoint& point,
                    bool all);

/// The same as JSON, of all states: {"key", "parameters", "replicate", "probes", "unique_states",
/// "relative_rank", "status", "differing": metrics that the store has otherwise, "clusters":
/// [...]}.
nlohmann::json clusters_json(const Plan& plan, const Inventory& inventory, const FoundPoint& point);

} // namespace basin
