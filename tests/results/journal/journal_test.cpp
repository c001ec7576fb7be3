// What is appended to a journal, and how it is read back.

#include "results/journal/journal.hpp"

#include <gtest/gtest.h>

#include <fcntl.h>
#include <limits>
#include <string>
#include <unistd.h>

#include "support/sample_journal.hpp"

namespace basin {
namespace {

using namespace tests;

TEST(Journal, GivesBackWhatWasAppended) {
    const TempFolder folder;
    auto records = records_to(3);
    records[1].outcome = {Status::failed, 0, {}, "no such file: \"ζ\""};
    records[2].outcome.values = {std::numeric_limits<double>::quiet_NaN(),
                                 -std::numeric_limits<double>::infinity()};
    records[2].outcome.message.assign(5000, 'm'); // longer than one read of read_record
    Journal journal(folder.path(), header);

    journal.append(std::span(records).first(2));
    journal.append(std::span(records).last(1));

    const Content content = content_of(journal.path());
    EXPECT_EQ(content.scan.header, header);
    EXPECT_EQ(content.scan.damaged_bytes, 0U);
    ASSERT_EQ(content.records.size(), records.size());
    const int file = open(journal.path().c_str(), O_RDONLY);
    std::vector<std::uint8_t> bytes;
    auto expected = records.begin();
    for (const auto& [offset, record] : content.records) {
        expect_same(record, *expected);
        Record copy;
        copy_record(read_record(file, offset, bytes, journal.path()), copy);
        expect_same(copy, *expected++);
    }
    EXPECT_THROW(read_record(file, content.records.begin()->first + 1, bytes, journal.path()),
                 StoreError);
    close(file);
}

TEST(Journal, NeverOpensAFileThatIsThere) {
    const TempFolder folder;
    const Journal first(folder.path(), header);
    const Journal second(folder.path(), header);

    EXPECT_NE(first.path(), second.path());
    EXPECT_TRUE(first.path().filename().string().starts_with("node-1-4711-"));
    EXPECT_EQ(content_of(second.path()).scan.header, header);
}

TEST(Journal, SaysWhyItCannotBeCreated) {
    const TempFolder folder;

    try {
        const Journal journal(folder / "absent", header);
        FAIL() << "created a journal in a folder that is not there";
    } catch (const StoreError& error) {
        EXPECT_EQ(error.kind, StoreError::Kind::io);
        EXPECT_NE(std::string(error.what()).find("absent"), std::string::npos);
    }
}

TEST(Journal, ARecordIsReadAtItsPlaceAlone) {
    const SampleJournal sample(3);
    const TempFolder folder;
    const std::filesystem::path path = folder.write("a.journal", sample.bytes);
    const int file = open(path.c_str(), O_RDONLY);
    std::vector<std::uint8_t> bytes;
    for (const std::uint64_t offset :
         {sample.content.records.begin()->first + 1, sample.bytes.size(), std::uint64_t{1} << 62U})
        try {
            read_record(file, offset, bytes, path);
            ADD_FAILURE() << "read a record at " << offset;
        } catch (const StoreError& error) {
            EXPECT_EQ(error.kind, StoreError::Kind::damaged);
            EXPECT_NE(std::string(error.what()).find(path.string()), std::string::npos);
        }
    close(file);
}

TEST(Journal, AnEndlessMessageIsCutAtACharacter) {
    const TempFolder folder;
    Record record = record_number(0);
    record.outcome.message = "x";
    while (record.outcome.message.size() < (std::size_t{3} << 20U))
        record.outcome.message += "β";
    Journal journal(folder.path(), header);
    journal.append({&record, 1});

    const Content found = content_of(journal.path());

    ASSERT_EQ(found.records.size(), 1U);
    const std::string& message = found.records.begin()->second.outcome.message;
    EXPECT_EQ(message, record.outcome.message.substr(0, 65535));
}

} // namespace
} // namespace basin
