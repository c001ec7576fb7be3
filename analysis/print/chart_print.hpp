#pragma once
// A chart on paper: gnuplot scripts that draw it from its CSV as SVG, PDF and PNG.

#include "analysis/charts/chart.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace basin {

/// Files that one chart may become by the values of facets that make neither panels nor colours.
inline constexpr std::size_t most_printed_values = 12;

/// A file of a chart: what it shows of it.
struct PrintedFile {
    std::string name;                  ///< without ending: "recall-beta_0.5-log"
    std::vector<std::uint32_t> chosen; ///< [facets] value; of panel and colour facets not used
    Scale x = Scale::linear;
    Scale y = Scale::linear;
    std::string said; ///< "β = 0.5; logarithmic y axis", or ""
};

struct PrintedFiles {
    std::vector<PrintedFile> files; ///< the initial values and first scales first
    std::string left_out;           ///< a sentence, if not every value is printed; or ""
};

/// The files of a chart: one per combination of the values of its other facets that has something
/// to draw, if these are at most most_printed_values, else the initial ones alone; each in every
/// scale that the axes offer.
PrintedFiles printed_files(const Chart& chart);

/// The script of a file; `chart` as printable() makes it. It reads `csv`, which is chart_csv of the
/// same, from the folder that it is run in, and writes NAME.svg, NAME.pdf and NAME.png there:
/// 86 mm wide, or 178 mm with several panels or many categories; 8 pt sans serif; PNG at 300 dpi.
/// Colours: Okabe & Ito (2008), "Color Universal Design"; tiles in viridis, or blue to red where
/// they diverge. No title: the caption goes below (printed_caption).
std::string gnuplot_script(const Chart& chart, const PrintedFile& file, const std::string& csv);

/// Title, caption and what this file shows, for people.
std::string printed_caption(const Chart& chart, const PrintedFile& file);

/// What `file` shows of a chart: its panels and colours, without the other combinations.
Chart shown_in(Chart chart, const PrintedFile& file);

} // namespace basin
