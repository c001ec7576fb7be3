#include "analysis/cells/labels.hpp"
#include "analysis/cells/row_settings.hpp"
#include "analysis/cells/selectors.hpp"
#include "analysis/frontiers/frontier_checks.hpp"
#include "analysis/stability/stability.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>
#include <tuple>

namespace basin {
namespace {

constexpr double never = std::numeric_limits<double>::infinity();
constexpr std::size_t most_values = 4; // listed one by one

/// Checks that the table shows in one row.
struct Merged {
    std::vector<const FrontierCheck*> checks;
};

/// What makes a row: agreeing ones come last.
using RowKey = std::tuple<bool, Failure, std::size_t, std::size_t, std::uint32_t, double,
                          std::optional<std::size_t>, std::optional<std::size_t>>;

RowKey key_of(const FrontierCheck& check, const Setting& setting, const SceneSpec& scene) {
    return {check.agrees(),
            check.failure,
            setting.formulation.index(),
            setting.precision.index(),
            scene.patterns.dimension,
            scene.cues.cue_level,
            check.predicted,
            check.measured};
}

TableCell choice_cell(std::string_view name, std::size_t index) {
    return {words(name), static_cast<double>(index)};
}

TableCell whole_cell(std::size_t number) {
    return {count_text(number), static_cast<double>(number)};
}

/// "0.1, 1, 10", "0.01 … 100 (17)".
TableCell values_cell(const Cells& cells, std::size_t axis, const Merged& merged) {
    std::set<std::uint32_t> values;
    for (const FrontierCheck* check : merged.checks)
        values.insert(cells.coordinate[axis][check->rows.front()]);
    const auto text = [&](std::uint32_t value) { return value_text(cells.axes[axis], value); };
    std::string all;
    if (values.size() > most_values && cells.axes[axis].numeric)
        all = fmt::format("{} … {} ({})", text(*values.begin()), text(*values.rbegin()),
                          values.size());
    else
        for (const std::uint32_t value : values)
            all += (all.empty() ? "" : ", ") + text(value);
    return {all, static_cast<double>(*values.begin())};
}

std::string vertex_text(double vertex) {
    return std::isinf(vertex) ? "none" : fmt::format("{:.0f}", vertex);
}

/// The closed form, or the range of those that lead to the same vertex of the axis.
TableCell theory_cell(const Merged& merged) {
    const auto vertex = [](const FrontierCheck* check) {
        return check->closed_form ? static_cast<double>(*check->closed_form) : never;
    };
    const auto [least, largest] = std::ranges::minmax(merged.checks, {}, vertex);
    const std::string first = vertex_text(vertex(least));
    const std::string last = vertex_text(vertex(largest));
    return {first == last ? first : first + " … " + last, vertex(least)};
}

TableCell axis_cell(const Cells& cells, const std::optional<std::size_t>& value) {
    if (!value) return {"none", never};
    const CubeAxis& axis = cells.axes[*cells.axis("interaction_vertex")];
    return {value_text(axis, *value), axis.numbers[*value]};
}

TableCell replicates_cell(const Cells& cells, const Merged& merged) {
    std::uint32_t fewest = std::numeric_limits<std::uint32_t>::max();
    for (const FrontierCheck* check : merged.checks)
        for (const std::size_t row : check->rows)
            fewest = std::min(fewest, cells.done[row]);
    return whole_cell(fewest);
}

} // namespace

Table frontier_table(const Cells& cells) {
    std::vector<std::size_t> others = varying_axes(cells);
    std::erase_if(others, [&](std::size_t axis) {
        const std::string& name = cells.axes[axis].name;
        return name == "formulation" || name == "precision" || name == "dimension" ||
               name == "cue_level" || name == "interaction_vertex";
    });
    Table table;
    table.columns = {{"failure", "what has come over the cell's unit decisions", false},
                     {words("formulation"), "", false},
                     {words("precision"), "", false},
                     {words("dimension"), "", true},
                     {words("cue_level"), "", true}};
    for (const std::size_t axis : others)
        table.columns.push_back({words(cells.axes[axis].name), "", cells.axes[axis].numeric});
    table.columns.push_back({"theory: n", "least vertex by the closed form", true});
    table.columns.push_back(
        {"predicted", "first vertex of the run not below the closed form", true});
    table.columns.push_back(
        {"measured", "first vertex of the run at which it has come in every replicate", true});
    table.columns.push_back({"frontiers", "cells that differ only in n have one frontier", true});
    table.columns.push_back({"replicates", "the fewest that a cell of the row has done", true});
    table.columns.push_back({"agree", "measured where predicted", false});

    const std::vector<FrontierCheck> checks = frontier_checks(cells);
    const RowSettings settings(cells);
    std::map<RowKey, Merged> rows;
    for (const FrontierCheck& check : checks) {
        const std::size_t row = check.rows.front();
        rows[key_of(check, settings.setting(row), settings.scene(row))].checks.push_back(&check);
    }
    for (const auto& [key, merged] : rows) {
        const FrontierCheck& check = *merged.checks.front();
        const Setting setting = settings.setting(check.rows.front());
        const SceneSpec scene = settings.scene(check.rows.front());
        const auto failure = static_cast<std::size_t>(check.failure);
        std::vector<TableCell> row{
            choice_cell(failure_kinds[failure].name, failure),
            choice_cell(setting.formulation.name(), setting.formulation.index()),
            choice_cell(setting.precision.name(), setting.precision.index()),
            whole_cell(scene.patterns.dimension),
            {number_text(scene.cues.cue_level), scene.cues.cue_level}};
        for (const std::size_t axis : others)
            row.push_back(values_cell(cells, axis, merged));
        row.push_back(theory_cell(merged));
        row.push_back(axis_cell(cells, check.predicted));
        row.push_back(axis_cell(cells, check.measured));
        row.push_back(whole_cell(merged.checks.size()));
        row.push_back(replicates_cell(cells, merged));
        row.push_back({check.agrees() ? "yes" : "no", check.agrees() ? 1.0 : 0.0});
        table.rows.push_back(std::move(row));
    }
    return table;
}

} // namespace basin
