#include "analysis/page/table_csv.hpp"

#include "results/export/table_export.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <optional>
#include <vector>

namespace basin {
namespace {

/// Relative error of two significant digits, which no text has fewer of.
constexpr double rounding = 0.05;

/// What a text says, thousands set apart or not; nothing if it is no number alone.
std::optional<double> number_in(std::string text) {
    std::erase(text, ',');
    double number = 0.0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (failure != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return number;
}

std::string number_field(const TableCell& cell) {
    if (cell.text == "–") return "";
    if (cell.text.starts_with("< ")) return fmt::format("{}", cell.order);
    const std::optional<double> said = number_in(cell.text);
    const bool same = said && std::isfinite(cell.order) &&
                      std::abs(*said - cell.order) <= rounding * std::abs(cell.order);
    return same ? fmt::format("{}", cell.order) : csv_field(cell.text);
}

} // namespace

std::string table_csv(const Table& table) {
    std::vector<std::string> fields;
    for (const Table::Column& column : table.columns)
        fields.push_back(csv_field(column.title));
    std::string text = fmt::format("{}\n", fmt::join(fields, ","));
    for (const std::vector<TableCell>& row : table.rows) {
        fields.clear();
        for (std::size_t c = 0; c < row.size(); ++c)
            fields.push_back(table.columns[c].number ? number_field(row[c])
                                                     : csv_field(row[c].text));
        text += fmt::format("{}\n", fmt::join(fields, ","));
    }
    return text;
}

} // namespace basin
