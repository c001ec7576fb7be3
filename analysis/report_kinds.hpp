#pragma once
// The kinds of report. To add one: its line in report_kinds.cpp.

#include "analysis/cells.hpp"
#include "analysis/gallery.hpp"
#include "analysis/separability.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace basin {

struct ReportKind {
    std::string_view name;
    std::string_view help;
    std::string_view file;                    ///< the page's name in the store, if it is given none
    std::span<const std::string_view> paired; ///< metrics whose replicates it needs (read_cells)
    bool with_scenes = false;                 ///< shows what is computed once more, if given some
    std::string (*page)(const Cells&, const std::vector<std::string>& sessions, const Gallery&,
                        const SceneSeparability&);
    std::vector<std::string> (*findings)(const Cells&);
};

std::span<const ReportKind> report_kinds();

} // namespace basin
