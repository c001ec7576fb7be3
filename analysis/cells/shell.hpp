#pragma once

#include <string>

namespace basin {

/// A word as a POSIX shell takes it for itself.
std::string shell_quoted(const std::string& word);

/// A path that no program takes for an option, nor for standard input.
std::string shell_path(const std::string& path);

} // namespace basin
