#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string_view>

namespace basin {

/// A file that is written beside `target` and takes its place by rename when it is whole: a reader,
/// a crash or a full disk finds the old file or the new one. Several processes may replace one file
/// at once: the last one stays. What a dead process of this host left beside it is removed. Where
/// the target is a link, what it leads to is replaced and the link stays.
class PartFile {
public:
    /// Creates it, empty: no other process has or gets one of its name. Throws StoreError(io), also
    /// for a target that is there and no regular file.
    explicit PartFile(const std::filesystem::path& target);
    ~PartFile(); ///< removes it unless it was published
    PartFile(const PartFile&) = delete;
    PartFile& operator=(const PartFile&) = delete;

    const std::filesystem::path& path() const { return path_; }
    int descriptor() const { return descriptor_; } ///< for writing

    /// Syncs it, renames it to the target, syncs the folder. Throws StoreError(io).
    void publish();

    /// The same if nothing has the target's name yet; else returns false.
    bool publish_new();

private:
    void settle() const;

    std::filesystem::path target_;
    std::filesystem::path path_;
    int descriptor_ = -1;
    bool published_ = false;
};

/// Replaces a file as PartFile does.
void replace_file(const std::filesystem::path& path, std::span<const std::uint8_t> bytes);
void replace_file(const std::filesystem::path& path, std::string_view text);

/// Creates a durable file that appears whole, or not at all if the name is taken: then it returns
/// false and changes nothing. Of several processes that do so at once, one gets true. Throws
/// StoreError(io).
bool create_file(const std::filesystem::path& path, std::string_view text);

} // namespace basin
