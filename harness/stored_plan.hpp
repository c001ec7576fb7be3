#pragma once

#include "results/store.hpp"
#include "sweeps/plan.hpp"

#include <filesystem>

namespace basin {

/// The plan of a store's last run, from the config it keeps. Throws StoreError if there is no
/// store, ConfigError if its config is no longer understood.
Plan plan_of_store(const std::filesystem::path& folder);

} // namespace basin
