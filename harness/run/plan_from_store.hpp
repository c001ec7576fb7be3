#pragma once

#include "results/store/store.hpp"
#include "sweeps/plan/plan.hpp"

#include <filesystem>
#include <map>
#include <string>

namespace basin {

/// The plan of a store's last run, from the config it keeps. Looks at no pattern files: what they
/// held is in the store. `others`: files that other stores have read. Throws StoreError if there is
/// no store, ConfigError if its config is no longer understood.
Plan plan_of_store(const std::filesystem::path& folder, FileTable others = {});

/// The plan that a result file was written for, from its provenance. `store`: the folder it lies
/// in, which may know where its pattern files are. Throws ConfigError if its config is no longer
/// understood.
Plan plan_of_results(const std::map<std::string, std::string>& provenance,
                     const std::filesystem::path& store = {});

/// The files that were read for this store; none if there is no store. Throws StoreError.
FileTable files_of_store(const std::filesystem::path& folder);

} // namespace basin
