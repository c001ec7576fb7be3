// Journals read.

#include "results/files/file_window.hpp"
#include "results/journal/journal.hpp"
#include "results/journal/journal_format.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <string_view>
#include <utility>
#include <vector>

namespace basin {

namespace {

using journal_format::Bytes;
using journal_format::file_magic;
using journal_format::record_magic;

/// The longest frame.
constexpr std::size_t longest_frame =
    journal_format::framed_size(file_magic.size(), journal_format::longest_payload);

[[noreturn]] void throw_damaged(const std::filesystem::path& path, std::string_view what) {
    throw StoreError(StoreError::Kind::damaged,
                     fmt::format("{} {}; move it out of the store and give the run command again: "
                                 "what it held will be computed again",
                                 path.string(), what));
}

bool begins_with(Bytes bytes, Bytes magic) {
    return bytes.size() >= magic.size() && std::equal(magic.begin(), magic.end(), bytes.begin());
}

/// Whether a file begins as journals do, but with another number than this program's.
bool is_of_another_format(Bytes bytes) {
    constexpr std::size_t name = 6; // "BASINJ"
    const auto is_digit = [](std::uint8_t byte) { return byte >= '0' && byte <= '9'; };
    return bytes.size() >= file_magic.size() &&
           std::equal(bytes.begin(), bytes.begin() + name, file_magic.begin()) &&
           std::all_of(bytes.begin() + name, bytes.begin() + file_magic.size(), is_digit) &&
           !begins_with(bytes, file_magic);
}

/// What a file without a header is judged by.
struct Headless {
    std::vector<std::uint8_t> beginning; ///< as many bytes as a magic has, or all there are
    bool has_records = false;
    bool is_zeros = true;
};

/// Throws for a file without a header, unless it is the beginning of a journal: its process was
/// killed, or the machine lost power before the first sync (zeros).
void check_headless(const Headless& file, const std::filesystem::path& path) {
    if (is_of_another_format(file.beginning))
        throw StoreError(StoreError::Kind::foreign,
                         fmt::format("{} has a journal format that this program does not read: use "
                                     "the program that wrote it, or another --store folder",
                                     path.string()));
    if (file.has_records) throw_damaged(path, "has no readable header");
    const bool is_named = std::ranges::equal(
        file.beginning,
        Bytes(file_magic).first(std::min(file.beginning.size(), file_magic.size())));
    if (!is_named && !file.is_zeros) throw_damaged(path, "is not a journal");
}

/// Throws for a second header that does not say of the records behind it what the first one says:
/// somebody has joined two journals to one file.
void check_later_header(const JournalHeader& first, const JournalHeader& later, std::uint64_t at,
                        const std::filesystem::path& path) {
    const auto refuse = [&](StoreError::Kind kind, const std::string& what) {
        throw StoreError(
            kind, fmt::format("{} is two journals in one file: the second begins at byte {} "
                              "and {}; results are not mixed: cut the file there, or move it "
                              "out of the store, and give the same command again",
                              path.string(), at, what));
    };
    const auto differs = [&](std::string_view what, const auto& theirs, const auto& ours) {
        if (theirs != ours)
            refuse(StoreError::Kind::foreign,
                   fmt::format("has the {} {}, the first has {}", what, theirs, ours));
    };
    differs("kernel version", later.kernel_version, first.kernel_version);
    differs("sweep name", later.sweep_name, first.sweep_name);
    differs("seed", later.seed, first.seed);
    if (later.plan_digest != first.plan_digest)
        refuse(StoreError::Kind::damaged, "is of another config");
    if (later.metrics != first.metrics) refuse(StoreError::Kind::damaged, "has other metrics");
}

/// Looks for one magic in bytes that are shown piece by piece; each of them is searched once.
class MagicSearch {
public:
    explicit MagicSearch(Bytes magic) : magic_(magic) {}

    /// No magic begins in the file from `from` to what this returns. `bytes` are those at `at`, and
    /// `from` lies behind it and never goes back.
    std::uint64_t clear_to(Bytes bytes, std::uint64_t at, std::uint64_t from) {
        if (clear_to_ < from) {
            clear_to_ = from;
            is_found_ = false;
        }
        const auto searched = static_cast<std::size_t>(clear_to_ - at);
        if (is_found_ || searched + magic_.size() > bytes.size()) return clear_to_;
        const Bytes rest = bytes.subspan(searched);
        const void* const found = ::memmem(rest.data(), rest.size(), magic_.data(), magic_.size());
        is_found_ = found != nullptr;
        clear_to_ +=
            is_found_
                ? static_cast<std::size_t>(static_cast<const std::uint8_t*>(found) - rest.data())
                : rest.size() - magic_.size() + 1;
        return clear_to_;
    }
    bool is_found() const { return is_found_; }

private:
    Bytes magic_;
    std::uint64_t clear_to_ = 0;
    bool is_found_ = false;
};

/// A record that came to no result may have no values.
bool has_values_of(const RecordView& record, const JournalHeader& header) {
    return record.value_count() == header.metrics.size() ||
           (record.values.empty() && record.status != Status::done);
}

/// A pass over a journal.
class Scanner {
public:
    Scanner(const std::filesystem::path& path, const UseRecord& visit, const UseHeader& use_header)
        : path_(path), visit_(visit), use_header_(use_header), file_(path, longest_frame) {}

    JournalScan scan() {
        Bytes bytes = file_.from(0);
        const Bytes magic = bytes.first(std::min(bytes.size(), file_magic.size()));
        headless_.beginning.assign(magic.begin(), magic.end());
        for (; !bytes.empty(); bytes = file_.from(at_))
            if (!take_record(bytes) && !take_header(bytes)) skip(bytes);
        if (header_.empty()) check_headless(headless_, path_);
        return std::move(scan_);
    }

private:
    /// A record belongs to the header before it: without one it means nothing.
    bool take_record(Bytes bytes) {
        if (header_.empty()) return false;
        const auto framed = journal_format::record_at(bytes);
        if (!framed || !has_values_of(framed->record, scan_.header)) return false;
        visit_(framed->record, at_);
        ++scan_.records;
        at_ += framed->size;
        scan_.end = at_;
        return true;
    }

    bool take_header(Bytes bytes) {
        const Bytes payload = journal_format::header_at(bytes);
        if (payload.empty()) return false;
        if (header_.empty()) {
            scan_.header = journal_format::parse_header(payload, path_);
            header_.assign(payload.begin(), payload.end());
            use_header_(scan_.header);
        } else if (!std::ranges::equal(payload, header_)) {
            check_later_header(scan_.header, journal_format::parse_header(payload, path_), at_,
                               path_);
        }
        at_ += journal_format::framed_size(file_magic.size(), payload.size());
        scan_.end = at_;
        return true;
    }

    /// Goes on to where a record or a header may begin.
    void skip(Bytes bytes) {
        std::uint64_t next = std::min(next_record_.clear_to(bytes, at_, at_ + 1),
                                      next_header_.clear_to(bytes, at_, at_ + 1));
        if (header_.empty()) {
            headless_.has_records |= begins_with(bytes, record_magic);
            headless_.is_zeros &=
                std::ranges::all_of(bytes.first(std::min<std::size_t>(bytes.size(), next - at_)),
                                    [](std::uint8_t byte) { return byte == 0; });
        }
        if (!next_record_.is_found() && !next_header_.is_found()) next = file_.next_stored(next);
        if (scan_.damage.empty() || scan_.damage.back().offset + scan_.damage.back().length != at_)
            scan_.damage.push_back({at_, 0});
        scan_.damage.back().length += next - at_;
        scan_.damaged_bytes += next - at_;
        at_ = next;
    }

    const std::filesystem::path& path_;
    const UseRecord& visit_;
    const UseHeader& use_header_;
    FileWindow file_;
    std::uint64_t at_ = 0;
    std::vector<std::uint8_t> header_; ///< payload of the first one; empty before it
    Headless headless_;
    MagicSearch next_record_{record_magic};
    MagicSearch next_header_{file_magic};
    JournalScan scan_;
};

} // namespace

JournalScan visit_records(const std::filesystem::path& path, const UseRecord& visit,
                          const UseHeader& use_header) {
    return Scanner(path, visit, use_header).scan();
}

JournalScan scan_journal(const std::filesystem::path& path,
                         const std::function<void(const Record&, std::uint64_t offset)>& visit) {
    Record record;
    return visit_records(path, [&](const RecordView& view, std::uint64_t offset) {
        copy_record(view, record);
        visit(record, offset);
    });
}

RecordView read_record(int descriptor, std::uint64_t offset, std::vector<std::uint8_t>& bytes,
                       const std::filesystem::path& path) {
    constexpr std::size_t usual = 1024; // holds most records: one system call
    const auto read = [&](std::size_t size) {
        bytes.resize(size);
        bytes.resize(read_at(descriptor, offset, bytes, path));
    };
    read(usual);
    if (bytes.size() == usual) {
        const std::size_t size = journal_format::framed_size(
            record_magic.size(), journal_format::announced_length(bytes, record_magic.size()));
        if (size > usual && size <= longest_frame) read(size);
    }
    const auto framed = journal_format::record_at(bytes);
    if (!framed)
        throw StoreError(StoreError::Kind::damaged,
                         fmt::format("the record at byte {} of {} is damaged, and was not when the "
                                     "journal was looked through; give the same command again",
                                     offset, path.string()));
    return framed->record;
}

} // namespace basin
