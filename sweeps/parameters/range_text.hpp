#pragma once
// Ranges of values as a config writes them: "0 to 255".

#include "models/data/value_range.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace basin {

/// `LOW to HIGH`, two finite numbers with LOW < HIGH and spaces around "to"; nothing for other
/// texts.
std::optional<ValueRange> parse_range(std::string_view text);

/// The one text of a range: shortest numbers that read back to the same bits.
std::string text_of(const ValueRange& range);

} // namespace basin
