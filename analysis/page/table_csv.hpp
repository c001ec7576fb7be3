#pragma once
// A report's table as CSV.

#include "analysis/page/table.hpp"

#include <string>

namespace basin {

/// The columns' titles, then a line a row. In columns of numbers TableCell::order, the shortest
/// text that reads back to the same bits, and an empty field where it is no finite number; in
/// others the text.
std::string table_csv(const Table& table);

} // namespace basin
