#include "results/files/output_file.hpp"

#include <cerrno>
#include <cstdint>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace basin {

namespace {

bool is_standard_output(const struct stat& file) {
    struct stat own = {};
    return ::fstat(STDOUT_FILENO, &own) == 0 && own.st_dev == file.st_dev &&
           own.st_ino == file.st_ino;
}

} // namespace

OutputFile::OutputFile(const std::filesystem::path& path) : path_(path) {
    struct stat info = {};
    const bool is_there = ::stat(path.c_str(), &info) == 0;
    if (is_there && S_ISDIR(info.st_mode)) {
        errno = EISDIR;
        throw_io("write to", path);
    }
    if (is_there && is_standard_output(info))
        through_.emplace(::fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 0));
    else if (is_there && !S_ISREG(info.st_mode))
        through_.emplace(path, O_WRONLY | O_NOCTTY, "write to");
    else
        part_.emplace(path);
}

void OutputFile::publish() {
    if (part_) part_->publish();
}

void write_output(const std::filesystem::path& path, std::string_view text) {
    OutputFile file(path);
    write_all(file.descriptor(), {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()},
              path);
    file.publish();
}

} // namespace basin
