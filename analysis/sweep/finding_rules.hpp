#pragma once
// The rules of findings.hpp. Each appends its sentences, or none.

#include "analysis/cells/missing_points.hpp"
#include "analysis/cells/phrases.hpp"

namespace basin {

void say_where_numbers_overflow(const Cells& cells, Sentences& sentences);
void say_how_much_is_recalled(const Cells& cells, Sentences& sentences);
void say_what_changes(const Cells& cells, Sentences& sentences);
void say_where_terms_vanish(const Cells& cells, Sentences& sentences);

} // namespace basin
