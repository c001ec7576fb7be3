#pragma once
// What is wrong with a config: all of it at once, each with its place and remedy.

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace basin {

/// Where a value was written.
struct Place {
    std::string source;     ///< file path as given by the user, or "--set"
    std::uint32_t line = 0; ///< from 1; 0: unknown
    std::uint32_t column = 0;
};

struct Diagnostic {
    Place place;
    std::string message; ///< one sentence, names the value and what would be right
};

/// "file:line:column: error: message"
std::string to_string(const Diagnostic& diagnostic);

/// Thrown once with everything that was found. Exit code 2.
class ConfigError : public std::runtime_error {
public:
    explicit ConfigError(std::vector<Diagnostic> all);
    ConfigError(const Place& place, const std::string& message); ///< one problem
    std::vector<Diagnostic> diagnostics;
};

/// The candidate closest to `word` by edit distance, or "" if none is near (distance > 1 +
/// length/3).
std::string nearest_name(std::string_view word, const std::vector<std::string_view>& candidates);

} // namespace basin
