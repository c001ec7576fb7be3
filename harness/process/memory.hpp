#pragma once
// Amounts of memory: as people write them, and what there is of it.

#include <cstddef>
#include <string>
#include <string_view>

namespace basin {

/// "4G", "512M", "1.5G", "800000": a number, then nothing for bytes or K, M, G or T for powers of
/// 1024. Throws UsageError for anything else.
std::size_t memory_size(std::string_view text);

/// "28 MB", "1.5 GB": three digits, powers of 1024.
std::string memory_text(std::size_t bytes);

/// What this process may still take: the machine's available memory, or what its control groups or
/// its own limits (ulimit -v, -d) leave if that is less. The largest number where the system tells
/// neither.
std::size_t available_memory();

} // namespace basin
