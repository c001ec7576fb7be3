#pragma once

#include "sweeps/plan/plan.hpp"

#include <filesystem>
#include <optional>

namespace basin {

/// The plan that the results of a store are to have after a run of `asked`, if that is not `asked`
/// itself: a run adds to what the store shows and takes nothing away. That is the plan that the
/// store has, if it has all that is asked for; else both together. It is `asked` (nothing) where
/// the store has no result that `asked` would leave out (a search: no curve), or its config is no
/// longer understood.
/// Throws UsageError if one cube cannot show both; StoreError.
std::optional<Plan> kept_plan(const std::filesystem::path& folder, const Plan& asked);

} // namespace basin
