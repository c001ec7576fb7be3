#include "models/files/zip_archive.hpp"

#include "models/base/errors.hpp"

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <memory>
#include <span>
#include <string_view>
#include <system_error>

namespace basin {

namespace {

using Bytes = std::vector<std::uint8_t>;

constexpr std::uint32_t end_signature = 0x06054b50;
constexpr std::uint32_t end64_signature = 0x06064b50;
constexpr std::uint32_t locator_signature = 0x07064b50;
constexpr std::uint32_t member_signature = 0x02014b50;
constexpr std::uint32_t local_signature = 0x04034b50;
constexpr std::size_t end_bytes = 22;
constexpr std::size_t end64_bytes = 56;
constexpr std::size_t locator_bytes = 20;
constexpr std::size_t member_bytes = 46;
constexpr std::size_t local_bytes = 30;
constexpr std::uint32_t elsewhere = 0xFFFFFFFF; ///< the number is in the zip64 part

/// Little-endian number of `count` bytes. They must be there.
std::uint64_t number(std::span<const std::uint8_t> bytes, std::size_t at, std::size_t count) {
    std::uint64_t value = 0;
    for (std::size_t b = count; b-- > 0;)
        value = (value << 8U) | bytes[at + b];
    return value;
}

class Archive {
public:
    explicit Archive(const std::string& path)
        : path_(path), file_(std::fopen(path.c_str(), "rb"), &std::fclose) {
        if (!file_)
            fail(fmt::format("cannot be opened: {}", std::generic_category().message(errno)));
        if (std::fseek(file_.get(), 0, SEEK_END) != 0) fail("cannot be read");
        size_ = static_cast<std::uint64_t>(std::max(0L, std::ftell(file_.get())));
    }

    std::uint64_t size() const { return size_; }

    /// `count` bytes from `at` on; what they are goes into the message if they are not there.
    Bytes read(std::uint64_t at, std::uint64_t count, std::string_view what) const {
        if (at > size_ || count > size_ - at)
            fail(fmt::format("truncated or damaged: {} would lie from byte {} to {}, but the file "
                             "has {}",
                             what, at, at + count, size_));
        Bytes bytes(count);
        if (std::fseek(file_.get(), static_cast<long>(at), SEEK_SET) != 0 ||
            std::fread(bytes.data(), 1, bytes.size(), file_.get()) != bytes.size())
            fail(fmt::format("cannot be read: {}", what));
        return bytes;
    }

    [[noreturn]] void fail(std::string_view problem) const {
        throw InputError(fmt::format("{}: {}", path_, problem));
    }

private:
    std::string path_;
    std::unique_ptr<std::FILE, int (*)(std::FILE*)> file_;
    std::uint64_t size_ = 0;
};

struct Directory {
    std::uint64_t at = 0;
    std::uint64_t bytes = 0;
    std::uint64_t members = 0;
};

Directory directory64(const Archive& archive, std::uint64_t end) {
    if (end < locator_bytes) archive.fail("truncated or damaged: no zip64 locator");
    const Bytes locator = archive.read(end - locator_bytes, locator_bytes, "the zip64 locator");
    if (number(locator, 0, 4) != locator_signature)
        archive.fail("truncated or damaged: no zip64 locator");
    const Bytes record = archive.read(number(locator, 8, 8), end64_bytes, "the zip64 end");
    if (number(record, 0, 4) != end64_signature) archive.fail("truncated or damaged: no zip64 end");
    return {number(record, 48, 8), number(record, 40, 8), number(record, 32, 8)};
}

/// Looks for the end record from behind: a comment of up to 64 KiB may follow it.
Directory find_directory(const Archive& archive) {
    constexpr std::uint64_t most_comment = 0xFFFF;
    const std::uint64_t tail_bytes = std::min(archive.size(), end_bytes + most_comment);
    const std::uint64_t tail_at = archive.size() - tail_bytes;
    const Bytes tail = archive.read(tail_at, tail_bytes, "the end");
    for (std::size_t at = tail.size() < end_bytes ? 0 : tail.size() - end_bytes + 1; at-- > 0;) {
        if (number(tail, at, 4) != end_signature ||
            number(tail, at + 20, 2) != tail.size() - at - end_bytes)
            continue;
        if (number(tail, at + 4, 2) != 0) archive.fail("is one of several disks of an archive");
        const Directory directory{number(tail, at + 16, 4), number(tail, at + 12, 4),
                                  number(tail, at + 10, 2)};
        const bool is_large = directory.at == elsewhere || directory.bytes == elsewhere ||
                              directory.members == 0xFFFF;
        return is_large ? directory64(archive, tail_at + at) : directory;
    }
    archive.fail("not a zip archive, or a truncated one: it has no end record");
}

/// Takes what did not fit into a member's entry from its zip64 field.
void read_zip64(std::span<const std::uint8_t> extra, ZipMember& member, const Archive& archive) {
    while (extra.size() >= 4) {
        const std::uint64_t id = number(extra, 0, 2);
        const std::uint64_t length = number(extra, 2, 2);
        extra = extra.subspan(4);
        if (length > extra.size()) break;
        if (id == 1) {
            std::span<const std::uint8_t> field = extra.first(length);
            for (std::uint64_t* const value : {&member.size, &member.packed, &member.header}) {
                if (*value != elsewhere) continue;
                if (field.size() < 8) archive.fail("damaged: a zip64 field is too short");
                *value = number(field, 0, 8);
                field = field.subspan(8);
            }
            return;
        }
        extra = extra.subspan(length);
    }
}

/// Inflates all of `packed`, to `size` bytes at most and one more that tells that there are more.
Bytes inflated(std::span<const std::uint8_t> packed, std::uint64_t size) {
    constexpr std::uint64_t at_once = std::uint64_t{1} << 20U;
    z_stream stream{};
    if (inflateInit2(&stream, -MAX_WBITS) != Z_OK) throw std::bad_alloc();
    const std::unique_ptr<z_stream, int (*)(z_stream*)> close(&stream, &inflateEnd);
    Bytes bytes;
    int state = Z_OK;
    while (state == Z_OK && bytes.size() <= size) {
        if (stream.avail_in == 0 && !packed.empty()) {
            const std::size_t part = std::min<std::size_t>(packed.size(), at_once);
            stream.next_in = const_cast<Bytef*>(packed.data()); // zlib reads from it alone
            stream.avail_in = static_cast<unsigned>(part);
            packed = packed.subspan(part);
        }
        const std::size_t before = bytes.size();
        const std::uint64_t room = std::min(at_once, size + 1 - before);
        bytes.resize(before + room);
        stream.next_out = bytes.data() + before;
        stream.avail_out = static_cast<unsigned>(room);
        state = inflate(&stream, Z_NO_FLUSH);
        bytes.resize(bytes.size() - stream.avail_out);
    }
    if (state != Z_STREAM_END || stream.avail_in > 0 || !packed.empty()) bytes.resize(size + 1);
    return bytes;
}

} // namespace

std::vector<ZipMember> zip_members(const std::string& path) {
    const Archive archive(path);
    const Directory directory = find_directory(archive);
    const Bytes bytes = archive.read(directory.at, directory.bytes, "the central directory");
    std::vector<ZipMember> members;
    std::size_t at = 0;
    for (std::uint64_t m = 0; m < directory.members; ++m) {
        const std::size_t left = bytes.size() - at;
        if (left < member_bytes || number(bytes, at, 4) != member_signature)
            archive.fail(fmt::format("damaged: the central directory has {} of {} members", m,
                                     directory.members));
        const std::uint64_t name = number(bytes, at + 28, 2);
        const std::uint64_t extra = number(bytes, at + 30, 2);
        const std::uint64_t entry = member_bytes + name + extra + number(bytes, at + 32, 2);
        if (entry > left) archive.fail("damaged: the central directory ends within a member");
        const std::span<const std::uint8_t> text(bytes.data() + at + member_bytes, name);
        ZipMember member{std::string(text.begin(), text.end()),
                         static_cast<std::uint16_t>(number(bytes, at + 10, 2)),
                         (number(bytes, at + 8, 2) & 1U) != 0,
                         static_cast<std::uint32_t>(number(bytes, at + 16, 4)),
                         number(bytes, at + 20, 4),
                         number(bytes, at + 24, 4),
                         number(bytes, at + 42, 4)};
        read_zip64({bytes.data() + at + member_bytes + name, extra}, member, archive);
        members.push_back(std::move(member));
        at += entry;
    }
    return members;
}

std::vector<std::uint8_t> unzipped(const std::string& path, const ZipMember& member) {
    const Archive archive(path);
    const auto fail = [&](const std::string& problem) {
        archive.fail(fmt::format("{}: {}", member.name, problem));
    };
    if (member.encrypted) fail("is encrypted; write the archive without a password");
    if (member.method != 0 && member.method != 8)
        fail(fmt::format("is compressed by method {}, but stored and deflated members are read; "
                         "write it as numpy.savez or savez_compressed do",
                         member.method));
    const Bytes local = archive.read(member.header, local_bytes, "a member's header");
    if (number(local, 0, 4) != local_signature)
        fail("damaged: its header is not where it should be");
    const std::uint64_t begin =
        member.header + local_bytes + number(local, 26, 2) + number(local, 28, 2);
    Bytes bytes = archive.read(begin, member.packed, fmt::format("the bytes of {}", member.name));
    constexpr std::uint64_t most_expansion = 1032; // of deflate: 258 bytes from 2 bits
    if (member.size / most_expansion > member.packed)
        fail(fmt::format("damaged: {} bytes cannot be packed into {}", member.size, member.packed));
    if (member.method == 8) bytes = inflated(bytes, member.size);
    if (bytes.size() != member.size)
        fail(fmt::format("damaged: it does not unpack to its {} bytes", member.size));
    std::uint64_t sum = 0;
    constexpr std::size_t at_once = std::size_t{1} << 30U; // zlib counts in 32 bits
    for (std::size_t at = 0; at < bytes.size(); at += at_once)
        sum = crc32(sum, bytes.data() + at,
                    static_cast<unsigned>(std::min(at_once, bytes.size() - at)));
    if (sum != member.checksum) fail("damaged: its checksum does not fit");
    return bytes;
}

} // namespace basin
