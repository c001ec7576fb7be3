#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string_view>

namespace basin {

/// Bytes of memory that the patterns of a file may take. The program sets it before it reads any.
inline std::size_t pattern_room = std::numeric_limits<std::size_t>::max();

/// To be asked with what a file's header announces, before its values are read. Throws InputError
/// with the remedy if `values` of `stored_bytes` each, which become float32 beside them, need more
/// than pattern_room. `place` names the file.
void require_pattern_room(std::uint64_t values, std::size_t stored_bytes, std::string_view place);

} // namespace basin
