#pragma once

#include "results/journal/journal.hpp"
#include "sweeps/plan/plan.hpp"

#include <filesystem>
#include <vector>

namespace basin {

/// The journals of a folder, sorted by name. Throws StoreError(io) if it cannot be listed.
std::vector<std::filesystem::path> journal_files(const std::filesystem::path& folder);

/// Throws StoreError(foreign) if a journal with this header is of another sweep, seed or kernel
/// version than the plan has.
void require_own_journal(const JournalHeader& header, const std::filesystem::path& journal,
                         const Plan& plan);

} // namespace basin
