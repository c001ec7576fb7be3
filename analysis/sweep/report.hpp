#pragma once
// The report of a sweep: how well recall works, over all parameters that vary.

#include "analysis/page/page.hpp"

#include <string>
#include <vector>

namespace basin {

/// What the page of a sweep has. `cells` of the input need the replicates of sweep_metrics.
PageContent sweep_content(const ReportInput& input);

/// The page: scripts and data inlined, strict CSP, no network. `sessions`: lines of sessions.jsonl,
/// JSON objects; may be empty.
std::string sweep_report(const Cells& cells, const std::vector<std::string>& sessions,
                         const Gallery& gallery = {}, const SceneSeparability& separability = {});

} // namespace basin
