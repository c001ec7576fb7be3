#pragma once

#include "results/store.hpp"
#include "sweeps/plan.hpp"

#include <filesystem>
#include <map>
#include <string>

namespace basin {

/// The plan of a store's last run, from the config it keeps. Throws StoreError if there is no
/// store, ConfigError if its config is no longer understood.
Plan plan_of_store(const std::filesystem::path& folder);

/// The plan that a result file was written for, from its provenance. Throws ConfigError if its
/// config is no longer understood.
Plan plan_of_results(const std::map<std::string, std::string>& provenance);

} // namespace basin
