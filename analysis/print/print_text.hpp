#pragma once
// Texts as gnuplot takes them: nothing in a script is run or set as markup because of what a value
// is called.

#include "analysis/charts/chart.hpp"

#include <string>
#include <string_view>

namespace basin {

/// A gnuplot string literal: what is not a plain character is an octal escape, so that back quotes,
/// macros and quotes stay text. To be drawn with `noenhanced`.
std::string gnuplot_text(std::string_view text);

/// As gnuplot_text, for the label of a tic, where gnuplot reads % as a format.
std::string gnuplot_tic_text(std::string_view text);

/// Estimated width in mm at a size in points: of the widest sans serif likely to be there.
double text_width(std::string_view text, double points);

/// The chart with texts that gnuplot can read back from CSV and find again: in facet values, kinds
/// and column names no commas, double quotes, backslashes and control characters (its reader knows
/// no escapes), no two alike, none empty. Series of the same facets and kind are made one, with a
/// gap between; if they are drawn differently, the later kind is named by its mark.
Chart printable(Chart chart);

/// A part of a file's name: letters, digits, '.', '-' and '_'.
std::string file_name_part(std::string_view text);

} // namespace basin
