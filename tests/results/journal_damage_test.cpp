// What is still found in journals that were cut, overwritten or made of nonsense.

#include "results/journal/journal.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <fstream>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "support/sample_journal.hpp"

namespace basin {
namespace {

using namespace tests;

// Killed at any moment of any write: every record before the cut is found, nothing is made up.
TEST(JournalScan, FindsEveryWholeRecordOfAFileCutAnywhere) {
    const SampleJournal sample(5);
    const TempFolder folder;
    for (std::size_t length = 0; length < sample.bytes.size(); ++length) {
        SCOPED_TRACE("cut to " + std::to_string(length) + " bytes");

        const Content found = content_of_bytes(folder, sample.bytes.substr(0, length));

        for (const auto& [offset, record] : sample.content.records)
            EXPECT_EQ(found.records.contains(offset), sample.end_of(offset) <= length);
        EXPECT_EQ(found.scan.records, found.records.size());
        EXPECT_LE(found.scan.damaged_bytes, length);
    }
}

TEST(JournalScan, FindsEveryIntactRecordWhateverBitIsFlipped) {
    const SampleJournal sample(5);
    const TempFolder folder;
    for (std::size_t bit = 0; bit < 8 * sample.bytes.size(); ++bit) {
        SCOPED_TRACE("bit " + std::to_string(bit % 8) + " of byte " + std::to_string(bit / 8));
        std::string bytes = sample.bytes;
        bytes[bit / 8] = static_cast<char>(bytes[bit / 8] ^ (1 << (bit % 8)));

        const Content found = content_of_bytes(folder, bytes);

        EXPECT_EQ(found.scan.header, header);
        EXPECT_GT(found.scan.damaged_bytes, 0U);
        for (const auto& [offset, record] : sample.content.records) {
            const bool hit = offset <= bit / 8 && bit / 8 < sample.end_of(offset);
            ASSERT_EQ(found.records.contains(offset), !hit);
            if (!hit) expect_same(found.records.at(offset), record);
        }
        ASSERT_EQ(found.records.size(), sample.content.records.size() -
                                            (bit / 8 >= sample.content.records.begin()->first));
    }
}

// Several damages at once: overwritten, cut out or put in, past the header.
RC_GTEST_PROP(JournalScan, InventsNothingAndKeepsWhatIsUntouched, ()) {
    static const SampleJournal sample(20);
    const auto first = sample.content.records.begin()->first;
    const auto start = *rc::gen::inRange<std::uint64_t>(first, sample.bytes.size());
    const auto length = *rc::gen::inRange<std::uint64_t>(0, sample.bytes.size() - start + 1);
    const auto garbage = *rc::gen::container<std::string>(rc::gen::arbitrary<char>());
    const TempFolder folder;
    std::string bytes = sample.bytes;
    bytes.replace(start, length, garbage);

    const Content found = content_of_bytes(folder, bytes);

    std::map<Key, const Record*> by_key;
    for (const auto& [offset, record] : found.records)
        by_key[record.key] = &record;
    for (const auto& [offset, record] : sample.content.records) {
        if (sample.end_of(offset) > start && offset < start + length) continue;
        if (offset < start && sample.end_of(offset) > start) continue; // garbage put in its middle
        RC_ASSERT(by_key.contains(record.key));
    }
    // What was written over by the same bytes may be there still.
    RC_ASSERT(by_key.size() == found.records.size());
    for (const auto& [offset, record] : found.records) {
        RC_ASSERT(record.key.low < 20U);
        RC_ASSERT(record.key == record_number(record.key.low).key);
        RC_ASSERT(record.outcome.values == record_number(record.key.low).outcome.values);
    }
}

// What is put in is all that is lost, wherever it is put and whatever it looks like.
TEST(JournalScan, StrayBytesBetweenRecordsCostNoRecord) {
    const SampleJournal sample(4);
    const TempFolder folder;
    std::vector<std::uint64_t> borders{sample.bytes.size()};
    for (const auto& [offset, record] : sample.content.records)
        borders.push_back(offset);
    const std::vector<std::string> strays{"x",
                                          "xy",
                                          "xyz",
                                          "R",
                                          "RE",
                                          "REC",
                                          "B",
                                          "BA",
                                          "BAS",
                                          "RECR",
                                          std::string(1, '\0'),
                                          std::string(2, '\0'),
                                          std::string(3, '\0'),
                                          "BASINJ01"};
    for (const std::uint64_t border : borders)
        for (const std::string& stray : strays) {
            SCOPED_TRACE(stray + " at " + std::to_string(border));
            std::string bytes = sample.bytes;
            bytes.insert(border, stray);

            const Content found = content_of_bytes(folder, bytes);

            ASSERT_EQ(found.records.size(), sample.content.records.size());
            for (const auto& [offset, record] : sample.content.records)
                expect_same(found.records.at(offset + (offset >= border ? stray.size() : 0)),
                            record);
            EXPECT_EQ(found.scan.damage, (std::vector<ByteRange>{{border, stray.size()}}));
        }
}

// Longer than what is read at a time, so that every record and damage meets the seams.
TEST(JournalScan, FindsEveryRecordOfALongFile) {
    const TempFolder folder;
    std::vector<Record> records = records_to(300);
    for (Record& record : records)
        record.outcome.message.assign(40'000 + record.cell, 'm');
    std::filesystem::path path;
    {
        Journal journal(folder.path(), header);
        journal.append(records);
        path = journal.path();
    }
    std::string bytes = read_file(path);
    std::vector<std::uint64_t> offsets;
    for (const auto& [offset, record] : content_of(path).records)
        offsets.push_back(offset);
    ASSERT_EQ(offsets.size(), records.size());
    std::set<std::uint64_t> hit;
    for (std::size_t number = 3; number < offsets.size(); number += 7) {
        bytes[offsets[number] + 30'000] ^= 1;
        hit.insert(offsets[number]);
    }

    const Content found = content_of_bytes(folder, bytes);

    EXPECT_EQ(found.records.size(), records.size() - hit.size());
    for (std::size_t number = 0; number < offsets.size(); ++number)
        if (!hit.contains(offsets[number]))
            expect_same(found.records.at(offsets[number]), records[number]);
    EXPECT_EQ(found.scan.damage.size(), hit.size());
    EXPECT_EQ(found.scan.end, bytes.size());
}

// A file system shows space without data as zeros: petabytes of them must not be looked at.
TEST(JournalScan, AHoleCostsNoTime) {
    const SampleJournal sample(3);
    const TempFolder folder;
    constexpr std::uint64_t size = std::uint64_t{4} << 40U;
    for (const std::string& before : {sample.bytes, std::string()}) {
        const std::filesystem::path path = folder.write("sparse.journal", before);
        std::error_code cannot;
        std::filesystem::resize_file(path, size, cannot);
        if (cannot) GTEST_SKIP() << "no sparse files here: " << cannot.message();

        const Content found = content_of(path);

        EXPECT_EQ(found.records.size(), before.empty() ? 0U : 3U);
        EXPECT_EQ(found.scan.damage,
                  (std::vector<ByteRange>{{before.size(), size - before.size()}}));
        EXPECT_EQ(found.scan.end, before.size());
    }
    // And what lies behind it is found.
    const std::filesystem::path path = folder.write("gap.journal", sample.bytes);
    std::filesystem::resize_file(path, size);
    std::ofstream(path, std::ios::binary | std::ios::app)
        << sample.bytes.substr(sample.content.records.begin()->first);
    EXPECT_EQ(content_of(path).records.size(), 6U);
}

TEST(JournalScan, AFileThatBecomesShorterMeanwhileEndsThere) {
    const TempFolder folder;
    std::vector<Record> records = records_to(200);
    for (Record& record : records)
        record.outcome.message.assign(60'000, 'm');
    std::filesystem::path path;
    {
        Journal journal(folder.path(), header);
        journal.append(records);
        path = journal.path();
    }
    std::uint64_t visited = 0;

    const JournalScan scan = visit_records(path, [&](const RecordView& record, std::uint64_t) {
        EXPECT_EQ(record.key, records[visited].key);
        if (visited++ == 0) std::filesystem::resize_file(path, 1000);
    });

    EXPECT_EQ(scan.records, visited);
    EXPECT_LT(visited, records.size());
}

TEST(JournalScan, AnUnfinishedHeaderIsAnEmptyJournal) {
    const TempFolder folder;

    const Content empty = content_of(folder.write("empty.journal", ""));
    const Content zeros = content_of(folder.write("zeros.journal", std::string(300, '\0')));

    EXPECT_TRUE(empty.records.empty());
    EXPECT_TRUE(zeros.records.empty());
    EXPECT_EQ(zeros.scan.damaged_bytes, 300U);
    EXPECT_EQ(zeros.scan.header, JournalHeader{});
}

constexpr std::size_t status_at = 24; // in a record's payload, after key and cell

TEST(JournalScan, AStatusThatNoRecordHasIsDamage) {
    const SampleJournal sample(3);
    const TempFolder folder;
    const auto second = std::next(sample.content.records.begin())->first;
    for (unsigned status = 0; status < 256; ++status) {
        const bool known = status >= 1 && status <= 5;

        const Content found =
            content_of_bytes(folder, with_byte(sample.bytes, second, 4, status_at,
                                               static_cast<std::uint8_t>(status)));

        ASSERT_EQ(found.records.size(), known ? 3U : 2U) << status;
        if (known) continue;
        EXPECT_EQ(found.scan.damage,
                  (std::vector<ByteRange>{{second, sample.end_of(second) - second}}));
    }
}

TEST(JournalScan, ARecordWithAnotherNumberOfValuesThanTheHeaderHasMetricsIsDamage) {
    const TempFolder folder;
    auto records = records_to(4);
    records[1].outcome.values = {1.0};
    records[2].outcome.values = {1.0, 2.0, 3.0};
    records[3].outcome.values.clear();
    Journal journal(folder.path(), header);
    journal.append(records);

    const Content found = content_of(journal.path());

    ASSERT_EQ(found.records.size(), 1U);
    expect_same(found.records.begin()->second, records[0]);
    EXPECT_EQ(found.scan.damage.size(), 1U) << "neighbours are one range";
}

TEST(JournalScan, TellsWhereTheDamagesAre) {
    const SampleJournal sample(4);
    const TempFolder folder;
    std::vector<std::uint64_t> offsets;
    for (const auto& [offset, record] : sample.content.records)
        offsets.push_back(offset);
    std::string bytes = sample.bytes.substr(0, sample.bytes.size() - 5);
    bytes[offsets[1] + 20] = static_cast<char>(bytes[offsets[1] + 20] ^ 1);

    const JournalScan scan = content_of_bytes(folder, bytes).scan;

    EXPECT_EQ(scan.damage, (std::vector<ByteRange>{{offsets[1], offsets[2] - offsets[1]},
                                                   {offsets[3], bytes.size() - offsets[3]}}));
    EXPECT_EQ(scan.damaged_bytes, scan.damage[0].length + scan.damage[1].length);
}

} // namespace
} // namespace basin
