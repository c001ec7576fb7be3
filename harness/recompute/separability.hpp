#pragma once
// How far apart similarities hold memories, computed once more for a report.

#include "analysis/figures/separability.hpp"

#include <chrono>
#include <filesystem>

namespace basin {

/// Looks at replicate 0 of the scene of separability_choice(), made with the config that the result
/// file was made from and the pattern files as they are now; with a file, one cell is recalled and
/// its recall error compared with the result file's. Empty where no network is continuous. Never
/// throws for want of something: `note` says what is missing, has changed or took longer than
/// `limit`.
SceneSeparability chosen_separability(const Cells& cells, const std::filesystem::path& store,
                                      std::chrono::seconds limit = std::chrono::seconds(20));

} // namespace basin
