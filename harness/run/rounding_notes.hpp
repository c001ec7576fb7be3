#pragma once
// What the number formats of a sweep do to the numbers of its files.

#include "harness/run/pattern_files.hpp"

#include <string>
#include <vector>

namespace basin {

/// One sentence for each file whose numbers are not all of float32, and each precision of the sweep
/// that rounds them. Binarised patterns are told apart in float64 and are not among them.
std::vector<std::string> rounding_notes(const Config& config, const Banks& banks);

} // namespace basin
