#include "results/files/atomic_file.hpp"

#include "results/files/file.hpp"
#include "results/files/store_error.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstdio>
#include <fcntl.h>
#include <fstream>
#include <string>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace basin {

namespace {

std::string part_prefix(const std::filesystem::path& path) {
    return path.filename().string() + ".part-" + host_name() + "-";
}

/// Whether a process has ended and only waits for its parent to ask how.
bool is_zombie(pid_t id) {
    std::ifstream file("/proc/" + std::to_string(id) + "/stat");
    std::string stat;
    std::getline(file, stat);
    const std::size_t name_end = stat.rfind(')'); // the name may hold anything
    return name_end != std::string::npos && stat.substr(name_end).starts_with(") Z");
}

bool is_dead(std::string_view process) {
    pid_t id = 0;
    const auto [end, error] = std::from_chars(process.begin(), process.end(), id);
    const bool number = error == std::errc{} && end == process.end() && id > 0;
    return number && ((::kill(id, 0) != 0 && errno == ESRCH) || is_zombie(id));
}

std::filesystem::path folder_of(const std::filesystem::path& file) {
    return file.has_parent_path() ? file.parent_path() : ".";
}

void remove_abandoned_parts(const std::filesystem::path& path) {
    const std::string prefix = part_prefix(path);
    std::error_code ignored; // what cannot be listed or removed does no harm
    for (const auto& entry : std::filesystem::directory_iterator(folder_of(path), ignored)) {
        const std::string name = entry.path().filename().string();
        if (!name.starts_with(prefix)) continue;
        const std::string_view process = std::string_view(name).substr(prefix.size());
        if (is_dead(process.substr(0, process.find('-'))))
            std::filesystem::remove(entry.path(), ignored);
    }
}

/// What the links at a path lead to, whether it is there or not.
std::filesystem::path followed(const std::filesystem::path& path) {
    constexpr int most_links = 40; // as the system's
    std::filesystem::path file = path;
    std::error_code failure;
    for (int links = 0; std::filesystem::is_symlink(file, failure); ++links) {
        if (links == most_links) {
            errno = ELOOP;
            throw_io("write to", path);
        }
        file = file.parent_path() / std::filesystem::read_symlink(file, failure);
    }
    return file;
}

} // namespace

PartFile::PartFile(const std::filesystem::path& target) : target_(followed(target)) {
    if (struct stat info = {}; ::stat(target_.c_str(), &info) == 0 && !S_ISREG(info.st_mode))
        throw StoreError(StoreError::Kind::io,
                         fmt::format("cannot replace {}: it is {}", target_.string(),
                                     S_ISDIR(info.st_mode) ? "a folder" : "no regular file"));
    remove_abandoned_parts(target_);
    // A number of its own if this process's name is taken: by a process with the same number in
    // another container on a folder that both see.
    const std::string name = part_prefix(target_) + std::to_string(::getpid());
    for (int number = 0; descriptor_ < 0; ++number) {
        path_ = target_.parent_path() / (number == 0 ? name : fmt::format("{}-{}", name, number));
        descriptor_ =
            ::open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0644);
        if (descriptor_ < 0 && (errno != EEXIST || number == 100)) throw_io("write to", target_);
    }
}

PartFile::~PartFile() {
    if (!published_) ::unlink(path_.c_str());
    ::close(descriptor_);
}

void PartFile::publish() {
    if (::fsync(descriptor_) != 0) throw_io("sync", path_);
    if (::rename(path_.c_str(), target_.c_str()) != 0) throw_io("rename to", target_);
    published_ = true;
    settle();
}

bool PartFile::publish_new() {
    if (::fsync(descriptor_) != 0) throw_io("sync", path_);
    // File systems know one or the other: NFS has links alone, FAT has renames alone.
    int reason = 0;
    if (::renameat2(AT_FDCWD, path_.c_str(), AT_FDCWD, target_.c_str(), RENAME_NOREPLACE) == 0)
        published_ = true;
    else if (errno == EEXIST || ::link(path_.c_str(), target_.c_str()) != 0)
        reason = errno;
    if (reason == EEXIST) return false;
    errno = reason;
    if (reason != 0) throw_io("create", target_);
    settle();
    return true;
}

/// What follows when the target has its name.
void PartFile::settle() const {
    sync_folder(folder_of(target_));
    remove_abandoned_parts(target_); // of a process that was about to end when this one began
}

void replace_file(const std::filesystem::path& path, std::span<const std::uint8_t> bytes) {
    PartFile part(path);
    write_all(part.descriptor(), bytes, part.path());
    part.publish();
}

void replace_file(const std::filesystem::path& path, std::string_view text) {
    replace_file(path, {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
}

bool create_file(const std::filesystem::path& path, std::string_view text) {
    PartFile part(path);
    write_all(part.descriptor(), {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()},
              part.path());
    return part.publish_new();
}

} // namespace basin
