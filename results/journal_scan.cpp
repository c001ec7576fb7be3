// Journals read.

#include "results/file.hpp"
#include "results/journal.hpp"
#include "results/journal_format.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <string_view>
#include <unistd.h>

namespace basin {

namespace {

using journal_format::Bytes;
using journal_format::file_magic;
using journal_format::record_magic;

/// How much of a journal a scan keeps in memory.
constexpr std::size_t window = std::size_t{16} << 20U;

[[noreturn]] void throw_damaged(const std::filesystem::path& path, std::string_view what) {
    throw StoreError(StoreError::Kind::damaged,
                     fmt::format("{} {}; move it out of the store and give the run command again: "
                                 "what it held will be computed again",
                                 path.string(), what));
}

[[noreturn]] void throw_damaged_at(std::uint64_t offset) {
    throw StoreError(StoreError::Kind::damaged,
                     fmt::format("the record at byte {} of a journal is damaged", offset));
}

/// Where `magic` begins next, from `from` on; the end of the bytes if nowhere.
std::size_t find(Bytes bytes, Bytes magic, std::size_t from) {
    if (from >= bytes.size()) return bytes.size(); // memmem takes no null pointer
    const Bytes rest = bytes.subspan(from);
    const void* found = ::memmem(rest.data(), rest.size(), magic.data(), magic.size());
    return found ? static_cast<std::size_t>(static_cast<const std::uint8_t*>(found) - bytes.data())
                 : bytes.size();
}

/// The payload of the first copy of the header that is whole; empty if there is none.
Bytes header_payload(Bytes bytes) {
    for (std::size_t at = find(bytes, file_magic, 0); at < bytes.size();
         at = find(bytes, file_magic, at + 1))
        if (const Bytes payload = journal_format::header_at(bytes.subspan(at)); !payload.empty())
            return payload;
    return {};
}

/// Whether a file without a header is the beginning of a journal: its process was killed, or the
/// machine lost power before the first sync (zeros).
bool barely_begun(Bytes bytes) {
    const Bytes beginning = bytes.first(std::min(bytes.size(), file_magic.size()));
    const bool named = std::equal(beginning.begin(), beginning.end(), file_magic.begin());
    return named || std::ranges::all_of(bytes, [](std::uint8_t byte) { return byte == 0; });
}

/// Whether a file begins as journals do, but with another number than this program's.
bool is_of_another_format(Bytes bytes) {
    constexpr std::size_t name = 6; // "BASINJ"
    const auto is_digit = [](std::uint8_t byte) { return byte >= '0' && byte <= '9'; };
    return bytes.size() >= file_magic.size() &&
           std::equal(bytes.begin(), bytes.begin() + name, file_magic.begin()) &&
           std::all_of(bytes.begin() + name, bytes.begin() + file_magic.size(), is_digit) &&
           !std::equal(file_magic.begin(), file_magic.end(), bytes.begin());
}

/// The header; one without metrics if there is none. Throws StoreError(foreign) or (damaged).
JournalHeader header_of(Bytes bytes, const std::filesystem::path& path) {
    if (const Bytes payload = header_payload(bytes); !payload.empty())
        return journal_format::parse_header(payload, path);
    if (is_of_another_format(bytes))
        throw StoreError(StoreError::Kind::foreign,
                         fmt::format("{} has a journal format that this program does not read: use "
                                     "the program that wrote it, or another --store folder",
                                     path.string()));
    return {};
}

void check_headless(Bytes bytes, const std::filesystem::path& path) {
    if (find(bytes, record_magic, 0) < bytes.size()) throw_damaged(path, "has no readable header");
    if (!barely_begun(bytes)) throw_damaged(path, "is not a journal");
}

/// Looks for the next place that may be a record or a header. Each of the magics is searched once
/// over the whole file, however many damages there are.
class NextMagic {
public:
    explicit NextMagic(Bytes bytes) : bytes_(bytes) {}

    /// `from` never goes back.
    std::size_t from(std::size_t from) {
        if (!searched_ || record_ < from) record_ = find(bytes_, record_magic, from);
        if (!searched_ || header_ < from) header_ = find(bytes_, file_magic, from);
        searched_ = true;
        return std::min(record_, header_);
    }

private:
    Bytes bytes_;
    std::size_t record_ = 0;
    std::size_t header_ = 0;
    bool searched_ = false;
};

/// A record that came to no result may have no values.
bool has_values_of(const RecordView& record, const JournalHeader& header) {
    return record.value_count() == header.metrics.size() ||
           (record.values.empty() && record.status != Status::done);
}

} // namespace

JournalHeader read_journal_header(const std::filesystem::path& path) {
    const MappedFile file(path);
    return header_of(file.bytes(), path);
}

JournalScan
visit_records(const std::filesystem::path& path,
              const std::function<void(const RecordView&, std::uint64_t offset)>& visit) {
    const MappedFile file(path);
    const Bytes bytes = file.bytes();
    JournalScan scan;
    scan.header = header_of(bytes, path);
    if (scan.header == JournalHeader{}) check_headless(bytes, path);

    NextMagic next_magic(bytes);
    std::size_t at = 0;
    std::size_t forgotten = 0;
    while (at < bytes.size()) {
        if (at - forgotten > window) file.forget(forgotten = at);
        const Bytes rest = bytes.subspan(at);
        const auto framed = journal_format::record_at(rest);
        if (framed && has_values_of(framed->record, scan.header)) {
            visit(framed->record, at);
            ++scan.records;
            at += framed->size;
        } else if (const Bytes header = journal_format::header_at(rest); !header.empty()) {
            at += journal_format::framed_size(file_magic.size(), header.size());
        } else {
            const std::size_t next = next_magic.from(at + 1);
            if (scan.damage.empty() || scan.damage.back().offset + scan.damage.back().length != at)
                scan.damage.push_back({at, 0});
            scan.damage.back().length += next - at;
            scan.damaged_bytes += next - at;
            at = next;
        }
    }
    return scan;
}

JournalScan scan_journal(const std::filesystem::path& path,
                         const std::function<void(const Record&, std::uint64_t offset)>& visit) {
    Record record;
    return visit_records(path, [&](const RecordView& view, std::uint64_t offset) {
        copy_record(view, record);
        visit(record, offset);
    });
}

RecordView view_record(std::span<const std::uint8_t> journal, std::uint64_t offset) {
    if (offset >= journal.size()) throw_damaged_at(offset);
    const auto framed = journal_format::record_at(journal.subspan(offset));
    if (!framed) throw_damaged_at(offset);
    return framed->record;
}

Record read_record(int descriptor, std::uint64_t offset) {
    std::vector<std::uint8_t> longer;
    std::array<std::uint8_t, 1024> buffer{}; // holds most records: one system call
    const auto read_at_offset = [&](std::span<std::uint8_t> into) -> Bytes {
        const ssize_t got =
            ::pread(descriptor, into.data(), into.size(), static_cast<off_t>(offset));
        if (got < 0) throw_io("read", fmt::format("the journal record at byte {}", offset));
        return into.first(static_cast<std::size_t>(got));
    };
    Bytes bytes = read_at_offset(buffer);
    if (bytes.size() == buffer.size()) {
        const std::size_t size = journal_format::framed_size(
            record_magic.size(), journal_format::announced_length(bytes, record_magic.size()));
        constexpr std::size_t longest =
            journal_format::framed_size(record_magic.size(), journal_format::longest_payload);
        if (size > buffer.size() && size <= longest) {
            longer.resize(size);
            bytes = read_at_offset(longer);
        }
    }
    const auto framed = journal_format::record_at(bytes);
    if (!framed) throw_damaged_at(offset);
    Record record;
    copy_record(framed->record, record);
    return record;
}

} // namespace basin
