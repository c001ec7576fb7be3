#pragma once
// The members of a zip archive, stored or deflated. Source: PKWARE's APPNOTE.TXT 6.3.10.

#include <cstdint>
#include <string>
#include <vector>

namespace basin {

struct ZipMember {
    std::string name;
    std::uint16_t method = 0; ///< 0: stored; 8: deflated
    bool encrypted = false;
    std::uint32_t checksum = 0; ///< CRC-32 of the bytes
    std::uint64_t packed = 0;   ///< bytes in the archive
    std::uint64_t size = 0;     ///< bytes of the member
    std::uint64_t header = 0;   ///< place of its local header
};

/// The members that the archive's central directory lists, in its order. Sizes beyond 4 GiB are
/// read (zip64). Throws InputError naming the file: cannot be opened, no zip archive, truncated or
/// damaged, of several disks.
std::vector<ZipMember> zip_members(const std::string& path);

/// The bytes of a member. Memory grows with what the archive really holds. Throws InputError naming
/// file and member: encrypted, of another method, damaged, or of another size or checksum.
std::vector<std::uint8_t> unzipped(const std::string& path, const ZipMember& member);

} // namespace basin
