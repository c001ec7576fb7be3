#include "results/merge.hpp"

#include "results/file.hpp"
#include "results/journal_files.hpp"
#include "results/part_file.hpp"
#include "results/record_reader.hpp"
#include "results/same_outcome.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <set>
#include <string>
#include <tuple>

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

Key content_of(std::span<const std::uint8_t> bytes) {
    return key_of({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

Key hash_of(const RecordView& record) {
    const auto* values = reinterpret_cast<const char*>(record.values.data());
    std::string text = fmt::format("{};{};", static_cast<int>(record.status), record.flags);
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

/// Results of a store fold if they are equal, whatever plan asks for them; so no two may differ.
void check_conflicts(const std::vector<std::filesystem::path>& files) {
    Inventory journals; // as the reader needs it, without a plan
    journals.journals = files;
    std::vector<std::vector<std::string>> metrics_of; ///< [journal]
    std::vector<Result> results;
    for (std::uint32_t j = 0; j < files.size(); ++j) {
        const JournalScan scan =
            visit_records(files[j], [&](const RecordView& record, std::uint64_t offset) {
                if (is_result(record.status))
                    results.push_back({record.key, hash_of(record), j, offset});
            });
        journals.metric_maps.emplace_back(scan.header.metrics);
        metrics_of.push_back(scan.header.metrics);
    }
    std::ranges::sort(results, {}, [](const Result& result) {
        return std::tuple(result.point, result.journal, result.offset);
    });
    RecordReader reader(journals);
    for (std::size_t first = 0, i = 1; i < results.size(); ++i) {
        if (results[i].point != results[first].point) first = i;
        for (std::size_t j = first; j < i; ++j)
            if (const bool same = results[j].outcome == results[i].outcome &&
                                  metrics_of[results[j].journal] == metrics_of[results[i].journal];
                !same && !agree(journals, reader, results[j], results[i]))
                refuse(files, results[j], results[i]);
    }
}

} // namespace

MergePlan plan_merge(const std::filesystem::path& into,
                     std::span<const std::filesystem::path> from) {
    std::vector<std::filesystem::path> journals;
    std::set<Key> contents;
    if (std::filesystem::exists(into / "journals"))
        for (const std::filesystem::path& journal : journal_files(into / "journals")) {
            contents.insert(content_of(MappedFile(journal).bytes()));
            journals.push_back(journal);
        }
    MergePlan merge;
    for (const std::filesystem::path& folder : from)
        for (const std::filesystem::path& journal : journal_files(folder / "journals")) {
            const MappedFile file(journal);
            const Key content = content_of(file.bytes());
            if (!contents.insert(content).second) {
                ++merge.present;
                continue;
            }
            merge.copies.push_back({journal, content, file.bytes().size()});
            journals.push_back(journal);
        }
    check_conflicts(journals);
    return merge;
}

void copy_journals(const MergePlan& merge, const std::filesystem::path& into) {
    for (const MergePlan::Copy& copy : merge.copies) {
        const MappedFile file(copy.from);
        // Named by what was looked at: a journal that a run has made longer since is cut there.
        replace_file(into / "journals" / fmt::format("merged-{}.journal", to_string(copy.content)),
                     file.bytes().first(std::min<std::size_t>(copy.size, file.bytes().size())));
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
