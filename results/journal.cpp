#include "results/journal.hpp"

#include "results/bytes.hpp"
#include "results/file.hpp"

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <string_view>
#include <unistd.h>

namespace basin {

namespace {

constexpr std::array<std::uint8_t, 8> file_magic{'B', 'A', 'S', 'I', 'N', 'J', '0', '1'};
constexpr std::array<std::uint8_t, 4> record_magic{'R', 'E', 'C', 'R'};
constexpr std::uint32_t schema_version = 1;
constexpr std::uint32_t longest_payload = 1U << 20U;

/// How much of a journal a scan keeps in memory.
constexpr std::size_t window = std::size_t{16} << 20;

std::uint32_t checksum(std::span<const std::uint8_t> bytes) {
    return static_cast<std::uint32_t>(crc32_z(0, bytes.data(), bytes.size()));
}

/// magic, length, payload, checksum of length and payload.
void frame(std::vector<std::uint8_t>& out, std::span<const std::uint8_t> magic,
           std::span<const std::uint8_t> payload) {
    out.insert(out.end(), magic.begin(), magic.end());
    const std::size_t checked_from = out.size();
    ByteWriter length;
    length.put(static_cast<std::uint32_t>(payload.size()));
    out.insert(out.end(), length.bytes().begin(), length.bytes().end());
    out.insert(out.end(), payload.begin(), payload.end());
    ByteWriter sum;
    sum.put(checksum(std::span(out).subspan(checked_from)));
    out.insert(out.end(), sum.bytes().begin(), sum.bytes().end());
}

/// The payload length that a frame of a record announces.
std::size_t announced_length(std::span<const std::uint8_t> frame_bytes) {
    std::uint32_t length = 0;
    std::memcpy(&length, frame_bytes.data() + record_magic.size(), sizeof length);
    return length;
}

/// The payload framed at the start of `bytes`, or nothing if magic, length or checksum is wrong.
/// `bytes` starts with `magic_size` bytes of magic, already compared.
std::span<const std::uint8_t> unframe(std::span<const std::uint8_t> bytes, std::size_t magic_size) {
    const std::size_t overhead = magic_size + 2 * sizeof(std::uint32_t);
    if (bytes.size() < overhead) return {};
    std::uint32_t length = 0;
    std::memcpy(&length, bytes.data() + magic_size, sizeof length);
    if (length == 0 || length > longest_payload || bytes.size() < overhead + length) return {};
    const auto checked = bytes.subspan(magic_size, sizeof length + length);
    std::uint32_t sum = 0;
    std::memcpy(&sum, bytes.data() + magic_size + checked.size(), sizeof sum);
    if (checksum(checked) != sum) return {};
    return checked.subspan(sizeof length);
}

std::size_t framed_size(std::size_t magic_size, std::size_t payload) {
    return magic_size + 2 * sizeof(std::uint32_t) + payload;
}

/// The header's frame, twice.
std::vector<std::uint8_t> header_bytes(const JournalHeader& header) {
    ByteWriter payload;
    payload.put(schema_version);
    payload.put(header.kernel_version);
    payload.put(header.plan_digest.high);
    payload.put(header.plan_digest.low);
    payload.put_text(header.sweep_name);
    payload.put(header.seed);
    payload.put(static_cast<std::uint32_t>(header.metrics.size()));
    for (const std::string& metric : header.metrics)
        payload.put_text(metric);
    payload.put_text(header.host);
    payload.put(header.process);
    std::vector<std::uint8_t> bytes;
    frame(bytes, file_magic, payload.bytes());
    frame(bytes, file_magic, payload.bytes());
    return bytes;
}

JournalHeader parse_header(std::span<const std::uint8_t> payload,
                           const std::filesystem::path& path) {
    ByteReader in(payload);
    JournalHeader header;
    if (const auto schema = in.get<std::uint32_t>(); schema != schema_version)
        throw StoreError(StoreError::Kind::foreign,
                         fmt::format("{} has journal format {}, this program reads {}: use the "
                                     "program that wrote it, or another store folder",
                                     path.string(), schema, schema_version));
    header.kernel_version = in.get<std::uint32_t>();
    header.plan_digest.high = in.get<std::uint64_t>();
    header.plan_digest.low = in.get<std::uint64_t>();
    header.sweep_name = in.get_text();
    header.seed = in.get<std::uint64_t>();
    header.metrics.resize(in.get<std::uint32_t>());
    for (std::string& metric : header.metrics)
        metric = in.get_text();
    header.host = in.get_text();
    header.process = in.get<std::uint32_t>();
    return header;
}

void put_record(std::vector<std::uint8_t>& out, const Record& record) {
    ByteWriter payload;
    payload.put(record.key.high);
    payload.put(record.key.low);
    payload.put(record.cell);
    payload.put(static_cast<std::uint8_t>(record.outcome.status));
    payload.put(record.outcome.flags);
    payload.put(record.elapsed_s);
    payload.put(static_cast<std::uint32_t>(record.outcome.values.size()));
    for (const double value : record.outcome.values)
        payload.put(value);
    payload.put_text(record.outcome.message);
    frame(out, record_magic, payload.bytes());
}

Record parse_record(std::span<const std::uint8_t> payload) {
    ByteReader in(payload);
    Record record;
    record.key.high = in.get<std::uint64_t>();
    record.key.low = in.get<std::uint64_t>();
    record.cell = in.get<std::uint64_t>();
    record.outcome.status = static_cast<Status>(in.get<std::uint8_t>());
    record.outcome.flags = in.get<Flags>();
    record.elapsed_s = in.get<double>();
    record.outcome.values.resize(in.get<std::uint32_t>());
    for (double& value : record.outcome.values)
        value = in.get<double>();
    record.outcome.message = in.get_text();
    return record;
}

bool starts_with(std::span<const std::uint8_t> bytes, std::span<const std::uint8_t> magic) {
    return bytes.size() >= magic.size() && std::ranges::equal(bytes.first(magic.size()), magic);
}

/// The payload of the first copy of the header that is whole; empty if there is none.
std::span<const std::uint8_t> header_payload(std::span<const std::uint8_t> bytes) {
    while (true) {
        const auto found =
            std::search(bytes.begin(), bytes.end(), file_magic.begin(), file_magic.end());
        bytes = bytes.subspan(static_cast<std::size_t>(found - bytes.begin()));
        if (bytes.empty()) return {};
        if (const auto payload = unframe(bytes, file_magic.size()); !payload.empty())
            return payload;
        bytes = bytes.subspan(1);
    }
}

/// Whether a file without a header is the beginning of a journal: its process was killed, or the
/// machine lost power before the first sync (zeros).
bool barely_begun(std::span<const std::uint8_t> bytes) {
    const auto beginning = bytes.first(std::min(bytes.size(), file_magic.size()));
    const bool named = std::equal(beginning.begin(), beginning.end(), file_magic.begin());
    return named || std::ranges::all_of(bytes, [](std::uint8_t byte) { return byte == 0; });
}

[[noreturn]] void throw_damaged(const std::filesystem::path& path, std::string_view what) {
    throw StoreError(StoreError::Kind::damaged,
                     fmt::format("{} {}; move it out of the store and give the run command again: "
                                 "what it held will be computed again",
                                 path.string(), what));
}

} // namespace

Journal::Journal(const std::filesystem::path& folder, const JournalHeader& header)
    : last_sync_(std::chrono::steady_clock::now()) {
    for (std::uint32_t attempt = 0; descriptor_ < 0; ++attempt) {
        path_ = folder / fmt::format("{}-{}-{}.journal", header.host, header.process, attempt);
        descriptor_ =
            ::open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, 0644);
        if (descriptor_ < 0 && errno != EEXIST) throw_io("create", path_);
    }
    try {
        write_all(descriptor_, header_bytes(header), path_);
        unsynced_ = true;
        sync();
        sync_folder(folder);
    } catch (...) {
        ::close(descriptor_);
        ::unlink(path_.c_str()); // it holds nothing
        throw;
    }
}

Journal::~Journal() {
    // The last group; a failure here costs durability only, and sync() has reported earlier ones.
    if (descriptor_ >= 0) {
        if (unsynced_) ::fdatasync(descriptor_);
        ::close(descriptor_);
    }
}

void Journal::append(std::span<const Record> records) {
    if (records.empty()) return;
    if (broken_)
        throw StoreError(StoreError::Kind::io,
                         fmt::format("{} takes no more records since a write to it failed; every "
                                     "record written before is kept: give the same command again "
                                     "to go on in a new journal",
                                     path_.string()));
    std::vector<std::uint8_t> bytes;
    for (const Record& record : records)
        put_record(bytes, record);
    broken_ = true; // until the write has gone through
    unsynced_ = true;
    write_all(descriptor_, bytes, path_);
    broken_ = false;
    if (std::chrono::steady_clock::now() - last_sync_ >= group) sync();
}

void Journal::sync() {
    if (!unsynced_) return;
    if (::fdatasync(descriptor_) != 0) {
        broken_ = true; // the kernel may have dropped the pages: a later success proves nothing
        throw_io("sync", path_);
    }
    unsynced_ = false;
    last_sync_ = std::chrono::steady_clock::now();
}

JournalHeader read_journal_header(const std::filesystem::path& path) {
    const MappedFile file(path);
    const auto payload = header_payload(file.bytes());
    return payload.empty() ? JournalHeader{} : parse_header(payload, path);
}

Record read_record(int descriptor, std::uint64_t offset) {
    std::vector<std::uint8_t> longer;
    std::array<std::uint8_t, 1024> buffer{}; // holds most records: one system call
    const auto read_at_offset = [&](std::span<std::uint8_t> into) -> std::span<const std::uint8_t> {
        const ssize_t got =
            ::pread(descriptor, into.data(), into.size(), static_cast<off_t>(offset));
        if (got < 0) throw_io("read", fmt::format("the journal record at byte {}", offset));
        return into.first(static_cast<std::size_t>(got));
    };
    auto bytes = read_at_offset(buffer);
    if (bytes.size() == buffer.size()) {
        const std::size_t size = framed_size(record_magic.size(), announced_length(bytes));
        if (size > buffer.size() && size <= framed_size(record_magic.size(), longest_payload)) {
            longer.resize(size);
            bytes = read_at_offset(longer);
        }
    }
    const auto payload = starts_with(bytes, record_magic) ? unframe(bytes, record_magic.size())
                                                          : std::span<const std::uint8_t>{};
    if (payload.empty())
        throw StoreError(StoreError::Kind::damaged,
                         fmt::format("the record at byte {} of a journal is damaged", offset));
    return parse_record(payload);
}

JournalScan scan_journal(const std::filesystem::path& path,
                         const std::function<void(const Record&, std::uint64_t offset)>& visit) {
    const MappedFile file(path);
    const std::span<const std::uint8_t> bytes = file.bytes();
    JournalScan scan;
    const auto header = header_payload(bytes);
    if (!header.empty())
        scan.header = parse_header(header, path);
    else if (std::search(bytes.begin(), bytes.end(), record_magic.begin(), record_magic.end()) !=
             bytes.end())
        throw_damaged(path, "has no readable header");
    else if (!barely_begun(bytes))
        throw_damaged(path, "is not a journal");

    std::size_t at = 0;
    std::size_t forgotten = 0;
    while (at < bytes.size()) {
        if (at - forgotten > window) file.forget(forgotten = at);
        const auto rest = bytes.subspan(at);
        const bool is_header = starts_with(rest, file_magic);
        const bool is_record = starts_with(rest, record_magic);
        const std::size_t magic_size = is_header ? file_magic.size() : record_magic.size();
        const auto payload =
            is_header || is_record ? unframe(rest, magic_size) : std::span<const std::uint8_t>{};
        if (payload.empty()) {
            ++scan.damaged_bytes;
            ++at;
            continue;
        }
        if (is_record) {
            visit(parse_record(payload), at);
            ++scan.records;
        }
        at += framed_size(magic_size, payload.size());
    }
    return scan;
}

} // namespace basin
