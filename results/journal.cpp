#include "results/journal.hpp"

#include "results/bytes.hpp"
#include "results/file.hpp"

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <string_view>
#include <unistd.h>

namespace basin {

namespace {

constexpr char file_magic[] = {'B', 'A', 'S', 'I', 'N', 'J', '0', '1'};
constexpr std::string_view record_magic_text = "RECR";
constexpr std::uint32_t record_magic = 0x5243'4552; // the same four bytes, little-endian
constexpr std::uint32_t schema_version = 1;
constexpr std::uint32_t longest_payload = 1U << 20U;
constexpr std::chrono::seconds sync_interval{1};

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
    const auto* magic = reinterpret_cast<const std::uint8_t*>(file_magic);
    frame(bytes, {magic, sizeof file_magic}, payload.bytes());
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
    ByteWriter magic;
    magic.put(record_magic);
    frame(out, magic.bytes(), payload.bytes());
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

bool has_record_magic(std::span<const std::uint8_t> bytes) {
    std::uint32_t magic = 0;
    if (bytes.size() < sizeof magic) return false;
    std::memcpy(&magic, bytes.data(), sizeof magic);
    return magic == record_magic;
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
    write_all(descriptor_, header_bytes(header), path_);
    unsynced_ = true;
    sync();
    sync_folder(folder);
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
                         fmt::format("{} could not be written before; nothing more goes into it",
                                     path_.string()));
    std::vector<std::uint8_t> bytes;
    for (const Record& record : records)
        put_record(bytes, record);
    broken_ = true; // until the write has gone through
    write_all(descriptor_, bytes, path_);
    broken_ = false;
    unsynced_ = true;
    if (std::chrono::steady_clock::now() - last_sync_ >= sync_interval) sync();
}

void Journal::sync() {
    if (!unsynced_) return;
    if (::fdatasync(descriptor_) != 0) throw_io("sync", path_);
    unsynced_ = false;
    last_sync_ = std::chrono::steady_clock::now();
}

JournalHeader read_journal_header(const std::filesystem::path& path) {
    // A header holds names and numbers only, so its start is found within the longest payload.
    const MappedFile file(path);
    const auto payload = unframe(file.bytes(), sizeof file_magic);
    return payload.empty() ? JournalHeader{} : parse_header(payload, path);
}

Record read_record(int descriptor, std::uint64_t offset) {
    const auto read_at = [&](std::span<std::uint8_t> into, std::uint64_t at) {
        const ssize_t got = ::pread(descriptor, into.data(), into.size(), static_cast<off_t>(at));
        if (got != static_cast<ssize_t>(into.size()))
            throw StoreError(
                StoreError::Kind::io,
                fmt::format("a journal ends before byte {}: it was cut while it was read",
                            at + into.size()));
    };
    std::vector<std::uint8_t> bytes(framed_size(sizeof record_magic, 0));
    read_at(std::span(bytes).first(2 * sizeof(std::uint32_t)), offset);
    std::uint32_t length = 0;
    std::memcpy(&length, bytes.data() + sizeof record_magic, sizeof length);
    bytes.resize(framed_size(sizeof record_magic, std::min(length, longest_payload)));
    read_at(bytes, offset);
    const auto payload = unframe(bytes, sizeof record_magic);
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
    const std::size_t magic_size = std::min(bytes.size(), sizeof file_magic);
    if (!std::equal(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(magic_size),
                    file_magic, [](std::uint8_t a, char b) { return static_cast<char>(a) == b; }))
        throw StoreError(
            StoreError::Kind::damaged,
            fmt::format("{} is not a journal; move it out of the store", path.string()));
    const auto header = unframe(bytes, sizeof file_magic);
    if (header.empty()) {
        // Killed while it was being created: records follow only a header that was written whole.
        scan.damaged_bytes = bytes.size();
        const std::string_view all(reinterpret_cast<const char*>(bytes.data()), bytes.size());
        const bool records_follow = all.find(record_magic_text) != std::string_view::npos;
        if (!records_follow) return scan;
        throw StoreError(
            StoreError::Kind::damaged,
            fmt::format("the header of {} is damaged; move the file out of the store and "
                        "its points will be computed again",
                        path.string()));
    }
    scan.header = parse_header(header, path);
    std::size_t at = framed_size(sizeof file_magic, header.size());
    while (at < bytes.size()) {
        const auto rest = bytes.subspan(at);
        const auto payload = has_record_magic(rest) ? unframe(rest, sizeof record_magic)
                                                    : std::span<const std::uint8_t>{};
        if (payload.empty()) {
            ++scan.damaged_bytes;
            ++at;
            continue;
        }
        visit(parse_record(payload), at);
        ++scan.records;
        at += framed_size(sizeof record_magic, payload.size());
    }
    return scan;
}

} // namespace basin
