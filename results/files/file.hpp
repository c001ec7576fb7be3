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

/// Throws StoreError(damaged) if what has this name is no regular file: a folder, a FIFO, a device,
/// a link that leads nowhere. That nothing has it is no error.
void require_regular(const std::filesystem::path& path);

/// Opens a regular file, never waiting for the other end of a FIFO. `flags` and `action` as for
/// OpenFile. Throws StoreError: io, or damaged as require_regular() does.
OpenFile open_regular(const std::filesystem::path& path, int flags, std::string_view action);

/// Reads as many bytes as there are from `offset` on, at most all that `bytes` has room for;
/// returns how many. Throws StoreError(io).
std::size_t read_at(int descriptor, std::uint64_t offset, std::span<std::uint8_t> bytes,
                    const std::filesystem::path& path);

/// Writes all bytes to an open descriptor, going on after interruptions and partial writes.
void write_all(int descriptor, std::span<const std::uint8_t> bytes,
               const std::filesystem::path& path);

/// Makes creations and renames in a folder durable.
void sync_folder(const std::filesystem::path& folder);

/// Appends text and a line end in one write(); creates the file if it is not there. Throws
/// StoreError: io, or damaged as require_regular() does.
void append_line(const std::filesystem::path& path, std::string_view text);

/// All bytes of a regular file. Throws StoreError: io; damaged for another kind of file, or one of
/// more than 256 MiB, which no file that Basin reads whole has.
std::string whole_text(const std::filesystem::path& path);

/// The lines of a text file; none if there is no such file. Throws StoreError as whole_text() does.
std::vector<std::string> lines_of(const std::filesystem::path& path);

} // namespace basin
