#pragma once
// Images recalled once more for a report: result files hold what was measured, not states.

#include "analysis/figures/gallery.hpp"

#include <chrono>
#include <filesystem>

namespace basin {

/// Recalls the first probes of replicate 0 in the cells of gallery_choice(), with the config that
/// the result file was made from and the pattern files as they are now. One cell is recalled whole
/// and its recall error compared with the result file's. Empty where no patterns are images. Never
/// throws for want of something: `note` says what is missing, has changed or took longer than
/// `limit`.
Gallery recalled_gallery(const Cells& cells, const std::filesystem::path& store,
                         std::chrono::seconds limit = std::chrono::seconds(30));

} // namespace basin
