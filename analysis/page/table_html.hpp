#pragma once
// Tables as HTML: sorted by their headings, saved as CSV (analysis/web/page.js).

#include "analysis/page/table.hpp"

#include <string>

namespace basin {

/// The table as an element called `id`, its first thousand rows.
std::string table_html(const Table& table, const std::string& id);

/// The button that saves the table called `id`.
std::string table_button_html(const std::string& id);

} // namespace basin
