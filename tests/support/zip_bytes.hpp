#pragma once
// Zip archives made byte by byte, by a writer that shares nothing with the reader.

#include <zlib.h>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace basin::tests {

struct ZipSource {
    std::string name;
    std::string bytes;
    bool deflated = false;
    bool large = false;            ///< sizes in zip64 fields, as NumPy writes beyond 4 GiB
    std::uint16_t method = 0xFFFF; ///< another one to announce
    std::uint16_t flags = 0;
};

inline std::string little(std::uint64_t number, unsigned count) {
    std::string bytes;
    for (unsigned b = 0; b < count; ++b)
        bytes += static_cast<char>(number >> (8 * b));
    return bytes;
}

/// Raw deflate.
inline std::string deflated(const std::string& bytes) {
    z_stream stream{};
    deflateInit2(&stream, 9, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
    std::string packed(bytes.size() + 100, '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream.avail_in = static_cast<unsigned>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef*>(packed.data());
    stream.avail_out = static_cast<unsigned>(packed.size());
    deflate(&stream, Z_FINISH);
    packed.resize(stream.total_out);
    deflateEnd(&stream);
    return packed;
}

inline std::string zip_bytes(const std::vector<ZipSource>& members, const std::string& comment = "",
                             bool zip64 = false) {
    std::string file;
    std::string directory;
    for (const ZipSource& member : members) {
        const std::string packed = member.deflated ? deflated(member.bytes) : member.bytes;
        const auto sum =
            static_cast<std::uint32_t>(crc32(0, reinterpret_cast<const Bytef*>(member.bytes.data()),
                                             static_cast<unsigned>(member.bytes.size())));
        const std::uint16_t method = member.method != 0xFFFF ? member.method
                                     : member.deflated       ? 8
                                                             : 0;
        const std::string facts =
            little(member.flags, 2) + little(method, 2) + little(0, 4) + little(sum, 4);
        const std::uint64_t hidden = 0xFFFFFFFF;
        const std::string sizes = little(member.large ? hidden : packed.size(), 4) +
                                  little(member.large ? hidden : member.bytes.size(), 4);
        const std::string field = member.large ? little(1, 2) + little(16, 2) +
                                                     little(member.bytes.size(), 8) +
                                                     little(packed.size(), 8)
                                               : "";
        const std::string lengths = little(member.name.size(), 2) + little(field.size(), 2);
        directory += "PK\x01\x02" + little(45, 2) + little(45, 2) + facts + sizes + lengths +
                     little(0, 2) + little(0, 2) + little(0, 2) + little(0, 4) +
                     little(file.size(), 4) + member.name + field;
        file +=
            "PK\x03\x04" + little(45, 2) + facts + sizes + lengths + member.name + field + packed;
    }
    const std::size_t at = file.size();
    file += directory;
    if (zip64) {
        const std::size_t record = file.size();
        file += "PK\x06\x06" + little(44, 8) + little(45, 2) + little(45, 2) + little(0, 4) +
                little(0, 4) + little(members.size(), 8) + little(members.size(), 8) +
                little(directory.size(), 8) + little(at, 8);
        file += "PK\x06\x07" + little(0, 4) + little(record, 8) + little(1, 4);
        file += "PK\x05\x06" + little(0, 4) + little(0xFFFF, 2) + little(0xFFFF, 2) +
                little(0xFFFFFFFF, 4) + little(0xFFFFFFFF, 4);
    } else {
        file += "PK\x05\x06" + little(0, 4) + little(members.size(), 2) +
                little(members.size(), 2) + little(directory.size(), 4) + little(at, 4);
    }
    return file + little(comment.size(), 2) + comment;
}

} // namespace basin::tests
