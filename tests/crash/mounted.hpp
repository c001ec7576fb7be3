#pragma once
// File systems for one test. Only root can mount: whoever uses this skips when there is no mount.

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <string>
#include <sys/mount.h>

namespace basin::tests {

/// An empty file system in memory, unmounted when it goes.
class MemoryDisk {
public:
    MemoryDisk(std::filesystem::path folder, std::uintmax_t bytes) : folder_(std::move(folder)) {
        std::filesystem::create_directories(folder_);
        const std::string size = "size=" + std::to_string(bytes);
        mounted_ = ::mount("none", folder_.c_str(), "tmpfs", 0, size.c_str()) == 0;
        if (!mounted_) why_not_ = std::string("cannot mount: ") + std::strerror(errno);
    }
    ~MemoryDisk() {
        if (mounted_) ::umount2(folder_.c_str(), MNT_DETACH);
    }
    MemoryDisk(const MemoryDisk&) = delete;
    MemoryDisk& operator=(const MemoryDisk&) = delete;

    const std::string& why_not() const { return why_not_; } ///< empty if it is mounted
    bool make_read_only() const {
        return ::mount(nullptr, folder_.c_str(), nullptr, MS_REMOUNT | MS_RDONLY, nullptr) == 0;
    }

private:
    std::filesystem::path folder_;
    bool mounted_ = false;
    std::string why_not_;
};

} // namespace basin::tests
