#include "results/export/table_export.hpp"

#include "models/metrics/metrics.hpp"
#include "results/files/json_number.hpp"
#include "results/store/for_each_cell.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <array>
#include <charconv>
#include <cmath>

namespace basin {

namespace {

std::string shortest(double number) {
    std::array<char, 32> buffer{};
    const auto written = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number);
    return {buffer.data(), written.ptr};
}

/// How one format writes a row: fields in the order of the columns.
class Row {
public:
    Row(TableFormat format, const std::vector<std::string>& columns)
        : csv_(format == TableFormat::csv), columns_(columns) {}

    void add_text(const std::string& text) { add(csv_ ? csv_field(text) : quoted(text)); }
    void add_integer(std::int64_t number) { add(std::to_string(number)); }
    void add_real(double number) {
        if (std::isnan(number))
            add(csv_ ? "" : "null");
        else if (std::isinf(number) && !csv_)
            add(json_number(number).dump());
        else
            add(shortest(number));
    }
    void add_value(const Value& value) {
        if (const auto* text = std::get_if<std::string>(&value))
            add_text(*text);
        else if (const auto* integer = std::get_if<std::int64_t>(&value))
            add_integer(*integer);
        else
            add_real(std::get<double>(value));
    }

    std::string take() {
        column_ = 0;
        return std::exchange(text_, "") + (csv_ ? "\n" : "}\n");
    }

private:
    static std::string quoted(const std::string& text) {
        return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    }
    void add(std::string_view field) {
        if (column_ > 0)
            text_ += ',';
        else if (!csv_)
            text_ += '{';
        if (!csv_) text_ += quoted(columns_[column_]) + ':';
        text_ += field;
        ++column_;
    }

    bool csv_;
    const std::vector<std::string>& columns_;
    std::size_t column_ = 0;
    std::string text_;
};

std::vector<std::string> columns_of(const Plan& plan, const std::vector<std::size_t>& chosen) {
    std::vector<std::string> columns;
    for (const Dimension& dimension : plan.dimensions())
        columns.emplace_back(parameters()[dimension.parameter].name);
    columns.insert(columns.end(), {"replicate", "status", "overflow_flags"});
    for (const std::size_t metric : chosen)
        columns.emplace_back(metrics()[metric].name);
    return columns;
}

} // namespace

std::string spreadsheet_text(std::string_view text) {
    if (text.find_first_of("=+-@\t\r") != 0) return std::string(text);
    const std::string_view unsigned_part = text.substr(text.front() == '+' ? 1 : 0);
    const char* const end = unsigned_part.data() + unsigned_part.size();
    double number = 0.0;
    const auto read = std::from_chars(unsigned_part.data(), end, number);
    const bool is_number = read.ec != std::errc::invalid_argument && read.ptr == end;
    return (is_number ? "" : "'") + std::string(text);
}

std::string csv_field(std::string_view given) {
    std::string text = spreadsheet_text(given);
    if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
    std::string quoted = "\"";
    for (const char c : text)
        quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
    return quoted + "\"";
}

std::uint64_t export_table(const Plan& plan, const Inventory& inventory,
                           const std::vector<std::size_t>& chosen, TableFormat format,
                           ByteSink& out) {
    const std::vector<std::string> columns = columns_of(plan, chosen);
    Row row(format, columns);
    if (format == TableFormat::csv) {
        for (const std::string& column : columns)
            row.add_text(column);
        out.put(row.take());
    }
    std::uint64_t rows = 0;
    walk_cells(plan, inventory, [&](std::uint64_t cell, Status status, const Outcome* outcome) {
        if (status == Status::not_planned) return;
        const Coordinates coordinates = plan.coordinates_of(cell);
        for (const Dimension& dimension : plan.dimensions())
            row.add_value(coordinates[dimension.parameter]);
        row.add_integer(plan.replicate_of(cell));
        row.add_text(std::string(name_of(status)));
        row.add_integer(outcome ? outcome->flags : 0);
        for (const std::size_t metric : chosen)
            row.add_real(outcome ? outcome->values.at(metric) : std::nan(""));
        out.put(row.take());
        ++rows;
    });
    out.flush();
    return rows;
}

} // namespace basin
