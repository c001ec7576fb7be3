#pragma once
// What a sweep has not: the first thing that any report says.

#include "analysis/cells/phrases.hpp"

namespace basin {

/// A sentence on points that failed, and one on those that were not run; none if there are none.
void say_what_is_missing(const Cells& cells, Sentences& sentences);

} // namespace basin
