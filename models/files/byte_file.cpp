#include "models/files/byte_file.hpp"

#include "models/base/errors.hpp"

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <utility>

namespace basin {

namespace {

constexpr std::size_t chunk_bytes = std::size_t{1} << 20;

std::string system_message() {
    return std::generic_category().message(errno);
}

} // namespace

void ByteFile::Close::operator()(gzFile_s* file) const {
    gzclose_r(file);
}

ByteFile::ByteFile(const std::string& path) : path_(path), file_(gzopen(path.c_str(), "rb")) {
    if (!file_) fail(fmt::format("cannot be opened: {}", system_message()));
    gzbuffer(file_.get(), 1U << 17);
}

ByteFile::ByteFile(std::string place, std::vector<std::uint8_t> bytes)
    : path_(std::move(place)), bytes_(std::move(bytes)) {}

std::size_t ByteFile::read_into(std::uint8_t* bytes, std::size_t count) {
    if (!file_) {
        const std::size_t got = std::min(count, bytes_.size() - read_);
        std::copy_n(bytes_.data() + read_, got, bytes);
        read_ += got;
        return got;
    }
    const int got = gzread(file_.get(), bytes, static_cast<unsigned>(count));
    if (got < 0) {
        int code = Z_OK;
        const char* message = gzerror(file_.get(), &code);
        fail(code == Z_ERRNO ? fmt::format("cannot be read: {}", system_message())
                             : fmt::format("damaged gzip data: {}", message));
    }
    return static_cast<std::size_t>(got);
}

std::vector<std::uint8_t> ByteFile::take(std::uint64_t count, std::string_view what) {
    std::vector<std::uint8_t> bytes;
    while (bytes.size() < count) {
        const std::size_t before = bytes.size();
        const auto wanted = std::min<std::uint64_t>(chunk_bytes, count - before);
        bytes.resize(before + wanted);
        const std::size_t got = read_into(bytes.data() + before, wanted);
        if (got < wanted)
            fail(fmt::format("truncated: {} take {} bytes, but only {} are there", what, count,
                             before + got));
    }
    return bytes;
}

std::vector<std::uint8_t> ByteFile::take_up_to(std::size_t most) {
    std::vector<std::uint8_t> bytes;
    while (bytes.size() < most) {
        const std::size_t before = bytes.size();
        const std::size_t wanted = std::min(chunk_bytes, most - before);
        bytes.resize(before + wanted);
        bytes.resize(before + read_into(bytes.data() + before, wanted));
        if (bytes.size() < before + wanted) break;
    }
    return bytes;
}

void ByteFile::expect_end() {
    std::uint8_t next = 0;
    if (read_into(&next, 1) != 0) fail("trailing bytes after the array that the header announces");
    if (!file_) return;
    int code = Z_OK;
    gzerror(file_.get(), &code);
    if (code == Z_BUF_ERROR) fail("truncated: the gzip data lack their checksum");
}

void ByteFile::fail(std::string_view problem) const {
    throw InputError(fmt::format("{}: {}", path_, problem));
}

} // namespace basin
