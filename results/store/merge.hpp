#pragma once
// Stores of one sweep made one: their journals side by side.

#include "results/store/store.hpp"

#include <cstdint>
#include <filesystem>
#include <span>
#include <vector>

namespace basin {

/// What is to be copied, found out before anything is written.
struct MergePlan {
    struct Copy {
        std::filesystem::path from;
        Key content;            ///< names the copy: equal bytes are one file
        std::uint64_t size = 0; ///< up to the last record: what is torn behind it is not copied
    };
    std::vector<Copy> copies;  ///< of distinct content, none of which `into` holds
    std::uint64_t present = 0; ///< journals that are there already, occur twice or are empty
};

/// Looks at the journals of `into` (which need not be there) and `from`. Throws StoreError: io;
/// damaged if a journal cannot be read, or if two results of one point have different bits, which
/// names both.
MergePlan plan_merge(const std::filesystem::path& into,
                     std::span<const std::filesystem::path> from);

/// Copies the journals, each whole and durable or not at all. Stopped in between, `into` is a store
/// that holds some of them.
void copy_journals(const MergePlan& merge, const std::filesystem::path& into);

/// Appends the lines of sessions.jsonl of `from` that `into` does not hold. Returns how many.
std::size_t merge_sessions(const Store& into, std::span<const std::filesystem::path> from);

} // namespace basin
