// What is still found in journals that were cut, overwritten or made of nonsense.

#include "results/journal.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "sample_journal.hpp"

namespace basin {
namespace {

using namespace tests;

// Killed at any moment of any write: every record before the cut is found, nothing is made up.
TEST(JournalScan, FindsEveryWholeRecordOfAFileCutAnywhere) {
    const Sample sample(5);
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
    const Sample sample(5);
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
    static const Sample sample(20);
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

TEST(JournalScan, AnUnfinishedHeaderIsAnEmptyJournal) {
    const TempFolder folder;

    const Content empty = content_of(folder.write("empty.journal", ""));
    const Content zeros = content_of(folder.write("zeros.journal", std::string(300, '\0')));

    EXPECT_TRUE(empty.records.empty());
    EXPECT_TRUE(zeros.records.empty());
    EXPECT_EQ(zeros.scan.damaged_bytes, 300U);
    EXPECT_EQ(read_journal_header(folder / "zeros.journal"), JournalHeader{});
}

constexpr std::size_t status_at = 24; // in a record's payload, after key and cell

TEST(JournalScan, AStatusThatNoRecordHasIsDamage) {
    const Sample sample(3);
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
    const Sample sample(4);
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
