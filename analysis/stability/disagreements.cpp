#include "analysis/stability/disagreements.hpp"

#include "analysis/cells/labels.hpp"
#include "analysis/cells/selectors.hpp"
#include "analysis/stability/duel_words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <utility>

namespace basin {
namespace {

/// Replicates that a row has: one more than the number of the last one.
std::size_t replicates_run(const Cells& cells, const Measure& measure, std::size_t row) {
    std::size_t count = cells.replicates;
    while (count > 0 && std::isnan(measure.each[row * cells.replicates + count - 1]))
        --count;
    return count;
}

TableCell value_cell(const Cells& cells, std::size_t axis, const Duel& duel, const DuelCell& cell) {
    const std::size_t value = cells.coordinate[axis][cell.row_a];
    TableCell shown = parameter_cell(cells.axes[axis], value);
    if (axis == duel.axis) shown.text = pair_text(cells, duel);
    return shown;
}

} // namespace

std::vector<Disagreement> disagreements(const Cells& cells, const std::vector<Duel>& duels,
                                        RunSources sources, std::size_t most) {
    if (sources.empty()) sources.push_back(run_source(cells.provenance));
    std::vector<Disagreement> all;
    for (std::size_t d = 0; d < duels.size(); ++d) {
        const Duel& duel = duels[d];
        const Measure& measure = *cells.measure(duel.metric);
        std::vector<DuelCell> decided;
        std::ranges::copy_if(duel.cells, std::back_inserter(decided),
                             [](const DuelCell& cell) { return cell.verdict != DuelVerdict::tie; });
        const std::size_t kept = std::min(most, decided.size());
        std::partial_sort(decided.begin(), decided.begin() + static_cast<std::ptrdiff_t>(kept),
                          decided.end(), [](const DuelCell& first, const DuelCell& second) {
                              return std::pair(-std::abs(first.difference), first.row_a) <
                                     std::pair(-std::abs(second.difference), second.row_a);
                          });
        for (std::size_t i = 0; i < kept; ++i) {
            const DuelCell& cell = decided[i];
            Disagreement found;
            found.duel = d;
            found.cell = cell;
            found.mean_a = measure.mean[cell.row_a];
            found.mean_b = measure.mean[cell.row_b];
            found.test = cell_test(cells, duel, cell);
            found.commands = rerun_commands(cells, cell.row_a, cell.row_b, duel.axis,
                                            std::max(replicates_run(cells, measure, cell.row_a),
                                                     replicates_run(cells, measure, cell.row_b)),
                                            sources);
            all.push_back(std::move(found));
        }
    }
    return all;
}

Table disagreement_table(const Cells& cells, const std::vector<Duel>& duels,
                         const std::vector<Disagreement>& disagreements) {
    const std::vector<std::size_t> axes = varying_axes(cells);
    Table table;
    for (const std::size_t axis : axes)
        table.columns.push_back({words(cells.axes[axis].name), "", cells.axes[axis].numeric});
    table.columns.push_back({"metric", "", false});
    table.columns.push_back({"mean a", "of the first value, over its replicates", true});
    table.columns.push_back({"mean b", "of the second value, over its replicates", true});
    for (Table::Column& column : difference_columns())
        table.columns.push_back(std::move(column));
    table.columns.push_back(
        {"command", "computes both cells again, where the config file and its data are", false});
    double number = 0.0;
    for (const Disagreement& found : disagreements) {
        const Duel& duel = duels[found.duel];
        std::vector<TableCell> row;
        row.reserve(table.columns.size());
        for (const std::size_t axis : axes)
            row.push_back(value_cell(cells, axis, duel, found.cell));
        row.push_back({words(duel.metric), static_cast<double>(found.duel)});
        row.push_back({number_text(found.mean_a), found.mean_a});
        row.push_back({number_text(found.mean_b), found.mean_b});
        for (TableCell& cell : difference_cells(found.test, found.cell.adjusted_p))
            row.push_back(std::move(cell));
        row.push_back(
            {found.commands.empty() ? "–" : fmt::format("{}", fmt::join(found.commands, " && ")),
             number++});
        table.rows.push_back(std::move(row));
    }
    return table;
}

} // namespace basin
