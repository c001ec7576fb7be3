#pragma once
// From journals to results.h5 and timing.h5.

#include "results/store/store.hpp"

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace basin {

/// What determined the numbers besides the plan: name → text (revision, compiler, flags, library
/// versions). Goes to /provenance; must not contain anything that differs from run to run.
using BuildFacts = std::vector<std::pair<std::string, std::string>>;

/// Writes results.h5 and timing.h5 of the store: to a temporary name, closed, reopened and
/// verified, fsynced, renamed, folder fsynced. The old files stay whole at any failure. results.h5
/// is a pure function of plan, records and build: same bytes every time. Memory: one block of cells
/// at a time; cells without a record cost no space. Throws StoreError(io).
void compact(const Store& store, const Plan& plan, const Inventory& inventory,
             const BuildFacts& build);

/// Whether results.h5 and timing.h5 are there, whole, and the ones that compact() would write, as
/// their provenance tells. They are not if a run was stopped before it came to them, or the plan
/// has changed since. Throws StoreError(io).
bool is_compacted(const Store& store, const Plan& plan, const Inventory& inventory,
                  const BuildFacts& build);

} // namespace basin
