#pragma once
// A crossing in words and by name.

#include "analysis/capacity/crossing.hpp"

#include <string>
#include <string_view>

namespace basin {

/// "found", "wide", ...: as in capacity.csv.
std::string_view name_of(CrossingState state);

/// What a crossing is to people: "found", "above the range, not significantly", ...
std::string in_words(const Crossing& crossing);

} // namespace basin
