#include "results/store/merge.hpp"

#include "results/files/atomic_file.hpp"
#include "results/files/file_window.hpp"
#include "results/files/key_stream.hpp"
#include "results/journal/journal_files.hpp"
#include "results/store/record_reader.hpp"
#include "results/store/same_outcome.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <utility>

namespace basin {

namespace {

/// A result of a point, and where it stands.
struct Result {
    Key point;
    Key outcome; ///< hash of its bits
    std::uint32_t journal = 0;
    std::uint64_t offset = 0;
};

[[noreturn]] void refuse(const std::vector<std::filesystem::path>& files, const Result& a,
                         const Result& b) {
    throw StoreError(
        StoreError::Kind::damaged,
        fmt::format("two results of the point {} differ: {} at byte {} and {} at byte {}; nothing "
                    "was merged. One of the journals comes from other code or a damaged machine: "
                    "`basin verify DIR --replay K` tells which; move it out and merge again",
                    to_string(a.point), files[a.journal].string(), a.offset,
                    files[b.journal].string(), b.offset));
}

/// Visits the first `end` bytes of a journal in pieces, fewer if it has become shorter; returns how
/// many they were.
template <class Use>
std::uint64_t read_front(const std::filesystem::path& journal, std::uint64_t end, Use&& use) {
    FileWindow file(journal, 1);
    std::uint64_t at = 0;
    for (auto bytes = file.from(0); at < end && !bytes.empty(); bytes = file.from(at)) {
        const auto piece = bytes.first(std::min<std::uint64_t>(bytes.size(), end - at));
        use(piece);
        at += piece.size();
    }
    return at;
}

/// Of the bytes up to a journal's last record: what lies behind is torn, and no part of a copy.
Key content_of(const std::filesystem::path& journal, std::uint64_t end) {
    KeyStream hash;
    read_front(journal, end, [&](std::span<const std::uint8_t> bytes) { hash.add(bytes); });
    return hash.key();
}

Key hash_of(const RecordView& record) {
    const auto* values = reinterpret_cast<const char*>(record.values.data());
    std::string text = fmt::format("{};{};{};", static_cast<int>(record.status), record.flags,
                                   record.value_count());
    text.append(values, record.values.size());
    return key_of(text.append(record.message));
}

/// Whether two records of a point say the same, as far as both have the metrics.
bool agree(const Inventory& journals, RecordReader& reader, const Result& a, const Result& b) {
    const auto read = [&](const Result& result) {
        RecordPlace place;
        place.journal = result.journal;
        place.offset = result.offset;
        return reader.read(place).outcome;
    };
    return same_outcome(journals, a.journal, read(a), b.journal, read(b));
}

/// Journals of distinct content, looked through.
class DistinctJournals {
public:
    /// Looks through one more. Nothing if its content is there already, or if it has none.
    std::optional<MergePlan::Copy> add(const std::filesystem::path& journal) {
        const auto index = static_cast<std::uint32_t>(journals_.journals.size());
        const std::size_t before = results_.size();
        const JournalScan scan =
            visit_records(journal, [&](const RecordView& record, std::uint64_t offset) {
                if (is_result(record.status))
                    results_.push_back({record.key, hash_of(record), index, offset});
            });
        const Key content = content_of(journal, scan.end);
        if (scan.end == 0 || !contents_.insert(content).second) {
            results_.resize(before);
            return std::nullopt;
        }
        journals_.journals.push_back(journal);
        journals_.metric_maps.emplace_back(scan.header.metrics);
        metrics_of_.push_back(scan.header.metrics);
        return MergePlan::Copy{journal, content, scan.end};
    }

    /// Results of a store fold if they are equal, whatever plan asks for them; so no two may
    /// differ.
    void check_conflicts() {
        std::ranges::sort(results_, {}, [](const Result& result) {
            return std::tuple(result.point, result.journal, result.offset);
        });
        RecordReader reader(journals_);
        for (std::size_t first = 0, i = 1; i < results_.size(); ++i) {
            if (results_[i].point != results_[first].point) first = i;
            for (std::size_t j = first; j < i; ++j)
                if (!is_same(reader, results_[j], results_[i]))
                    refuse(journals_.journals, results_[j], results_[i]);
        }
    }

private:
    bool is_same(RecordReader& reader, const Result& a, const Result& b) const {
        return (a.outcome == b.outcome && metrics_of_[a.journal] == metrics_of_[b.journal]) ||
               agree(journals_, reader, a, b);
    }

    Inventory journals_;                               ///< as a reader needs it, without a plan
    std::vector<std::vector<std::string>> metrics_of_; ///< [journal]
    std::vector<Result> results_;
    std::set<Key> contents_;
};

} // namespace

MergePlan plan_merge(const std::filesystem::path& into,
                     std::span<const std::filesystem::path> from) {
    DistinctJournals journals;
    if (std::filesystem::exists(into / "journals"))
        for (const std::filesystem::path& journal : journal_files(into / "journals"))
            journals.add(journal);
    MergePlan merge;
    for (const std::filesystem::path& folder : from)
        for (const std::filesystem::path& journal : journal_files(folder / "journals"))
            if (auto copy = journals.add(journal))
                merge.copies.push_back(std::move(*copy));
            else
                ++merge.present;
    journals.check_conflicts();
    return merge;
}

void copy_journals(const MergePlan& merge, const std::filesystem::path& into) {
    for (const MergePlan::Copy& copy : merge.copies) {
        // Named by what was looked at: a journal that a run has made longer since is cut there.
        PartFile part(into / "journals" /
                      fmt::format("merged-{}.journal", to_string(copy.content)));
        const std::uint64_t copied =
            read_front(copy.from, copy.size, [&](std::span<const std::uint8_t> bytes) {
                write_all(part.descriptor(), bytes, part.path());
            });
        if (copied < copy.size)
            throw StoreError(StoreError::Kind::damaged,
                             fmt::format("{} became shorter while it was copied; give the same "
                                         "command again",
                                         copy.from.string()));
        part.publish();
    }
}

std::size_t merge_sessions(const Store& into, std::span<const std::filesystem::path> from) {
    const std::vector<std::string> there = lines_of(into.sessions_file());
    std::set<std::string> known(there.begin(), there.end());
    std::size_t added = 0;
    for (const std::filesystem::path& folder : from)
        for (const std::string& line : lines_of(folder / "sessions.jsonl"))
            if (known.insert(line).second) {
                into.add_session(line);
                ++added;
            }
    return added;
}

} // namespace basin
