#pragma once
// A parameter's value, and its one canonical text.

#include <cstdint>
#include <string>
#include <variant>

namespace basin {

using Value = std::variant<std::int64_t, double, std::string>;

/// Integers in decimal; reals as the shortest text that reads back to the same bits ("0.1", "1",
/// "1e-05"); strings as they are. Equal values have equal texts.
std::string canonical_text(const Value& value);

/// Numeric value of an integer or real; throws std::bad_variant_access for a string.
double number_of(const Value& value);

} // namespace basin
