#pragma once
// A report's table as CSV.

#include "analysis/page/table.hpp"

#include <string>

namespace basin {

/// The columns' titles, then a line a row. In columns of numbers a cell whose text is its number,
/// rounded for people, has TableCell::order, the shortest text that reads back to the same bits;
/// so has one that is told as a bound ("< 0.0001"); "–" is an empty field; all else ("none", "2 of
/// 8") is the text.
std::string table_csv(const Table& table);

} // namespace basin
