#pragma once

#include "results/files/file.hpp"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>

namespace basin {

/// A regular file read once from its front to its back, a few MiB of it at a time. What it has when
/// it is opened is read, and less if it becomes shorter meanwhile: then its end comes earlier.
class FileWindow {
public:
    /// `reach`: bytes that are wanted together at most. Throws StoreError: io, or damaged if it is
    /// no regular file.
    FileWindow(const std::filesystem::path& path, std::size_t reach);

    /// The bytes from `at` on: `reach` of them or more, fewer only at the file's end. They are
    /// valid until the next call; `at` never goes back. Throws StoreError(io).
    std::span<const std::uint8_t> from(std::uint64_t at);

    /// Where the first byte from `at` on is that the file system holds; the file's end if there is
    /// none. What lies before it is a hole, which reads as zeros.
    std::uint64_t next_stored(std::uint64_t at) const;

private:
    std::filesystem::path path_;
    OpenFile file_;
    std::size_t reach_;
    std::uint64_t end_; ///< of the file
    std::size_t capacity_;
    std::unique_ptr<std::uint8_t[]> buffer_;
    std::uint64_t start_ = 0; ///< of the buffer's bytes in the file
    std::size_t size_ = 0;    ///< bytes in the buffer
};

} // namespace basin
