#pragma once
// A store as one long table, one row a planned cell.
//
// Columns: the parameters that vary, replicate, status (by name), overflow_flags (the masks of
// results.h5 added up), the metrics. Real numbers are the shortest text that reads back to the same
// bits. What was not measured is an empty field in CSV and null in JSON.

#include "results/files/byte_sink.hpp"
#include "results/store/store.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace basin {

enum class TableFormat : std::uint8_t {
    csv,  ///< RFC 4180 with lines that end in \n; the first row names the columns
    jsonl ///< one JSON object a line; infinities are "Infinity" and "-Infinity"
};

/// Returns the number of rows. `chosen` are indices of metrics(). Throws StoreError.
std::uint64_t export_table(const Plan& plan, const Inventory& inventory,
                           const std::vector<std::size_t>& chosen, TableFormat format,
                           ByteSink& out);

/// A text that no spreadsheet takes for a formula: one that begins with = + - @, a tab or a
/// carriage return and is no number gets an apostrophe before it.
std::string spreadsheet_text(std::string_view text);

/// A spreadsheet_text as RFC 4180 wants it: quoted if it holds a comma, a quotation mark or a line
/// end.
std::string csv_field(std::string_view text);

} // namespace basin
