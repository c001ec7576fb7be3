// Files that are not read as journals, and what is said of them.

#include "results/journal.hpp"

#include <gtest/gtest.h>

#include <string>

#include "sample_journal.hpp"

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
    for (const bool header_only : {true, false})
        try {
            header_only ? static_cast<void>(read_journal_header(path))
                        : static_cast<void>(content_of(path));
            ADD_FAILURE() << "not refused";
        } catch (const StoreError& error) {
            EXPECT_EQ(error.kind, kind);
            EXPECT_NE(std::string(error.what()).find(part), std::string::npos) << error.what();
        }
}

TEST(JournalScan, RefusesOtherFormatsWhateverTheyHold) {
    const Sample sample(2);
    std::string renamed = sample.bytes;
    const std::size_t second_header = renamed.find("BASINJ01", 1);
    renamed[7] = renamed[second_header + 7] = '2';

    expect_refused(renamed, StoreError::Kind::foreign, "use the program that wrote it");
    expect_refused(with_byte(sample.bytes, 0, 8, 0, 2), StoreError::Kind::foreign,
                   "journal format 2");
}

// A right checksum over nonsense: no byte of it may be believed.
TEST(JournalScan, AHeaderThatEndsEarlyIsDamageNotACrash) {
    const Sample sample(1);
    constexpr std::size_t name_length = 4 + 4 + 16;
    const std::size_t metric_count = name_length + 4 + header.sweep_name.size() + 8;
    for (const std::size_t at : {name_length + 2, metric_count, metric_count + 3})
        expect_refused(with_byte(sample.bytes, 0, 8, at, 0x7f), StoreError::Kind::damaged,
                       "ends early");
}

TEST(JournalScan, RefusesRecordsWithoutAnyHeader) {
    const Sample sample(2);
    const TempFolder folder;
    const auto first = sample.content.records.begin()->first;
    const auto path =
        folder.write("headless.journal", std::string(first, '\xff') + sample.bytes.substr(first));

    EXPECT_THROW(content_of(path), StoreError);
}

} // namespace
} // namespace basin
