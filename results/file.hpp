#pragma once
// Files as the store needs them: whole or not at all, and failures with the path in the message.

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace basin {

/// Throws StoreError(io): "cannot <action> <path>: <reason>", with what to do if the disk is full.
[[noreturn]] void throw_io(std::string_view action, const std::filesystem::path& path);

/// This computer's name, fit for a file name.
std::string host_name();

/// An open file, closed when it goes.
class OpenFile {
public:
    /// `flags` as for open(2); `action` for the message of a failure. Throws StoreError(io).
    OpenFile(const std::filesystem::path& path, int flags, std::string_view action);
    explicit OpenFile(int descriptor) : descriptor_(descriptor) {} ///< takes it over
    ~OpenFile();
    OpenFile(const OpenFile&) = delete;
    OpenFile& operator=(const OpenFile&) = delete;
    int descriptor() const { return descriptor_; }

private:
    int descriptor_;
};

/// Writes all bytes to an open descriptor, going on after interruptions and partial writes.
void write_all(int descriptor, std::span<const std::uint8_t> bytes,
               const std::filesystem::path& path);

/// Makes creations and renames in a folder durable.
void sync_folder(const std::filesystem::path& folder);

/// Appends text and a line end in one write(); creates the file if it is not there.
void append_line(const std::filesystem::path& path, std::string_view text);

/// The lines of a text file; none if it cannot be opened.
std::vector<std::string> lines_of(const std::filesystem::path& path);

/// A file's bytes, read-only.
class MappedFile {
public:
    explicit MappedFile(const std::filesystem::path& path); ///< throws StoreError(io)
    ~MappedFile();
    MappedFile(const MappedFile&) = delete;
    MappedFile& operator=(const MappedFile&) = delete;
    std::span<const std::uint8_t> bytes() const { return {data_, size_}; }

    /// The bytes before `end` are not needed for now: their memory may go. They stay readable.
    void forget(std::size_t end) const;

private:
    const std::uint8_t* data_ = nullptr;
    std::size_t size_ = 0;
};

} // namespace basin
