#pragma once
// The bytes of a journal (see results/journal/journal.hpp), written and read.

#include "results/journal/journal.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace basin::journal_format {

using Bytes = std::span<const std::uint8_t>;

inline constexpr std::array<std::uint8_t, 8> file_magic{'B', 'A', 'S', 'I', 'N', 'J', '0', '1'};
inline constexpr std::array<std::uint8_t, 4> record_magic{'R', 'E', 'C', 'R'};

/// Longest payload that is taken for one.
inline constexpr std::uint32_t longest_payload = 1U << 20U;

/// Bytes of a frame around this payload.
inline constexpr std::size_t framed_size(std::size_t magic_size, std::size_t payload) {
    return magic_size + 2 * sizeof(std::uint32_t) + payload;
}

/// Appends the header's frame, twice.
void put_header(std::vector<std::uint8_t>& out, const JournalHeader& header);

/// Appends the frame of a record.
void put_record(std::vector<std::uint8_t>& out, const Record& record);

/// The payload length that a frame announces. `frame`: magic and length at least.
std::size_t announced_length(Bytes frame, std::size_t magic_size);

/// The payload of the header framed at the start of `bytes`; empty if magic, length or checksum is
/// wrong.
Bytes header_at(Bytes bytes);

/// Throws StoreError: foreign for another version of the format, damaged if it ends early.
JournalHeader parse_header(Bytes payload, const std::filesystem::path& path);

/// The record framed at the start of `bytes`, and the bytes that it takes.
struct FramedRecord {
    RecordView record;
    std::size_t size = 0;
};

/// Nothing if magic, length or checksum is wrong, or if no program can have written this: a length
/// that is not that of its parts, a status that no record has.
std::optional<FramedRecord> record_at(Bytes bytes);

} // namespace basin::journal_format
