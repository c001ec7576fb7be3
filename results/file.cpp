#include "results/file.hpp"

#include "results/journal.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <fcntl.h>
#include <fstream>
#include <string>
#include <sys/mman.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace basin {

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
    const OpenFile file(path, O_WRONLY | O_CREAT | O_APPEND, "open");
    write_all(file.descriptor(), {reinterpret_cast<const std::uint8_t*>(line.data()), line.size()},
              path);
}

std::vector<std::string> lines_of(const std::filesystem::path& path) {
    std::ifstream in(path);
    std::vector<std::string> lines;
    for (std::string line; std::getline(in, line);)
        lines.push_back(line);
    return lines;
}

MappedFile::MappedFile(const std::filesystem::path& path) {
    const OpenFile file(path, O_RDONLY, "open");
    struct stat info = {};
    if (::fstat(file.descriptor(), &info) != 0) throw_io("read", path);
    size_ = static_cast<std::size_t>(info.st_size);
    if (size_ == 0) return;
    void* mapped = ::mmap(nullptr, size_, PROT_READ, MAP_PRIVATE, file.descriptor(), 0);
    if (mapped == MAP_FAILED) throw_io("read", path);
    ::madvise(mapped, size_, MADV_SEQUENTIAL);
    data_ = static_cast<const std::uint8_t*>(mapped);
}

void MappedFile::forget(std::size_t end) const {
    const auto page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
    const std::size_t whole_pages = std::min(end, size_) / page * page;
    if (whole_pages > 0) ::madvise(const_cast<std::uint8_t*>(data_), whole_pages, MADV_DONTNEED);
}

MappedFile::~MappedFile() {
    if (data_) ::munmap(const_cast<std::uint8_t*>(data_), size_);
}

} // namespace basin
