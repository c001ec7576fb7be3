#pragma once
// The place of a chart in a page: heading, caption, controls, drawing, key, downloads.

#include "analysis/charts/chart.hpp"

#include <string>
#include <vector>

namespace basin {

/// A <section> each; charts that are left out are a sentence.
std::string charts_html(const std::vector<Chart>& charts);

/// JSON list of those that are drawn, for analysis/web.
std::string charts_json(const std::vector<Chart>& charts);

} // namespace basin
