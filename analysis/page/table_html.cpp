#include "analysis/page/table_html.hpp"

#include "analysis/cells/labels.hpp"
#include "analysis/page/html.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace basin {
namespace {

constexpr std::size_t most_table_rows = 1000;

} // namespace

std::string table_html(const Table& table, const std::string& id) {
    std::string html =
        fmt::format("<div class=\"wide\" tabindex=\"0\"><table id=\"{}\"><thead><tr>", id);
    for (const Table::Column& column : table.columns)
        html += fmt::format(
            "<th scope=\"col\"{}><button type=\"button\"{}>{}</button></th>",
            column.number ? " class=\"number\"" : "",
            column.help.empty() ? "" : fmt::format(" title=\"{}\"", escaped(column.help)),
            escaped(column.title));
    html += "</tr></thead>\n<tbody>\n";
    for (std::size_t r = 0; r < std::min(table.rows.size(), most_table_rows); ++r) {
        html += "<tr>";
        for (std::size_t c = 0; c < table.columns.size(); ++c) {
            const TableCell& cell = table.rows[r][c];
            html += fmt::format("<td{} data-order=\"{}\">{}</td>",
                                table.columns[c].number ? " class=\"number\"" : "",
                                std::isfinite(cell.order) ? number_text(cell.order, 6)
                                : std::isnan(cell.order)  ? "NaN"
                                                          : "Infinity",
                                escaped(cell.text));
        }
        html += "</tr>\n";
    }
    html += "</tbody></table></div>";
    if (table.rows.size() > most_table_rows)
        html += fmt::format("<p class=\"note\">The first {} of {} rows.</p>", most_table_rows,
                            count_text(table.rows.size()));
    return html;
}

std::string table_button_html(const std::string& id) {
    return fmt::format("<button type=\"button\" data-save-table=\"{}\">Table as CSV</button>", id);
}

} // namespace basin
