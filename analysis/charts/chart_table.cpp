#include "analysis/charts/chart_table.hpp"

#include "results/export/table_export.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

namespace basin {
namespace {

constexpr std::array<std::string_view, 4> tile_state_names{"done", "failed", "not_run",
                                                           "not_applicable"};

constexpr std::array<std::string_view, 4> sign_names{"filled", "open", "up", "down"};

using Row = std::vector<std::string>;

bool some_sign(const Chart& chart) {
    for (const ChartSeries& series : chart.series)
        for (const ChartPoint& point : series.points)
            if (point.sign != Sign::filled) return true;
    return false;
}

std::string number(double value) {
    return std::isnan(value) ? "" : fmt::format("{}", value);
}

std::string on_axis(const ChartAxis& axis, double value) {
    if (axis.categories.empty()) return number(value);
    const double index = std::round(value);
    // A line over a map may run between two categories.
    if (index != value || index < 0 || index >= static_cast<double>(axis.categories.size()))
        return "";
    return axis.categories[static_cast<std::size_t>(index)];
}

std::string position(const ChartAxis& axis, double value) {
    return axis.categories.empty() ? "" : number(value);
}

Row facet_fields(const Chart& chart, const std::vector<std::uint32_t>& values) {
    Row row;
    for (std::size_t f = 0; f < chart.facets.size(); ++f)
        row.push_back(f < values.size() ? chart.facets[f].values[values[f]] : "");
    return row;
}

Row headings(const Chart& chart) {
    Row row;
    for (const ChartFacet& facet : chart.facets)
        row.push_back(facet.name);
    for (const std::string& name :
         {std::string("kind"), chart.x.name, chart.x.name + "_position", chart.y.name,
          chart.y.name + "_position", std::string("low"), std::string("high"),
          chart.tile_colors.name, std::string("state"), std::string("overflow"),
          std::string("sign"), std::string("note")})
        row.push_back(name);
    return row;
}

void add(Row& row, std::initializer_list<std::string> fields) {
    row.insert(row.end(), fields);
}

std::vector<Row> rows_of(const Chart& chart) {
    std::vector<Row> rows;
    const bool signs = some_sign(chart);
    for (const ChartTile& tile : chart.tiles) {
        Row& row = rows.emplace_back(facet_fields(chart, tile.facets));
        add(row, {"tile", on_axis(chart.x, tile.x), position(chart.x, tile.x),
                  on_axis(chart.y, tile.y), position(chart.y, tile.y), "", "", number(tile.value),
                  std::string(tile_state_names[static_cast<std::size_t>(tile.state)]),
                  tile.hatched ? "1" : "0", "", tile.note});
    }
    for (const ChartSeries& series : chart.series)
        for (const ChartPoint& point : series.points) {
            Row& row = rows.emplace_back(facet_fields(chart, series.facets));
            add(row, {series.kind, on_axis(chart.x, point.x), position(chart.x, point.x),
                      on_axis(chart.y, point.y), position(chart.y, point.y), number(point.low),
                      number(point.high), "", "", "",
                      signs ? std::string(sign_names[static_cast<std::size_t>(point.sign)]) : "",
                      point.note});
        }
    for (const ChartRule& rule : chart.rules) {
        Row& row = rows.emplace_back(facet_fields(chart, {}));
        const std::string at = number(rule.at);
        // Along an axis of categories a rule's place is a position among them.
        const auto of = [&](const ChartAxis& axis, bool positions, bool here) {
            return here && axis.categories.empty() != positions ? at : "";
        };
        add(row, {rule.text, of(chart.x, false, rule.vertical), of(chart.x, true, rule.vertical),
                  of(chart.y, false, !rule.vertical), of(chart.y, true, !rule.vertical), "", "", "",
                  "", "", "", ""});
    }
    return rows;
}

} // namespace

std::string chart_csv(const Chart& chart) {
    const Row names = headings(chart);
    const std::vector<Row> rows = rows_of(chart);
    std::vector<bool> used(names.size(), false);
    for (const Row& row : rows)
        for (std::size_t c = 0; c < row.size(); ++c)
            used[c] = used[c] || !row[c].empty();
    const auto line = [&](const Row& row) {
        Row kept;
        for (std::size_t c = 0; c < row.size(); ++c)
            if (used[c]) kept.push_back(csv_field(row[c]));
        return fmt::format("{}\n", fmt::join(kept, ","));
    };
    std::string text = line(names);
    for (const Row& row : rows)
        text += line(row);
    return text;
}

} // namespace basin
