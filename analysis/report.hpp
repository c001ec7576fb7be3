#pragma once
// One offline HTML page of a sweep.

#include "analysis/cells.hpp"
#include "analysis/gallery.hpp"
#include "analysis/separability.hpp"

#include <string>
#include <vector>

namespace basin {

/// The page: scripts and data inlined, strict CSP, no network. `sessions`: lines of sessions.jsonl,
/// JSON objects; may be empty.
std::string sweep_report(const Cells& cells, const std::vector<std::string>& sessions,
                         const Gallery& gallery = {}, const SceneSeparability& separability = {});

} // namespace basin
