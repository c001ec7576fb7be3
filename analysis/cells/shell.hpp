#pragma once

#include <string>

namespace basin {

/// A word as a POSIX shell takes it for itself.
std::string shell_quoted(const std::string& word);

} // namespace basin
