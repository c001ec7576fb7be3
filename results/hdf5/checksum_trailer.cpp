#include "results/hdf5/checksum_trailer.hpp"

#include "results/files/bytes.hpp"
#include "results/files/key_stream.hpp"
#include "results/journal/journal.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <fcntl.h>
#include <span>
#include <string>
#include <string_view>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

namespace basin {

namespace {

constexpr std::array<std::uint8_t, 8> magic{'B', 'A', 'S', 'I', 'N', 'S', 'L', '1'};
constexpr std::size_t seal_size = magic.size() + 3 * sizeof(std::uint64_t);

/// Bytes read at a time: enough for speed, and they stay in the core's cache.
constexpr std::size_t piece_size = std::size_t{256} << 10;

std::uint64_t size_of(int descriptor, const std::filesystem::path& path) {
    struct stat info = {};
    if (::fstat(descriptor, &info) != 0) throw_io("read", path);
    return static_cast<std::uint64_t>(info.st_size);
}

/// The seal of the first `length` bytes of a file, or of fewer if it has become shorter.
std::vector<std::uint8_t> seal_of(int descriptor, std::uint64_t length,
                                  const std::filesystem::path& path) {
    KeyStream hash;
    std::vector<std::uint8_t> piece(piece_size);
    std::uint64_t offset = 0;
    while (offset < length) {
        const auto wanted = static_cast<std::size_t>(std::min(length - offset, piece_size));
        const std::size_t got = read_at(descriptor, offset, std::span(piece).first(wanted), path);
        if (got == 0) break;
        hash.add(std::span(piece).first(got));
        offset += got;
    }
    const Key key = hash.key();
    std::vector<std::uint8_t> sealing;
    ByteWriter bytes(sealing);
    for (const std::uint8_t byte : magic)
        bytes.put(byte);
    bytes.put(offset);
    bytes.put(key.high);
    bytes.put(key.low);
    return sealing;
}

[[noreturn]] void throw_damaged(const std::filesystem::path& path, std::string_view what) {
    throw StoreError(
        StoreError::Kind::damaged,
        fmt::format("{} {}: it is damaged, or another program has changed or written it; give the "
                    "run command again, which makes it anew from the journals",
                    path.string(), what));
}

} // namespace

void seal(const std::filesystem::path& file) {
    const OpenFile open(file, O_RDWR | O_APPEND, "open");
    write_all(open.descriptor(), seal_of(open.descriptor(), size_of(open.descriptor(), file), file),
              file);
}

bool is_sealed(const std::filesystem::path& file) {
    require_regular(file);
    if (!std::filesystem::exists(file)) return false;
    try {
        const SealedFile sealed(file);
        return true;
    } catch (const StoreError& error) {
        if (error.kind != StoreError::Kind::damaged) throw;
        return false;
    }
}

SealedFile::SealedFile(const std::filesystem::path& file)
    : file_(open_regular(file, O_RDONLY, "open")) {
    const std::uint64_t size = size_of(file_.descriptor(), file);
    if (size < seal_size) throw_damaged(file, "is too short for a result file of Basin");
    std::vector<std::uint8_t> found(seal_size);
    found.resize(read_at(file_.descriptor(), size - seal_size, found, file));
    if (found.size() != seal_size || !std::equal(magic.begin(), magic.end(), found.begin()))
        throw_damaged(file, "does not end with the seal of a result file of Basin");
    if (seal_of(file_.descriptor(), size - seal_size, file) != found)
        throw_damaged(file, "does not have the checksum that it was sealed with");
}

std::filesystem::path SealedFile::path() const {
    return fmt::format("/proc/self/fd/{}", file_.descriptor());
}

} // namespace basin
