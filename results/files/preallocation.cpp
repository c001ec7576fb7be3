#include "results/files/preallocation.hpp"

#include "results/files/file.hpp"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace basin {

namespace {

constexpr std::uint64_t longest_step = std::uint64_t{8} << 20U;

/// 0, or why not.
int reserve(int descriptor, std::uint64_t from, std::uint64_t length) {
    while (::fallocate(descriptor, FALLOC_FL_KEEP_SIZE, static_cast<off_t>(from),
                       static_cast<off_t>(length)) != 0)
        if (errno != EINTR) return errno;
    return 0;
}

bool is_full(int reason) {
    return reason == ENOSPC || reason == EDQUOT;
}

} // namespace

void ReservedSpace::ensure(int descriptor, std::uint64_t size, std::uint64_t length,
                           const std::filesystem::path& path) {
    if (!works_ || size + length <= end_) return;
    int reason = reserve(descriptor, size, std::max(step_, length));
    if (reason == 0) {
        end_ = size + std::max(step_, length);
        step_ = std::min(2 * step_, longest_step);
        return;
    }
    if (is_full(reason)) reason = reserve(descriptor, size, length);
    if (is_full(reason)) {
        errno = reason;
        throw_io("write to", path);
    }
    works_ = reason == 0; // what it cannot do now it cannot do later
}

void ReservedSpace::give_back(int descriptor) {
    struct stat info = {};
    // Cutting a file at its end frees the blocks behind it.
    if (end_ > 0 && ::fstat(descriptor, &info) == 0 &&
        static_cast<std::uint64_t>(info.st_size) < end_ &&
        ::ftruncate(descriptor, info.st_size) != 0)
        return; // costs space until the file is removed, and nothing else
    end_ = 0;
}

} // namespace basin
