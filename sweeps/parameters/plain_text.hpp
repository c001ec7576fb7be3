#pragma once
// Text from outside (names, paths, messages of libraries) as it may be kept and shown.

#include <string>
#include <string_view>

namespace basin {

bool is_utf8(std::string_view text);

/// The text without what a terminal would take for a command: control characters of ASCII and of
/// Latin-1 (U+0080 to U+009F) and bytes that are not UTF-8 become "\x1b". Line ends and tabs stay.
std::string shown_plainly(std::string_view text);

} // namespace basin
