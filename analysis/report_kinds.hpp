#pragma once
// The kinds of report. To add one: its line in report_kinds.cpp.

#include "analysis/page/page.hpp"

#include <span>
#include <string_view>
#include <vector>

namespace basin {

struct ReportKind {
    std::string_view name;
    std::string_view help;
    std::string_view file; ///< the page's name in the store, if it is given none
    /// Metrics whose replicates it needs (read_cells).
    std::vector<std::string_view> (*metrics)(const Criterion&);
    bool with_times = false;  ///< shows what retrievals took (timing.hpp)
    bool with_scenes = false; ///< shows what is computed once more, if given some
    PageContent (*content)(const ReportInput&);
};

std::span<const ReportKind> report_kinds();

} // namespace basin
