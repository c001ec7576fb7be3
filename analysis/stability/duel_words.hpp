#pragma once
// Duels in tables and sentences.

#include "analysis/page/table.hpp"
#include "analysis/stability/duels.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace basin {

/// "dot → cosine".
std::string pair_text(const Cells& cells, const Duel& duel);

/// Difference, both ends of its interval, effect size, adjusted p: headings and cells.
std::vector<Table::Column> difference_columns();
std::vector<TableCell> difference_cells(const DifferenceTest& test, double adjusted_p);

/// A row a duel: parameter, a, b, metric, common cells, replicates, difference, low, high, effect
/// size, adjusted p, wins, ties, losses (of b), and how many of these are without spread.
Table duel_table(const Cells& cells, const std::vector<Duel>& duels);

/// Every value of the axis against every other in a metric: "w / t / l", cells in which the row's
/// value is better, not told apart, worse than the column's; sorted by w. "–" where two values have
/// no cell in common. No rows if nothing met on this axis.
Table win_matrix(const Cells& cells, const std::vector<Duel>& duels, std::size_t axis,
                 std::string_view metric);

/// A sentence a duel, in order; none where the 95 % interval of the difference includes zero or
/// does not exist. Where the difference would not stand among all comparisons (adjusted p above
/// discovery_rate), the sentence says so. With one replicate: one sentence, that says why there are
/// no others.
std::vector<std::string> duel_findings(const Cells& cells, const std::vector<Duel>& duels);

} // namespace basin
