#pragma once
// One offline HTML page of a sweep.

#include "analysis/cells.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace basin {

struct ReportInput {
    std::filesystem::path results_file;
    std::vector<std::string> sessions; ///< lines of sessions.jsonl, JSON objects; may be empty
};

/// The page: scripts and data inlined, strict CSP, no network. Throws StoreError as Hypercube does.
std::string sweep_report(const ReportInput& input);

/// The same, of cells in memory.
std::string sweep_report(const Cells& cells, const std::vector<std::string>& sessions);

} // namespace basin
