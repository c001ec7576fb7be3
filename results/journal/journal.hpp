#pragma once
// The live store: one append-only file per attempt, never reopened for writing.
//
// header  magic "BASINJ01", length, payload, CRC-32 (zlib) of length and payload; payload: schema
//         version, kernel version, plan digest, sweep name, seed, metric names, host, process.
//         Written twice: without a header the records mean nothing, so one damage must not cost it.
// record  magic, payload length, payload, CRC-32 of length and payload; little-endian; a group of
//         records is one write(). A reader that meets a torn or damaged record goes on at the next
//         magic whose CRC is right, so records after a damage are kept.
// A record counts as kept when write() has returned (death of the process) and as durable when a
// sync has (death of the machine); the sync policy says how soon that is.

#include "results/files/background_sync.hpp"
#include "results/files/file.hpp"
#include "results/files/preallocation.hpp"
#include "results/files/store_error.hpp"
#include "results/files/sync_policy.hpp"
#include "results/journal/record.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace basin {

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
    /// and writes the header durably, whatever the policy. Throws StoreError(io).
    Journal(const std::filesystem::path& folder, const JournalHeader& header,
            const SyncPolicy& policy = {});
    ~Journal(); ///< a last sync, unless the policy wants none; gives back what was reserved
    Journal(const Journal&) = delete;
    Journal& operator=(const Journal&) = delete;

    /// Appends the records in one write(). Durable when it returns (policy each), or by a sync that
    /// begins at most the policy's interval later, from a thread of the journal's own, whether or
    /// not more is appended (group). A message of more than 64 KiB is cut. Not thread-safe. Throws
    /// StoreError(io), also for a sync that failed since or found the file removed; what was
    /// appended before stays readable, and every further append is refused.
    void append(std::span<const Record> records);

    /// fdatasync of all that was appended, whatever the policy. Throws StoreError(io) and refuses
    /// further appends, as append() does.
    void sync();

    const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
    OpenFile file_;
    std::uint64_t size_ = 0;
    ReservedSpace reserved_;
    std::vector<std::uint8_t> buffer_; ///< of append(), kept for its memory
    bool broken_ = false; ///< a write or sync failed: what follows could be torn or not durable
    std::optional<DurableFile> durable_; ///< goes before file_ does
};

/// Bytes of a file.
struct ByteRange {
    std::uint64_t offset = 0;
    std::uint64_t length = 0;
    bool operator==(const ByteRange&) const = default;
};

struct JournalScan {
    JournalHeader header;
    std::uint64_t records = 0;
    std::uint64_t damaged_bytes = 0; ///< torn tail or damage that was skipped
    std::vector<ByteRange> damage;   ///< where they are, ascending, as few ranges as can be
    std::uint64_t end = 0;           ///< byte behind the last record or header
};

using UseRecord = std::function<void(const RecordView&, std::uint64_t offset)>;
using UseHeader = std::function<void(const JournalHeader&)>;

/// Visits every good record with its byte offset in the file, from front to back; a view is valid
/// during its visit. Before the first of them, `use_header` is shown the header. Good is a record
/// behind a header whose checksum is right, with a status that records have, and with the header's
/// number of values (or none, if it came to no result): the rest is damage, as records of a program
/// that writes others would say so in their header. A file without a whole header (killed while
/// being created) has no records. Holes of the file cost no time. Throws StoreError: io; foreign
/// (another journal format, or a further header of another sweep, seed or kernel version); damaged
/// (not a journal, no regular file, records without any header, or a further header of another
/// config).
JournalScan visit_records(
    const std::filesystem::path& path, const UseRecord& visit,
    const UseHeader& use_header = [](const JournalHeader&) {});

/// The same with copies of the records, one at a time.
JournalScan scan_journal(const std::filesystem::path& path,
                         const std::function<void(const Record&, std::uint64_t offset)>& visit);

/// The record at an offset that visit_records gave, its checksum checked again. It lies in `bytes`,
/// whose memory is used again, and is valid as long as they are; `path` is for messages. Throws
/// StoreError: io, or damaged, also if the file has become shorter.
RecordView read_record(int descriptor, std::uint64_t offset, std::vector<std::uint8_t>& bytes,
                       const std::filesystem::path& path);

} // namespace basin
