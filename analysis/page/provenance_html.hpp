#pragma once
// Whom the numbers belong to: the parts of a report that say where they come from.

#include "analysis/cells/cells.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace basin {

/// The sweep's name, "sweep" if the file does not say.
std::string sweep_name(const Cells& cells);

/// One line of facts for the head of the page: seed, replicates, kernel version, revision.
std::string facts_html(const Cells& cells);

/// A line of the parameters that the config sets to one value everywhere; "" if there are none.
std::string fixed_html(const Cells& cells);

/// The commands that make the page again from its config, for a kind of report by name ("sweep");
/// "" if the config is not known.
std::string again_html(const Cells& cells, std::string_view kind);

/// Config as given, and what determined the numbers.
std::string provenance_html(const Cells& cells);

/// A table of the runs, one per line of sessions.jsonl. A line that is no JSON object is shown as
/// it is.
std::string sessions_html(const std::vector<std::string>& lines);

} // namespace basin
