#include "analysis/page/table_csv.hpp"

#include "results/table_export.hpp"

#include <fmt/format.h>

#include <cmath>
#include <vector>

namespace basin {

std::string table_csv(const Table& table) {
    std::vector<std::string> fields;
    for (const Table::Column& column : table.columns)
        fields.push_back(csv_field(column.title));
    std::string text = fmt::format("{}\n", fmt::join(fields, ","));
    for (const std::vector<TableCell>& row : table.rows) {
        fields.clear();
        for (std::size_t c = 0; c < row.size(); ++c) {
            const double number = row[c].order;
            if (!table.columns[c].number)
                fields.push_back(csv_field(row[c].text));
            else
                fields.push_back(std::isfinite(number) ? fmt::format("{}", number) : "");
        }
        text += fmt::format("{}\n", fmt::join(fields, ","));
    }
    return text;
}

} // namespace basin
