#pragma once

#include <filesystem>
#include <vector>

namespace basin {

/// The journals of a folder, sorted by name. Throws StoreError(io) if it cannot be listed.
std::vector<std::filesystem::path> journal_files(const std::filesystem::path& folder);

} // namespace basin
