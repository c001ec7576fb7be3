#pragma once
// The tables of a report.

#include "analysis/cells/cells.hpp"

#include <string>
#include <vector>

namespace basin {

struct TableCell {
    std::string text;
    double order; ///< what the column is sorted by
};

struct Table {
    struct Column {
        std::string title;
        std::string help; ///< how the number is made; "" for parameters
        bool number = false;
    };
    std::vector<Column> columns;
    std::vector<std::vector<TableCell>> rows; ///< [rows][columns]
};

/// Cells of numbers, counts and an axis's values: text for people, and the number itself.
TableCell number_cell(double value, int digits = 3);
TableCell count_cell(std::size_t count);
TableCell parameter_cell(const CubeAxis& axis, std::size_t value);

/// One row per model and source: every varying parameter but beta, pattern count and cue level,
/// which a row sums over.
Table summary_table(const Cells& cells);

/// Where overflow begins: as summary_table, with the interaction vertex as the result. No rows if
/// the vertex does not vary or nothing overflows.
Table overflow_table(const Cells& cells);

/// Largest recall error that counts as recalled: one unit in a hundred wrong.
inline constexpr double recalled_error = 0.01;

/// Value index of the largest pattern count among `rows` up to which, at every cue level, some beta
/// has a mean recall error of at most recalled_error. Nothing if not even the smallest has, or if
/// the pattern count does not vary.
std::optional<std::size_t> recalled_pattern_count(const Cells& cells,
                                                  const std::vector<std::size_t>& rows);

/// Mean of a metric over the done cells among `rows`; NaN if there is none.
double mean_over(const Cells& cells, const std::vector<std::size_t>& rows, std::string_view metric);

} // namespace basin
