#pragma once
// What a file of another format is, by its first bytes, and how such a file is read.

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace basin {

/// "; it is a PNG image: ..." to follow a refusal, or "" for bytes that are not known. Eight bytes
/// are enough.
std::string format_hint(std::span<const std::uint8_t> first);

/// The first eight bytes of a file, or all of a shorter one; none if it cannot be read.
std::vector<std::uint8_t> first_bytes(const std::string& path);

} // namespace basin
