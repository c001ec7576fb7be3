#include "analysis/page/table.hpp"

#include "analysis/cells/labels.hpp"
#include "analysis/cells/selectors.hpp"
#include "analysis/frontiers/frontier.hpp"
#include "results/files/undefined.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace basin {
namespace {

std::vector<std::size_t> varying_except(const Cells& cells,
                                        const std::vector<std::string_view>& left_out) {
    std::vector<std::size_t> axes = varying_axes(cells);
    std::erase_if(axes, [&](std::size_t axis) {
        return std::find(left_out.begin(), left_out.end(), cells.axes[axis].name) != left_out.end();
    });
    return axes;
}

TableCell share_cell(std::size_t part, std::size_t whole) {
    return {fmt::format("{} of {}", count_text(part), count_text(whole)),
            whole == 0 ? undefined : static_cast<double>(part) / static_cast<double>(whole)};
}

TableCell vertex_cell(const Cells& cells, const std::optional<std::size_t>& value) {
    if (!value) return {"none", std::numeric_limits<double>::infinity()};
    return parameter_cell(cells.axes[*cells.axis("interaction_vertex")], *value);
}

Table headed_by_parameters(const Cells& cells, const std::vector<std::size_t>& axes) {
    Table table;
    for (const std::size_t axis : axes)
        table.columns.push_back({words(cells.axes[axis].name), "", cells.axes[axis].numeric});
    return table;
}

} // namespace

TableCell number_cell(double value, int digits) {
    return {number_text(value, digits), value};
}

TableCell count_cell(std::size_t count) {
    return {std::to_string(count), static_cast<double>(count)}; // plain: it is saved as CSV
}

TableCell parameter_cell(const CubeAxis& axis, std::size_t value) {
    return {value_text(axis, value),
            axis.numeric ? axis.numbers[value] : static_cast<double>(value)};
}

double mean_over(const Cells& cells, const std::vector<std::size_t>& rows,
                 std::string_view metric) {
    const Measure* measure = cells.measure(metric);
    if (measure == nullptr) return undefined;
    double sum = 0.0;
    std::size_t count = 0;
    for (const std::size_t row : rows)
        if (cells.state[row] == CellState::done && !std::isnan(measure->mean[row])) {
            sum += measure->mean[row];
            ++count;
        }
    return count == 0 ? undefined : sum / static_cast<double>(count);
}

std::optional<std::size_t> recalled_pattern_count(const Cells& cells,
                                                  const std::vector<std::size_t>& rows) {
    const std::optional<std::size_t> count_axis = cells.axis("pattern_count");
    const Measure* error = cells.measure("recall_error");
    if (!count_axis || error == nullptr) return std::nullopt;
    const std::optional<std::size_t> cue_axis = cells.axis("cue_level");
    std::map<std::size_t, std::map<std::size_t, double>> least; // pattern count, cue level: error
    for (const std::size_t row : rows) {
        if (cells.state[row] != CellState::done || std::isnan(error->mean[row])) continue;
        const std::size_t cue = cue_axis ? cells.coordinate[*cue_axis][row] : 0;
        auto [entry, inserted] =
            least[cells.coordinate[*count_axis][row]].try_emplace(cue, error->mean[row]);
        if (!inserted) entry->second = std::min(entry->second, error->mean[row]);
    }
    std::optional<std::size_t> recalled;
    for (const auto& [count, by_cue] : least) {
        const bool all = std::all_of(by_cue.begin(), by_cue.end(),
                                     [](const auto& cue) { return cue.second <= recalled_error; });
        if (!all) break;
        recalled = count;
    }
    return recalled;
}

Table summary_table(const Cells& cells) {
    const std::vector<std::size_t> axes =
        varying_except(cells, {"beta", "pattern_count", "cue_level"});
    const std::vector<std::size_t> counts = varying_among(cells, {"pattern_count"});
    Table table = headed_by_parameters(cells, axes);
    table.columns.push_back(
        {"cells done", "cells with at least one replicate done, of those planned", true});
    table.columns.push_back({"cells with overflow", "of the cells done", true});
    table.columns.push_back({"NaN decisions", "mean share of unit decisions without a sum", true});
    table.columns.push_back({"recall error", "mean over cells", true});
    table.columns.push_back({"exact recall", "mean over cells", true});
    table.columns.push_back({"metastable states", "mean over cells", true});
    if (!counts.empty())
        table.columns.push_back({"recalled K",
                                 fmt::format("largest pattern count with recall error at most {} "
                                             "at every cue level, for the best β",
                                             recalled_error),
                                 true});
    for (const auto& [group, rows] : grouped(cells, axes)) {
        std::vector<TableCell> row;
        for (std::size_t i = 0; i < axes.size(); ++i)
            row.push_back(parameter_cell(cells.axes[axes[i]], group[i]));
        std::size_t done = 0;
        std::size_t overflowing = 0;
        for (const std::size_t r : rows)
            if (cells.state[r] == CellState::done) {
                ++done;
                overflowing += cells.overflowed(r) ? 1 : 0;
            }
        row.push_back(share_cell(done, rows.size()));
        row.push_back(done == 0 ? number_cell(undefined) : share_cell(overflowing, done));
        for (const char* metric : {"num_nan", "recall_error", "exact_recall", "metastable_count"})
            row.push_back(number_cell(mean_over(cells, rows, metric)));
        if (!counts.empty()) {
            const auto recalled = recalled_pattern_count(cells, rows);
            row.push_back(recalled    ? parameter_cell(cells.axes[counts[0]], *recalled)
                          : done == 0 ? number_cell(undefined)
                                      : TableCell{"none", -1.0});
        }
        table.rows.push_back(std::move(row));
    }
    return table;
}

Table overflow_table(const Cells& cells) {
    const std::vector<std::size_t> axes =
        varying_except(cells, {"interaction_vertex", "beta", "pattern_count", "cue_level"});
    Table table = headed_by_parameters(cells, axes);
    table.columns.push_back({"first overflow at n", "least vertex with an overflowing cell", true});
    table.columns.push_back({"first NaN at n", "least vertex with a decision without a sum", true});
    table.columns.push_back(
        {"all overflow from n", "least vertex from which on every cell overflows", true});
    table.columns.push_back({"cells with overflow", "of the cells done", true});
    bool some = false;
    for (const Frontier& frontier : overflow_frontiers(cells, axes)) {
        std::vector<TableCell> row;
        for (std::size_t i = 0; i < axes.size(); ++i)
            row.push_back(parameter_cell(cells.axes[axes[i]], frontier.group[i]));
        row.push_back(vertex_cell(cells, frontier.first));
        row.push_back(vertex_cell(cells, frontier.first_nan));
        row.push_back(vertex_cell(cells, frontier.every));
        row.push_back(share_cell(frontier.overflowing, frontier.cells));
        some = some || frontier.first;
        table.rows.push_back(std::move(row));
    }
    if (!some) table.rows.clear();
    return table;
}

} // namespace basin
