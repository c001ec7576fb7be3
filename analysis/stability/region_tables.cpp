#include "analysis/cells/labels.hpp"
#include "analysis/charts/model_facets.hpp"
#include "analysis/stability/working_region.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace basin {
namespace {

void add_interval(std::vector<TableCell>& row, const MeanInterval& interval) {
    for (const double value : {interval.mean, interval.low, interval.high})
        row.push_back(number_cell(value));
}

void add_interval_columns(Table& table, const std::string& title, const std::string& help) {
    table.columns.push_back({title, help, true});
    table.columns.push_back({title + ", 95 % low", "of the interval over replicates", true});
    table.columns.push_back({title + ", 95 % high", "of the interval over replicates", true});
}

void add_model_columns(const Cells& cells, Table& table) {
    for (const std::size_t axis : model_axes(cells))
        table.columns.push_back({words(cells.axes[axis].name), "", cells.axes[axis].numeric});
}

std::vector<TableCell> model_cells(const Cells& cells, const std::vector<std::uint32_t>& model) {
    const std::vector<std::size_t> axes = model_axes(cells);
    std::vector<TableCell> row;
    for (std::size_t i = 0; i < axes.size(); ++i)
        row.push_back({value_text(cells.axes[axes[i]], model[i]), static_cast<double>(model[i])});
    return row;
}

TableCell vertex_cell(const Cells& cells, std::uint32_t value) {
    const CubeAxis& axis = cells.axes[*cells.axis("interaction_vertex")];
    return {value_text(axis, value), axis.numbers[value]};
}

std::string end_text(const WorkingRegion& region) {
    if (region.at_low_end && region.at_high_end) return "both";
    if (region.at_low_end) return "lower";
    return region.at_high_end ? "upper" : "none";
}

} // namespace

Table region_table(const Cells& cells, const std::vector<WorkingRegion>& regions) {
    Table table;
    add_model_columns(cells, table);
    const bool with_vertex = std::ranges::any_of(
        regions, [](const WorkingRegion& region) { return region.vertex.has_value(); });
    if (with_vertex) table.columns.push_back({words("interaction_vertex"), "", true});
    add_interval_columns(
        table, "working region (decades of β)",
        fmt::format(
            "width of the β at which units decide, with recall error at most {}, in log10 β, "
            "mean over all other parameters",
            recalled_error));
    add_interval_columns(table, "centre (log10 β)", "mean over lines of cells with a region");
    table.columns.push_back({"lower edge (log10 β)", "mean over lines with a region", true});
    table.columns.push_back({"upper edge (log10 β)", "mean over lines with a region", true});
    table.columns.push_back(
        {"end of the grid reached", "then the region may be wider than what was run", false});
    table.columns.push_back({"lines", "of cells that differ in nothing but β", true});
    table.columns.push_back({"replicates", "of which no line lacks a cell", true});
    for (const WorkingRegion& region : regions) {
        std::vector<TableCell> row = model_cells(cells, region.model);
        if (with_vertex) row.push_back(vertex_cell(cells, *region.vertex));
        add_interval(row, region.area);
        add_interval(row, region.centre);
        row.push_back(number_cell(region.low));
        row.push_back(number_cell(region.high));
        row.push_back({end_text(region), static_cast<double>(region.at_low_end) +
                                             2.0 * static_cast<double>(region.at_high_end)});
        row.push_back(count_cell(region.lines));
        row.push_back(count_cell(region.replicates));
        table.rows.push_back(std::move(row));
    }
    return table;
}

Table drift_table(const Cells& cells, const std::vector<RegionDrift>& drifts) {
    Table table;
    add_model_columns(cells, table);
    add_interval_columns(table, "shift (decades of β per unit of n)",
                         "slope of the region's centre over n, by least squares, where the region "
                         "reaches no end of the grid");
    add_interval_columns(table, "change of width (share per unit of n)",
                         "relative, from the slope of the width's logarithm: -0.1 is a tenth less");
    add_interval_columns(table, "shift of the lower edge (decades per unit of n)",
                         "where it is not the end of the grid");
    add_interval_columns(table, "shift of the upper edge (decades per unit of n)",
                         "where it is not the end of the grid");
    table.columns.push_back({"vertices with a region", "", true});
    table.columns.push_back(
        {"at an end of the grid", "of those: there the region may be wider", true});
    table.columns.push_back(
        {"no β works from n", "in any replicate, though some did at smaller n", true});
    table.columns.push_back(
        {"replicates", "with two vertices or more where the region reaches no end", true});
    for (const RegionDrift& drift : drifts) {
        std::vector<TableCell> row = model_cells(cells, drift.model);
        for (const Slope* slope : {&drift.centre, &drift.area, &drift.low, &drift.high})
            add_interval(row, slope->per_vertex);
        row.push_back(count_cell(drift.vertices));
        row.push_back(count_cell(drift.at_end));
        row.push_back(drift.none_from ? vertex_cell(cells, *drift.none_from)
                                      : TableCell{"none", std::numeric_limits<double>::infinity()});
        row.push_back(count_cell(drift.centre.replicates));
        table.rows.push_back(std::move(row));
    }
    return table;
}

Chart working_region_chart(const Cells& cells, const std::vector<WorkingRegion>& regions) {
    Chart chart;
    chart.id = "working-region";
    chart.title = "Which β works, over the interaction vertex";
    if (std::ranges::none_of(regions, [](const WorkingRegion& region) {
            return region.vertex && !std::isnan(region.low);
        })) {
        chart.left_out = "There is no region to draw: it needs a varying interaction vertex, a "
                         "varying β, and a β that recalls.";
        return chart;
    }
    chart.caption = fmt::format(
        "Centre of the β with a recall error of at most {}, and from their lower to their upper "
        "edge; means over replicates and all parameters that are not shown. Open marks: the region "
        "reaches an end of the grid and may be wider.",
        recalled_error);
    chart.alt = "Lines of the centre of the working region of β over the interaction vertex, one a "
                "model, with a band from its lower to its upper edge. The numbers are in the table "
                "of working regions.";
    chart.x.name = "interaction_vertex";
    chart.x.title = words("interaction_vertex");
    chart.x.scales = {Scale::linear, Scale::logarithmic};
    chart.y.name = "log10_beta";
    chart.y.title = "log10 β";
    const ChartFacets facets = chart_facets(cells, model_axes(cells));
    set_model_facets(chart, facets);
    const std::vector<double>& vertices = cells.axes[*cells.axis("interaction_vertex")].numbers;
    const std::vector<std::uint32_t>* model = nullptr; // of the line that is being drawn
    for (const WorkingRegion& region : regions) {
        if (!region.vertex) continue;
        if (std::isnan(region.low)) { // a line has a gap where no beta works
            model = nullptr;
            continue;
        }
        if (model == nullptr || *model != region.model) {
            ChartSeries series;
            series.facets = facets.at(region.model);
            series.kind = "working region";
            chart.series.push_back(std::move(series));
            model = &region.model;
        }
        ChartPoint point;
        point.x = vertices[*region.vertex];
        point.y = region.centre.mean;
        point.low = region.low;
        point.high = region.high;
        const bool at_end = region.at_low_end || region.at_high_end;
        point.sign = at_end ? Sign::open : Sign::filled;
        point.note = replicates_text(region.replicates);
        if (at_end) point.note += fmt::format("; end of the grid reached: {}", end_text(region));
        chart.series.back().points.push_back(std::move(point));
    }
    return chart;
}

} // namespace basin
