#pragma once
// The live store: one append-only file per attempt, never reopened for writing.
//
// header  magic "BASINJ01", length, payload, CRC-32 (zlib) of length and payload; payload: schema
//         version, kernel version, plan digest, sweep name, seed, metric names, host, process.
//         Written twice: without a header the records mean nothing, so one damage must not cost it.
// record  magic, payload length, payload, CRC-32 of length and payload; little-endian; a group of
//         records is one write(). A reader that meets a torn or damaged record goes on at the next
//         magic whose CRC is right, so records after a damage are kept.
// A record counts as kept when write() has returned (death of the process) and as durable when
// sync() has (death of the machine).

#include "results/record.hpp"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

namespace basin {

/// The store cannot be read or written (exit 74: `no_space` or I/O) or is damaged (exit 5).
class StoreError : public std::runtime_error {
public:
    enum class Kind : std::uint8_t { io, damaged, foreign };
    StoreError(Kind what_kind, const std::string& message)
        : std::runtime_error(message), kind(what_kind) {}
    Kind kind;
};

struct JournalHeader {
    std::uint32_t kernel_version = 0;
    Key plan_digest;
    std::string sweep_name;
    std::uint64_t seed = 0;
    std::vector<std::string> metrics; ///< names, in the order of Outcome::values
    std::string host;
    std::uint32_t process = 0;
    bool operator==(const JournalHeader&) const = default;
};

class Journal {
public:
    /// Creates `folder/<host>-<pid>-<attempt>.journal` exclusively (the next free attempt number)
    /// and writes the header durably. Throws StoreError(io).
    Journal(const std::filesystem::path& folder, const JournalHeader& header);
    ~Journal();
    Journal(const Journal&) = delete;
    Journal& operator=(const Journal&) = delete;

    /// Longest time between two syncs while records are appended.
    static constexpr std::chrono::seconds group{1};

    /// Appends the records in one write(); syncs if `group` has passed since the last sync. Not
    /// thread-safe. Throws StoreError(io); what was appended before stays readable, and every
    /// further append is refused.
    void append(std::span<const Record> records);

    /// fdatasync. Throws StoreError(io) and refuses further appends, as append() does.
    void sync();

    const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
    int descriptor_ = -1;
    std::chrono::steady_clock::time_point last_sync_;
    bool unsynced_ = false;
    bool broken_ = false; ///< a write or sync failed: what follows could be torn or not durable
};

struct JournalScan {
    JournalHeader header;
    std::uint64_t records = 0;
    std::uint64_t damaged_bytes = 0; ///< torn tail or damage that was skipped
};

/// The header alone; one without metrics if the file has no whole header.
/// Throws StoreError(io), or (foreign) for another journal format.
JournalHeader read_journal_header(const std::filesystem::path& path);

/// Visits every good record with its byte offset in the file. A file without a whole header (killed
/// while being created) has no records. Throws StoreError: io, foreign (another journal format),
/// damaged (not a journal, or records without a header).
JournalScan scan_journal(const std::filesystem::path& path,
                         const std::function<void(const Record&, std::uint64_t offset)>& visit);

/// The record at an offset that scan_journal gave. Throws StoreError: io, or damaged.
Record read_record(int descriptor, std::uint64_t offset);

} // namespace basin
