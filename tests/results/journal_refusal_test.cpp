// Files that are not read as journals, and what is said of them.

#include "results/journal/journal.hpp"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "support/sample_journal.hpp"

namespace basin {
namespace {

using namespace tests;

TEST(JournalScan, RefusesWhatIsNoJournal) {
    const TempFolder folder;
    const auto path = folder.write("notes.journal", "a shopping list");

    try {
        content_of(path);
        FAIL() << "took a text for a journal";
    } catch (const StoreError& error) {
        EXPECT_EQ(error.kind, StoreError::Kind::damaged);
        EXPECT_NE(std::string(error.what()).find(path), std::string::npos);
    }
}

/// Kind and text of the refusal of a journal of these bytes.
void expect_refused(const std::string& bytes, StoreError::Kind kind, const std::string& part) {
    const TempFolder folder;
    const auto path = folder.write("other.journal", bytes);
    try {
        content_of(path);
        ADD_FAILURE() << "not refused";
    } catch (const StoreError& error) {
        EXPECT_EQ(error.kind, kind);
        EXPECT_NE(std::string(error.what()).find(part), std::string::npos) << error.what();
    }
}

TEST(JournalScan, RefusesOtherFormatsWhateverTheyHold) {
    const SampleJournal sample(2);
    std::string renamed = sample.bytes;
    const std::size_t second_header = renamed.find("BASINJ01", 1);
    renamed[7] = renamed[second_header + 7] = '2';

    expect_refused(renamed, StoreError::Kind::foreign, "use the program that wrote it");
    expect_refused(with_byte(sample.bytes, 0, 8, 0, 2), StoreError::Kind::foreign,
                   "journal format 2");
}

// A right checksum over nonsense: no byte of it may be believed.
TEST(JournalScan, AHeaderThatEndsEarlyIsDamageNotACrash) {
    const SampleJournal sample(1);
    constexpr std::size_t name_length = 4 + 4 + 16;
    const std::size_t metric_count = name_length + 4 + header.sweep_name.size() + 8;
    for (const std::size_t at : {name_length + 2, metric_count, metric_count + 3})
        expect_refused(with_byte(sample.bytes, 0, 8, at, 0x7f), StoreError::Kind::damaged,
                       "ends early");
}

TEST(JournalScan, RefusesRecordsWithoutAnyHeader) {
    const SampleJournal sample(2);
    const TempFolder folder;
    const auto first = sample.content.records.begin()->first;
    const auto path =
        folder.write("headless.journal", std::string(first, '\xff') + sample.bytes.substr(first));

    EXPECT_THROW(content_of(path), StoreError);
}

std::string journal_of(const JournalHeader& its_header) {
    const TempFolder folder;
    Journal journal(folder.path(), its_header);
    journal.append(records_to(2));
    return read_file(journal.path());
}

// cat a.journal b.journal: what follows the second header means what that one says.
TEST(JournalScan, RefusesTwoJournalsInOneFileThatAreNotOfOneSweep) {
    const std::string ours = journal_of(header);
    const auto expect = [&](StoreError::Kind kind, const std::string& part, auto change) {
        JournalHeader other = header;
        change(other);
        const std::string theirs = journal_of(other);
        const std::string at = "byte " + std::to_string(ours.size());
        expect_refused(ours + theirs, kind, part);
        expect_refused(ours + theirs, kind, at);
        // Neither a copy of the header that is damaged nor a hole before it hides the other.
        std::string damaged = theirs;
        damaged[20] ^= 1;
        expect_refused(ours + "stray" + damaged, kind, part);
    };
    using Kind = StoreError::Kind;
    expect(Kind::foreign, "seed", [](JournalHeader& other) { --other.seed; });
    expect(Kind::foreign, "kernel version", [](JournalHeader& other) { ++other.kernel_version; });
    expect(Kind::foreign, "sweep name", [](JournalHeader& other) { other.sweep_name = "other"; });
    expect(Kind::damaged, "another config", [](JournalHeader& other) { ++other.plan_digest.low; });
    expect(Kind::damaged, "other metrics",
           [](JournalHeader& other) { std::swap(other.metrics[0], other.metrics[1]); });
}

TEST(JournalScan, TwoJournalsInOneFileOfOneSweepAreOne) {
    const TempFolder folder;
    JournalHeader other = header;
    other.host = "node-2";
    other.process = 4712;

    const Content found = content_of_bytes(folder, journal_of(header) + journal_of(other));

    EXPECT_EQ(found.records.size(), 4U);
    EXPECT_EQ(found.scan.damaged_bytes, 0U);
}

// The header behind them is not theirs.
TEST(JournalScan, RecordsBeforeTheFirstHeaderAreDamage) {
    const SampleJournal sample(3);
    const TempFolder folder;
    const std::uint64_t first = sample.content.records.begin()->first;

    const Content found = content_of_bytes(folder, sample.bytes.substr(first) + sample.bytes);

    EXPECT_EQ(found.records.size(), 3U);
    EXPECT_EQ(found.scan.damage, (std::vector<ByteRange>{{0, sample.bytes.size() - first}}));
}

} // namespace
} // namespace basin
