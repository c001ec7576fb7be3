#pragma once
// The cells as the page's scripts read them: JSON columns, few digits.

#include "analysis/cells/cells.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace basin {

/// A number per row that figures draw from and that is no result: not in tooltips or downloads.
struct Overlay {
    std::string name;
    std::vector<std::uint8_t> values; ///< [rows]
};

/// {axes: [{name, title, numeric, values, texts}], replicates, states, flag_names,
///  columns: {place: differences from row to row, state, done, flags},
///  measures: [{name, title, mean, low, high}], overlays: [{name, values}]}
std::string page_data(const Cells& cells, const std::vector<Overlay>& overlays = {});

/// The cells, or if their page_data is longer than `limit` bytes those at every second value of the
/// longest numeric axes, until it is not. Sets `note` to a sentence that says so ("" if all fit).
Cells fitted(Cells cells, std::size_t limit, std::string& note);

} // namespace basin
