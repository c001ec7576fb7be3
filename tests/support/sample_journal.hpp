#pragma once
// Small journals with records that no recall made, and what is found in them.

#include "results/journal/journal.hpp"

#include <gtest/gtest.h>
#include <zlib.h>

#include <bit>
#include <cstring>
#include <filesystem>
#include <limits>
#include <map>
#include <string>
#include <vector>

#include "support/temp_folder.hpp"

namespace basin::tests {

inline const JournalHeader header{.kernel_version = 3,
                                  .plan_digest = {.high = 0x1122'3344'5566'7788, .low = 9},
                                  .sweep_name = "stability – β",
                                  .seed = std::numeric_limits<std::uint64_t>::max(),
                                  .metrics = {"recall_error", "exact_recall"},
                                  .host = "node-1",
                                  .process = 4711};

inline Record record_number(std::uint64_t number) {
    Record record;
    record.key = {.high = ~number, .low = number};
    record.cell = 1000 + number;
    record.elapsed_s = 0.5;
    record.outcome.status = Status::done;
    record.outcome.flags = static_cast<Flags>(number);
    record.outcome.values = {static_cast<double>(number), -0.0};
    return record;
}

inline std::vector<Record> records_to(std::uint64_t count) {
    std::vector<Record> records;
    for (std::uint64_t number = 0; number < count; ++number)
        records.push_back(record_number(number));
    return records;
}

inline void expect_same(const Record& a, const Record& b) {
    EXPECT_EQ(a.key, b.key);
    EXPECT_EQ(a.cell, b.cell);
    EXPECT_EQ(a.elapsed_s, b.elapsed_s);
    EXPECT_EQ(a.outcome.status, b.outcome.status);
    EXPECT_EQ(a.outcome.flags, b.outcome.flags);
    EXPECT_EQ(a.outcome.message, b.outcome.message);
    ASSERT_EQ(a.outcome.values.size(), b.outcome.values.size());
    for (std::size_t v = 0; v < a.outcome.values.size(); ++v)
        EXPECT_EQ(std::bit_cast<std::uint64_t>(a.outcome.values[v]),
                  std::bit_cast<std::uint64_t>(b.outcome.values[v]));
}

struct Content {
    JournalScan scan;
    std::map<std::uint64_t, Record> records; ///< by offset
};

inline Content content_of(const std::filesystem::path& path) {
    Content content;
    content.scan = scan_journal(path, [&](const Record& record, std::uint64_t offset) {
        content.records[offset] = record;
    });
    return content;
}

/// A whole journal's bytes, and where its records lie.
struct SampleJournal {
    explicit SampleJournal(std::uint64_t count) {
        const TempFolder folder;
        std::filesystem::path path;
        {
            Journal journal(folder.path(), header);
            journal.append(records_to(count));
            path = journal.path();
        }
        bytes = read_file(path);
        content = content_of(path);
    }

    /// Byte after the record at `offset`.
    std::uint64_t end_of(std::uint64_t offset) const {
        const auto next = content.records.upper_bound(offset);
        return next == content.records.end() ? bytes.size() : next->first;
    }

    std::string bytes;
    Content content;
};

/// What is found in a journal of these bytes. The file goes at once: ext4 makes a file that is
/// truncated and written again durable, which took most of these tests' time.
inline Content content_of_bytes(const TempFolder& folder, const std::string& bytes) {
    const std::filesystem::path path = folder.write("damaged.journal", bytes);
    Content content = content_of(path);
    std::filesystem::remove(path);
    return content;
}

/// `bytes` with a byte set, at an offset from the start of a frame's payload, and the checksum of
/// that frame made right again.
inline std::string with_byte(std::string bytes, std::uint64_t frame, std::size_t magic,
                             std::size_t at, std::uint8_t value) {
    std::uint32_t length = 0;
    std::memcpy(&length, bytes.data() + frame + magic, sizeof length);
    bytes[frame + magic + 4 + at] = static_cast<char>(value);
    const auto sum = static_cast<std::uint32_t>(crc32_z(
        0, reinterpret_cast<const Bytef*>(bytes.data() + frame + magic), length + sizeof length));
    std::memcpy(bytes.data() + frame + magic + 4 + length, &sum, sizeof sum);
    return bytes;
}

} // namespace basin::tests
