#pragma once
// A report's figures and tables as files for papers.

#include "analysis/charts/chart.hpp"
#include "analysis/page/page.hpp"

#include <cstddef>
#include <filesystem>
#include <vector>

namespace basin {

struct StaticFigures {
    std::size_t figures = 0; ///< drawn, each as SVG, PDF and PNG
    std::size_t tables = 0;
};

/// Writes into `folder`, which is made if it is not there: of every chart a CSV, and for each of
/// its printed_files NAME.gp, NAME.svg, NAME.pdf, NAME.png and NAME.txt (its caption);
/// tables/ID.csv of every table; index.txt, which says what is what. The same charts make the same
/// bytes. Throws UsageError if gnuplot is not installed, StoreError(io) if a file cannot be
/// written, and std::runtime_error with what gnuplot said if it fails.
StaticFigures write_static_figures(const std::filesystem::path& folder,
                                   const std::vector<Chart>& charts,
                                   const std::vector<PageTable>& tables);

} // namespace basin
