#include "results/files/file.hpp"

#include "results/files/store_error.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <fcntl.h>
#include <fstream>
#include <sstream>
#include <string>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace basin {

namespace {

std::string_view kind_of(mode_t mode) {
    if (S_ISDIR(mode)) return "a folder";
    if (S_ISFIFO(mode)) return "a FIFO";
    if (S_ISSOCK(mode)) return "a socket";
    return "a device";
}

[[noreturn]] void throw_irregular(const std::filesystem::path& path, std::string_view kind) {
    throw StoreError(StoreError::Kind::damaged,
                     fmt::format("{} is {}, not a regular file; move it away and give the same "
                                 "command again",
                                 path.string(), kind));
}

} // namespace

void throw_io(std::string_view action, const std::filesystem::path& path) {
    const int reason = errno;
    const bool full = reason == ENOSPC || reason == EDQUOT || reason == EFBIG;
    throw StoreError(StoreError::Kind::io,
                     fmt::format("cannot {} {}: {}{}", action, path.string(),
                                 std::generic_category().message(reason),
                                 full ? "; everything written before is kept: free some space and "
                                        "give the same command again"
                                      : ""));
}

std::string host_name() {
    std::array<char, 256> buffer{};
    if (::gethostname(buffer.data(), buffer.size() - 1) != 0 || buffer[0] == '\0') return "unknown";
    std::string name(buffer.data());
    std::ranges::replace(name, '/', '_');
    return name;
}

OpenFile::OpenFile(const std::filesystem::path& path, int flags, std::string_view action)
    : descriptor_(::open(path.c_str(), flags | O_CLOEXEC, 0644)) {
    if (descriptor_ < 0) throw_io(action, path);
}

OpenFile::~OpenFile() {
    ::close(descriptor_);
}

void require_regular(const std::filesystem::path& path) {
    struct stat info = {};
    if (::stat(path.c_str(), &info) == 0) {
        if (!S_ISREG(info.st_mode)) throw_irregular(path, kind_of(info.st_mode));
    } else if (::lstat(path.c_str(), &info) == 0 && S_ISLNK(info.st_mode)) {
        throw_irregular(path, "a link that leads nowhere");
    }
}

OpenFile open_regular(const std::filesystem::path& path, int flags, std::string_view action) {
    const int descriptor = ::open(path.c_str(), flags | O_NONBLOCK | O_NOCTTY | O_CLOEXEC, 0644);
    if (descriptor < 0) {
        const int reason = errno;
        require_regular(path);
        errno = reason;
        throw_io(action, path);
    }
    struct stat info = {};
    if (::fstat(descriptor, &info) != 0 || !S_ISREG(info.st_mode)) {
        ::close(descriptor);
        throw_irregular(path, kind_of(info.st_mode));
    }
    return OpenFile(descriptor);
}

std::size_t read_at(int descriptor, std::uint64_t offset, std::span<std::uint8_t> bytes,
                    const std::filesystem::path& path) {
    std::size_t count = 0;
    while (count < bytes.size()) {
        const ssize_t got = ::pread(descriptor, bytes.data() + count, bytes.size() - count,
                                    static_cast<off_t>(offset + count));
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) throw_io("read", path);
        if (got == 0) break;
        count += static_cast<std::size_t>(got);
    }
    return count;
}

void write_all(int descriptor, std::span<const std::uint8_t> bytes,
               const std::filesystem::path& path) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) throw_io("write to", path);
        bytes = bytes.subspan(static_cast<std::size_t>(written));
    }
}

void sync_folder(const std::filesystem::path& folder) {
    const OpenFile file(folder, O_RDONLY | O_DIRECTORY, "open folder");
    if (::fsync(file.descriptor()) != 0) throw_io("sync folder", folder);
}

void append_line(const std::filesystem::path& path, std::string_view text) {
    const std::string line = std::string(text) + "\n";
    const OpenFile file = open_regular(path, O_WRONLY | O_CREAT | O_APPEND, "open");
    write_all(file.descriptor(), {reinterpret_cast<const std::uint8_t*>(line.data()), line.size()},
              path);
}

std::string whole_text(const std::filesystem::path& path) {
    constexpr std::size_t most = std::size_t{256} << 20U;
    const OpenFile file = open_regular(path, O_RDONLY, "open");
    struct stat info = {};
    if (::fstat(file.descriptor(), &info) != 0) throw_io("read", path);
    if (static_cast<std::uint64_t>(info.st_size) > most)
        throw StoreError(StoreError::Kind::damaged,
                         fmt::format("{} has {} bytes, more than Basin writes; move it away and "
                                     "give the same command again",
                                     path.string(), info.st_size));
    std::string text(static_cast<std::size_t>(info.st_size), '\0');
    text.resize(read_at(file.descriptor(), 0,
                        {reinterpret_cast<std::uint8_t*>(text.data()), text.size()}, path));
    return text;
}

std::vector<std::string> lines_of(const std::filesystem::path& path) {
    require_regular(path);
    if (!std::filesystem::exists(path)) return {};
    std::istringstream in(whole_text(path));
    std::vector<std::string> lines;
    for (std::string line; std::getline(in, line);)
        lines.push_back(line);
    return lines;
}

} // namespace basin
