#include "results/files/file_window.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace basin {

namespace {

/// Bytes read at a time, besides those that are wanted together.
constexpr std::size_t piece = std::size_t{3} << 20U;

std::uint64_t size_of(const OpenFile& file, const std::filesystem::path& path) {
    struct stat info = {};
    if (::fstat(file.descriptor(), &info) != 0) throw_io("read", path);
    return static_cast<std::uint64_t>(info.st_size);
}

} // namespace

FileWindow::FileWindow(const std::filesystem::path& path, std::size_t reach)
    : path_(path), file_(open_regular(path, O_RDONLY, "open")), reach_(reach),
      end_(size_of(file_, path)),
      capacity_(static_cast<std::size_t>(std::min<std::uint64_t>(end_, reach + piece))),
      buffer_(std::make_unique_for_overwrite<std::uint8_t[]>(capacity_)) {}

std::span<const std::uint8_t> FileWindow::from(std::uint64_t at) {
    const std::uint64_t read_to = start_ + size_;
    if (at < read_to && (read_to - at >= reach_ || read_to == end_))
        return {buffer_.get() + (at - start_), static_cast<std::size_t>(read_to - at)};
    const std::size_t kept = at < read_to ? static_cast<std::size_t>(read_to - at) : 0;
    if (kept > 0) std::memmove(buffer_.get(), buffer_.get() + (at - start_), kept);
    start_ = at;
    size_ = kept;
    if (at >= end_) return {};
    const std::span<std::uint8_t> room(
        buffer_.get() + kept,
        static_cast<std::size_t>(std::min<std::uint64_t>(capacity_ - kept, end_ - at - kept)));
    const std::size_t got = read_at(file_.descriptor(), at + kept, room, path_);
    size_ += got;
    if (got < room.size()) end_ = at + size_; // it has become shorter
    return {buffer_.get(), size_};
}

std::uint64_t FileWindow::next_stored(std::uint64_t at) const {
    const off_t found = ::lseek(file_.descriptor(), static_cast<off_t>(at), SEEK_DATA);
    if (found >= 0) return std::min(static_cast<std::uint64_t>(found), end_);
    return errno == ENXIO ? end_ : at; // nothing but a hole, or a file system that does not tell
}

} // namespace basin
