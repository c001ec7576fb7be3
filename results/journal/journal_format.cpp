#include "results/journal/journal_format.hpp"

#include "results/files/bytes.hpp"

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <cstring>
#include <string>

namespace basin::journal_format {

namespace {

constexpr std::uint32_t schema_version = 1;

std::uint32_t checksum(Bytes bytes) {
    return static_cast<std::uint32_t>(crc32_z(0, bytes.data(), bytes.size()));
}

std::uint32_t number_at(Bytes bytes, std::size_t offset) {
    std::uint32_t number = 0;
    std::memcpy(&number, bytes.data() + offset, sizeof number);
    return number;
}

/// Appends magic, length, what `put_payload` writes, and the checksum of length and payload.
template <class PutPayload>
void frame(std::vector<std::uint8_t>& out, Bytes magic, PutPayload&& put_payload) {
    ByteWriter writer(out);
    writer.put_all(magic);
    const std::size_t checked_from = out.size();
    writer.put(std::uint32_t{0});
    put_payload(writer);
    const auto length =
        static_cast<std::uint32_t>(out.size() - checked_from - sizeof(std::uint32_t));
    std::memcpy(out.data() + checked_from, &length, sizeof length);
    writer.put(checksum(Bytes(out).subspan(checked_from)));
}

/// Whether `bytes` begins with the magic and has room for the length that follows it and for what
/// that announces.
bool is_framed(Bytes bytes, Bytes magic) {
    if (bytes.size() < framed_size(magic.size(), 1)) return false;
    if (!std::ranges::equal(bytes.first(magic.size()), magic)) return false;
    const std::size_t length = announced_length(bytes, magic.size());
    return length > 0 && length <= longest_payload &&
           bytes.size() >= framed_size(magic.size(), length);
}

/// The payload of a frame that is there; empty if its checksum is wrong.
Bytes checked_payload(Bytes bytes, std::size_t magic_size) {
    const Bytes checked =
        bytes.subspan(magic_size, sizeof(std::uint32_t) + announced_length(bytes, magic_size));
    const bool right = checksum(checked) == number_at(bytes, magic_size + checked.size());
    return right ? checked.subspan(sizeof(std::uint32_t)) : Bytes{};
}

/// What a record has before its values: key, cell, status, flags, time, number of values.
constexpr std::size_t fixed_part = 3 * 8 + 1 + 2 + 8 + 4;

/// Whether the payload's length is that of its parts. Asked before the checksum is: bytes that only
/// look like a record's beginning cost next to nothing, however many there are.
bool adds_up(Bytes payload) {
    if (payload.size() < fixed_part + sizeof(std::uint32_t)) return false;
    const std::size_t values = number_at(payload, fixed_part - sizeof(std::uint32_t));
    const std::size_t before_text = fixed_part + values * sizeof(double) + sizeof(std::uint32_t);
    return before_text <= payload.size() &&
           before_text + number_at(payload, before_text - sizeof(std::uint32_t)) == payload.size();
}

/// The message, or so much of it that the record stays one that a reader takes; no character is
/// cut.
std::string_view fitting(std::string_view message) {
    constexpr std::size_t longest = 1U << 16U;
    if (message.size() <= longest) return message;
    std::size_t end = longest;
    while (end > 0 && (static_cast<unsigned char>(message[end]) & 0xC0U) == 0x80U)
        --end;
    return message.substr(0, end);
}

/// Whether a record may have this status. A journal of a program that knows more of them has
/// another schema version.
bool is_recorded(Status status) {
    switch (status) {
    case Status::done:
    case Status::not_applicable:
    case Status::failed:
    case Status::timed_out:
    case Status::crashed:
        return true;
    default:
        return false;
    }
}

} // namespace

std::size_t announced_length(Bytes frame, std::size_t magic_size) {
    return number_at(frame, magic_size);
}

void put_header(std::vector<std::uint8_t>& out, const JournalHeader& header) {
    for (int copy = 0; copy < 2; ++copy)
        frame(out, file_magic, [&](ByteWriter& payload) {
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
        });
}

void put_record(std::vector<std::uint8_t>& out, const Record& record) {
    const std::span<const double> values = record.outcome.values;
    frame(out, record_magic, [&](ByteWriter& payload) {
        payload.put(record.key.high);
        payload.put(record.key.low);
        payload.put(record.cell);
        payload.put(static_cast<std::uint8_t>(record.outcome.status));
        payload.put(record.outcome.flags);
        payload.put(record.elapsed_s);
        payload.put(static_cast<std::uint32_t>(values.size()));
        payload.put_all(values);
        payload.put_text(fitting(record.outcome.message));
    });
}

Bytes header_at(Bytes bytes) {
    return is_framed(bytes, file_magic) ? checked_payload(bytes, file_magic.size()) : Bytes{};
}

JournalHeader parse_header(Bytes payload, const std::filesystem::path& path) {
    try {
        ByteReader in(payload);
        JournalHeader header;
        if (const auto schema = in.get<std::uint32_t>(); schema != schema_version)
            throw StoreError(StoreError::Kind::foreign,
                             fmt::format("{} has journal format {}, this program reads {}: use the "
                                         "program that wrote it, or another --store folder",
                                         path.string(), schema, schema_version));
        header.kernel_version = in.get<std::uint32_t>();
        header.plan_digest.high = in.get<std::uint64_t>();
        header.plan_digest.low = in.get<std::uint64_t>();
        header.sweep_name = in.get_text();
        header.seed = in.get<std::uint64_t>();
        const auto metrics = in.get<std::uint32_t>();
        for (std::uint32_t metric = 0; metric < metrics; ++metric)
            header.metrics.emplace_back(in.get_text());
        header.host = in.get_text();
        header.process = in.get<std::uint32_t>();
        return header;
    } catch (const std::out_of_range&) {
        throw StoreError(StoreError::Kind::damaged,
                         fmt::format("{} has a header that ends early; move it out of the store "
                                     "and give the run command again: what it held will be "
                                     "computed again",
                                     path.string()));
    }
}

std::optional<FramedRecord> record_at(Bytes bytes) {
    constexpr std::size_t before = record_magic.size() + sizeof(std::uint32_t);
    if (!is_framed(bytes, record_magic) ||
        !adds_up(bytes.subspan(before, announced_length(bytes, record_magic.size()))))
        return std::nullopt;
    const Bytes payload = checked_payload(bytes, record_magic.size());
    if (payload.empty()) return std::nullopt;
    ByteReader in(payload);
    FramedRecord framed;
    framed.size = framed_size(record_magic.size(), payload.size());
    RecordView& record = framed.record;
    record.key.high = in.get<std::uint64_t>();
    record.key.low = in.get<std::uint64_t>();
    record.cell = in.get<std::uint64_t>();
    record.status = static_cast<Status>(in.get<std::uint8_t>());
    record.flags = in.get<Flags>();
    record.elapsed_s = in.get<double>();
    record.values = in.take(in.get<std::uint32_t>() * sizeof(double));
    record.message = in.get_text();
    if (!is_recorded(record.status)) return std::nullopt;
    return framed;
}

} // namespace basin::journal_format
