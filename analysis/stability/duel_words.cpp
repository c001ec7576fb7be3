#include "analysis/stability/duel_words.hpp"

#include "analysis/cells/labels.hpp"
#include "analysis/cells/phrases.hpp"
#include "analysis/cells/selectors.hpp"
#include "analysis/cells/statistics.hpp"
#include "results/files/undefined.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace basin {
namespace {

/// A p-value: "< 0.0001" says more than its digits.
TableCell p_cell(double p) {
    return {p < 1e-4 ? "< 0.0001" : number_text(p, 2), p};
}

/// The effect of a difference that does not vary has no bound.
TableCell effect_cell(double effect) {
    if (!std::isinf(effect)) return number_cell(effect);
    return {effect > 0.0 ? "∞" : "−∞", effect};
}

std::string cells_text(std::size_t count, std::string_view which = "") {
    return fmt::format("{} {}cell{}", count_text(count), which, count == 1 ? "" : "s");
}

/// Where `first` meets `second` in a metric, or nullptr.
const Duel* duel_between(const std::vector<Duel>& duels, std::size_t axis, std::string_view metric,
                         std::size_t first, std::size_t second) {
    const auto [a, b] = std::minmax(first, second);
    for (const Duel& duel : duels)
        if (duel.axis == axis && duel.metric == metric && duel.a == a && duel.b == b) return &duel;
    return nullptr;
}

/// "95 % interval 0.1 to 0.2, d_z = 3"
std::string interval_and_effect(const Duel& duel) {
    const double effect = duel.overall.effect_size;
    std::string interval = interval_text(duel.overall.difference);
    if (std::isinf(effect)) return interval;
    return fmt::format("{}, {} = {}", interval, duel.paired ? "d_z" : "d",
                       number_text(std::abs(effect), 2));
}

std::string sentence(const Cells& cells, const Duel& duel) {
    const CubeAxis& axis = cells.axes[duel.axis];
    const MeanInterval& difference = duel.overall.difference;
    std::string text = fmt::format(
        "With {} {} instead of {}, {} {} by {} ({}; {}, {}): "
        "better in {}, not told apart in {}, worse in {} at a false discovery rate of {:g} "
        "%.",
        words(axis.name), value_text(axis, duel.b), value_text(axis, duel.a), words(duel.metric),
        difference.mean > 0 ? "rises" : "falls", number_text(std::abs(difference.mean)),
        interval_and_effect(duel), cells_text(duel.cells.size(), "common "),
        replicates_text(std::min(duel.overall.first_size, duel.overall.second_size)),
        cells_text(duel.wins), count_text(duel.ties), count_text(duel.losses),
        100.0 * discovery_rate);
    if (duel.adjusted_p > discovery_rate)
        text += fmt::format(" Among all comparisons of {} it may be chance: adjusted p = {}.",
                            words(duel.metric), number_text(duel.adjusted_p, 2));
    return text;
}

} // namespace

std::string pair_text(const Cells& cells, const Duel& duel) {
    const CubeAxis& axis = cells.axes[duel.axis];
    return fmt::format("{} → {}", value_text(axis, duel.a), value_text(axis, duel.b));
}

std::vector<Table::Column> difference_columns() {
    return {
        {"difference", "mean of b less mean of a, over common replicates", true},
        {"low", "of the 95 % interval of the difference", true},
        {"high", "of the 95 % interval of the difference", true},
        {"effect size",
         "difference in standard deviations: of the paired differences (d_z), or, where seeds "
         "are not shared, of the replicates (d)",
         true},
        {"adjusted p",
         "for the false discovery rate over all comparisons in this metric (Benjamini and Hochberg "
         "1995)",
         true}};
}

std::vector<TableCell> difference_cells(const DifferenceTest& test, double adjusted_p) {
    return {number_cell(test.difference.mean), number_cell(test.difference.low),
            number_cell(test.difference.high), effect_cell(test.effect_size), p_cell(adjusted_p)};
}

Table duel_table(const Cells& cells, const std::vector<Duel>& duels) {
    Table table;
    table.columns = {{"parameter", "", false},
                     {"a", "", false},
                     {"b", "", false},
                     {"metric", "", false},
                     {"common cells", "done with a and with b, equal otherwise", true},
                     {"replicates", "that the interval rests on", true}};
    for (Table::Column& column : difference_columns())
        table.columns.push_back(std::move(column));
    table.columns.push_back(
        {"wins", "cells in which b is better at a false discovery rate of 5 %", true});
    table.columns.push_back({"ties", "cells that cannot be told apart", true});
    table.columns.push_back({"losses", "cells in which b is worse", true});
    table.columns.push_back({"without spread",
                             "wins and losses whose difference is the same in every replicate: "
                             "taken for certain, which few replicates do not make it",
                             true});
    for (const Duel& duel : duels) {
        const CubeAxis& axis = cells.axes[duel.axis];
        std::vector<TableCell> row{
            {words(axis.name), static_cast<double>(duel.axis)},
            {value_text(axis, duel.a), static_cast<double>(duel.a)},
            {value_text(axis, duel.b), static_cast<double>(duel.b)},
            {words(duel.metric), duel.better == Better::lower ? 0.0 : 1.0},
            count_cell(duel.cells.size()),
            count_cell(std::min(duel.overall.first_size, duel.overall.second_size))};
        for (TableCell& cell : difference_cells(duel.overall, duel.adjusted_p))
            row.push_back(std::move(cell));
        for (const std::size_t count : {duel.wins, duel.ties, duel.losses, duel.without_spread})
            row.push_back(count_cell(count));
        table.rows.push_back(std::move(row));
    }
    return table;
}

Table win_matrix(const Cells& cells, const std::vector<Duel>& duels, std::size_t axis,
                 std::string_view metric) {
    Table table;
    const std::vector<std::size_t> values = values_present(cells, axis);
    const CubeAxis& labels = cells.axes[axis];
    table.columns.push_back({words(labels.name), "", labels.numeric});
    for (const std::size_t value : values)
        table.columns.push_back({value_text(labels, value),
                                 "cells in which the row is better / not told apart / worse",
                                 true});
    bool some = false;
    for (const std::size_t value : values) {
        std::vector<TableCell> row{{value_text(labels, value), static_cast<double>(value)}};
        for (const std::size_t other : values) {
            const Duel* duel = duel_between(duels, axis, metric, value, other);
            some = some || duel != nullptr;
            if (duel == nullptr) {
                row.push_back({"–", undefined});
                continue;
            }
            const std::size_t wins = value == duel->b ? duel->wins : duel->losses;
            const std::size_t losses = value == duel->b ? duel->losses : duel->wins;
            row.push_back({fmt::format("{} / {} / {}", count_text(wins), count_text(duel->ties),
                                       count_text(losses)),
                           static_cast<double>(wins)});
        }
        table.rows.push_back(std::move(row));
    }
    if (!some) table.rows.clear();
    return table;
}

std::vector<std::string> duel_findings(const Cells& cells, const std::vector<Duel>& duels) {
    std::vector<std::string> sentences;
    if (duels.empty()) return sentences;
    const bool tested = std::ranges::any_of(
        duels, [](const Duel& duel) { return !std::isnan(duel.overall.p_value); });
    if (!tested)
        return {"With one replicate a difference cannot be told from chance: comparisons have no "
                "intervals, and every cell counts as not told apart. Run more replicates."};
    for (const Duel& duel : duels)
        if (excludes_zero(duel.overall.difference)) sentences.push_back(sentence(cells, duel));
    if (sentences.empty())
        sentences.push_back(fmt::format(
            "No difference can be told from zero: of {} comparison{} of two values none has a 95 % "
            "interval on one side of it.",
            count_text(duels.size()), duels.size() == 1 ? "" : "s"));
    return sentences;
}

} // namespace basin
