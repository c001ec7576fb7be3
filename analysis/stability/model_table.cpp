#include "analysis/stability/model_table.hpp"

#include "analysis/cells/labels.hpp"
#include "analysis/cells/selectors.hpp"
#include "analysis/cells/timing.hpp"
#include "analysis/charts/model_facets.hpp"
#include "analysis/frontiers/frontier_checks.hpp"
#include "analysis/stability/replicate_means.hpp"
#include "analysis/stability/working_region.hpp"
#include "results/files/undefined.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace basin {
namespace {

constexpr double never = std::numeric_limits<double>::infinity();

using Rows = std::vector<std::size_t>;

struct Model {
    std::vector<std::uint32_t> values; ///< on the model axes
    Rows rows;
};

/// The table by columns, as it is made.
class ColumnWise {
public:
    explicit ColumnWise(std::vector<Model> models) : models_(std::move(models)) {
        table_.rows.resize(models_.size());
    }

    const std::vector<Model>& models() const { return models_; }

    /// A column whose cells are `of` the models.
    template <class Of>
    void add(std::string title, std::string help, bool number, Of&& of) {
        table_.columns.push_back({std::move(title), std::move(help), number});
        for (std::size_t m = 0; m < models_.size(); ++m)
            table_.rows[m].push_back(of(models_[m]));
    }

    /// Mean, low and high, each in its column.
    void add_interval(const std::string& title, const std::string& help,
                      const std::vector<MeanInterval>& intervals) {
        table_.columns.push_back({title, help, true});
        table_.columns.push_back({title + ", 95 % low", "of the interval over replicates", true});
        table_.columns.push_back({title + ", 95 % high", "of the interval over replicates", true});
        for (std::size_t m = 0; m < models_.size(); ++m)
            for (const double value : {intervals[m].mean, intervals[m].low, intervals[m].high})
                table_.rows[m].push_back(number_cell(value));
    }

    Table table() && { return std::move(table_); }

private:
    std::vector<Model> models_;
    Table table_;
};

std::size_t in_state(const Cells& cells, const Rows& rows, CellState state) {
    return static_cast<std::size_t>(
        std::ranges::count_if(rows, [&](std::size_t row) { return cells.state[row] == state; }));
}

void add_counts(const Cells& cells, ColumnWise& table) {
    const auto add = [&](const char* title, const char* help, CellState state) {
        table.add(title, help, true, [&](const Model& model) {
            return count_cell(in_state(cells, model.rows, state));
        });
    };
    add("cells done", "with at least one replicate done and none failed", CellState::done);
    add("cells failed", "with at least one replicate that failed", CellState::failed);
    add("cells not applicable", "combinations without a meaning", CellState::not_applicable);
    if (std::ranges::find(cells.state, CellState::not_run) != cells.state.end())
        add("cells not run", "planned, but not run yet", CellState::not_run);
}

void add_metric(const Cells& cells, ColumnWise& table, std::string_view metric,
                bool with_interval) {
    const Measure* measure = cells.measure(metric);
    if (measure == nullptr) return;
    std::vector<MeanInterval> intervals;
    for (const Model& model : table.models())
        intervals.push_back(mean_over_replicates(cells, model.rows, *measure).interval);
    const std::string title = title_with_unit(metric, measure->unit);
    const std::string help = "mean over the cells done";
    if (with_interval) {
        table.add_interval(title, help, intervals);
        return;
    }
    std::size_t m = 0;
    table.add(title, help, true, [&](const Model&) { return number_cell(intervals[m++].mean); });
}

double flagged_share(const Cells& cells, const Rows& rows, Flags mask) {
    const std::size_t done = in_state(cells, rows, CellState::done);
    const auto flagged = std::ranges::count_if(rows, [&](std::size_t row) {
        return cells.state[row] == CellState::done && (cells.flags[row] & mask) != 0;
    });
    return done == 0 ? undefined : static_cast<double>(flagged) / static_cast<double>(done);
}

void add_flags(const Cells& cells, ColumnWise& table) {
    Flags some = 0;
    for (std::size_t row = 0; row < cells.rows(); ++row)
        if (cells.state[row] == CellState::done) some = static_cast<Flags>(some | cells.flags[row]);
    for (const Flag& flag : all_flags)
        if ((some & flag.mask) != 0)
            table.add(fmt::format("cells with {}", flag.name),
                      fmt::format("share of the cells done: {}", flag.help), true,
                      [&](const Model& model) {
                          return number_cell(flagged_share(cells, model.rows, flag.mask));
                      });
}

/// Where arithmetic fails first in the cells of a model.
struct FirstFailure {
    std::optional<Failure> kind; ///< nothing: none comes, or theory does not speak
    bool spoken = false;         ///< theory speaks of some cell
    double predicted = never;    ///< the least vertex of its lines
    double measured = never;
};

FirstFailure first_failure(const Cells& cells, const std::vector<const FrontierCheck*>& checks) {
    FirstFailure first;
    const std::vector<double>& vertices = cells.axes[*cells.axis("interaction_vertex")].numbers;
    for (const FrontierCheck* check : checks) { // in the order of failure_kinds
        first.spoken = true;
        if (first.kind && *first.kind != check->failure) break;
        if (check->predicted)
            first.predicted = std::min(first.predicted, vertices[*check->predicted]);
        if (check->measured) first.measured = std::min(first.measured, vertices[*check->measured]);
        if (check->predicted || check->measured) first.kind = check->failure;
    }
    return first;
}

TableCell first_vertex_cell(const FirstFailure& first, double vertex) {
    if (!first.spoken) return number_cell(undefined);
    if (std::isinf(vertex)) return {"none", never};
    return {fmt::format("{}", vertex), vertex};
}

void add_first_failures(const Cells& cells, ColumnWise& table) {
    const std::vector<FrontierCheck> all = frontier_checks(cells);
    if (all.empty()) return;
    std::vector<std::size_t> model_of(cells.rows());
    for (std::size_t m = 0; m < table.models().size(); ++m)
        for (const std::size_t row : table.models()[m].rows)
            model_of[row] = m;
    std::vector<std::vector<const FrontierCheck*>> checks(table.models().size());
    for (const FrontierCheck& check : all)
        checks[model_of[check.rows.front()]].push_back(&check);
    const auto add = [&](const char* title, const char* help, bool number, auto&& cell) {
        std::size_t m = 0;
        table.add(title, help, number,
                  [&](const Model&) { return cell(first_failure(cells, checks[m++])); });
    };
    add("first failing n, predicted",
        "least vertex of the run not below the closed form, over the model's cells", true,
        [](const FirstFailure& first) { return first_vertex_cell(first, first.predicted); });
    add("first failing n, measured",
        "least vertex at which the failure has come in every replicate of a cell, where theory "
        "speaks of the model (the table of frontiers)",
        true, [](const FirstFailure& first) { return first_vertex_cell(first, first.measured); });
    add("failure", "which one: the first of the kinds in the table of frontiers that comes", false,
        [](const FirstFailure& first) -> TableCell {
            if (!first.kind)
                return {first.spoken ? "none" : "–", static_cast<double>(failure_kinds.size())};
            const auto kind = static_cast<std::size_t>(*first.kind);
            return {std::string(failure_kinds[kind].name), static_cast<double>(kind)};
        });
}

void add_working_region(const Cells& cells, ColumnWise& table) {
    const std::vector<std::size_t> beta = varying_among(cells, {"beta"});
    if (beta.empty() || !cells.axes[beta.front()].numeric) return;
    std::vector<MeanInterval> areas;
    std::vector<MeanInterval> centres;
    for (const Model& model : table.models()) {
        const WorkingRegion region = working_region(cells, model.rows);
        areas.push_back(region.area);
        centres.push_back(region.centre);
    }
    table.add_interval(
        "working region (decades of β)",
        fmt::format(
            "width of the β at which units decide, with recall error at most {}, in log10 β, mean "
            "over all other parameters",
            recalled_error),
        areas);
    table.add_interval("centre of the region (log10 β)", "mean over cells with a region", centres);
}

} // namespace

Table model_table(const Cells& cells) {
    const std::vector<std::size_t> axes = model_axes(cells);
    std::vector<Model> models;
    for (const auto& [values, rows] : grouped(cells, axes))
        models.push_back({values, rows});
    ColumnWise table(std::move(models));
    for (std::size_t i = 0; i < axes.size(); ++i)
        table.add(words(cells.axes[axes[i]].name), "", cells.axes[axes[i]].numeric,
                  [&](const Model& model) -> TableCell {
                      return {value_text(cells.axes[axes[i]], model.values[i]),
                              static_cast<double>(model.values[i])};
                  });
    add_counts(cells, table);
    add_metric(cells, table, "recall_error", true);
    add_metric(cells, table, "exact_recall", true);
    for (const char* metric :
         {"metastable_count", "spurious_count", "capacity_failure", "numerical_failure"})
        add_metric(cells, table, metric, false);
    add_flags(cells, table);
    add_first_failures(cells, table);
    add_working_region(cells, table);
    add_metric(cells, table, "iterations", false);
    add_metric(cells, table, retrieval_time, false);
    return std::move(table).table();
}

} // namespace basin
