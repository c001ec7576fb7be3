#pragma once
// The kinds of report. To add one: its line in report_kinds.cpp.

#include "analysis/page.hpp"

#include <span>
#include <string_view>

namespace basin {

struct ReportKind {
    std::string_view name;
    std::string_view help;
    std::string_view file;                    ///< the page's name in the store, if it is given none
    std::span<const std::string_view> paired; ///< metrics whose replicates it needs (read_cells)
    bool with_scenes = false;                 ///< shows what is computed once more, if given some
    PageContent (*content)(const ReportInput&);
};

std::span<const ReportKind> report_kinds();

} // namespace basin
