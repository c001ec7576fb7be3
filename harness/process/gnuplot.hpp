#pragma once
// gnuplot as a program of its own.

#include <chrono>
#include <filesystem>
#include <string>

namespace basin {

/// Throws UsageError, with the package that has it, if gnuplot is not on the PATH.
void need_gnuplot();

/// Runs a script in its folder, without a shell, start-up files or a locale. Throws
/// std::runtime_error with what it said if it fails, says something or takes longer than `limit`.
void run_gnuplot(const std::filesystem::path& folder, const std::string& script,
                 std::chrono::seconds limit = std::chrono::seconds(120));

} // namespace basin
