#include "results/journal.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <zlib.h>

#include <bit>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <limits>
#include <map>
#include <string>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

#include "support/temp_folder.hpp"

namespace basin {
namespace {

using tests::read_file;
using tests::TempFolder;

const JournalHeader header{.kernel_version = 3,
                           .plan_digest = {.high = 0x1122'3344'5566'7788, .low = 9},
                           .sweep_name = "stability – β",
                           .seed = std::numeric_limits<std::uint64_t>::max(),
                           .metrics = {"recall_error", "exact_recall"},
                           .host = "node-1",
                           .process = 4711};

Record record_number(std::uint64_t number) {
    Record record;
    record.key = {.high = ~number, .low = number};
    record.cell = 1000 + number;
    record.elapsed_s = 0.5;
    record.outcome.status = Status::done;
    record.outcome.flags = static_cast<Flags>(number);
    record.outcome.values = {static_cast<double>(number), -0.0};
    return record;
}

std::vector<Record> records_to(std::uint64_t count) {
    std::vector<Record> records;
    for (std::uint64_t number = 0; number < count; ++number)
        records.push_back(record_number(number));
    return records;
}

void expect_same(const Record& a, const Record& b) {
    EXPECT_EQ(a.key, b.key);
    EXPECT_EQ(a.cell, b.cell);
    EXPECT_EQ(a.elapsed_s, b.elapsed_s);
    EXPECT_EQ(a.outcome.status, b.outcome.status);
    EXPECT_EQ(a.outcome.flags, b.outcome.flags);
    EXPECT_EQ(a.outcome.message, b.outcome.message);
    ASSERT_EQ(a.outcome.values.size(), b.outcome.values.size());
    for (std::size_t v = 0; v < a.outcome.values.size(); ++v)
        EXPECT_EQ(std::bit_cast<std::uint64_t>(a.outcome.values[v]),
                  std::bit_cast<std::uint64_t>(b.outcome.values[v]));
}

struct Content {
    JournalScan scan;
    std::map<std::uint64_t, Record> records; ///< by offset
};

Content content_of(const std::filesystem::path& path) {
    Content content;
    content.scan = scan_journal(path, [&](const Record& record, std::uint64_t offset) {
        content.records[offset] = record;
    });
    return content;
}

/// A whole journal's bytes, and where its records lie.
struct Sample {
    explicit Sample(std::uint64_t count) {
        const TempFolder folder;
        std::filesystem::path path;
        {
            Journal journal(folder.path(), header);
            journal.append(records_to(count));
            path = journal.path();
        }
        bytes = read_file(path);
        content = content_of(path);
    }

    /// Byte after the record at `offset`.
    std::uint64_t end_of(std::uint64_t offset) const {
        const auto next = content.records.upper_bound(offset);
        return next == content.records.end() ? bytes.size() : next->first;
    }

    std::string bytes;
    Content content;
};

/// What is found in a journal of these bytes. The file goes at once: ext4 makes a file that is
/// truncated and written again durable, which took most of these tests' time.
Content content_of_bytes(const TempFolder& folder, const std::string& bytes) {
    const std::filesystem::path path = folder.write("damaged.journal", bytes);
    Content content = content_of(path);
    std::filesystem::remove(path);
    return content;
}

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
    auto expected = records.begin();
    for (const auto& [offset, record] : content.records) {
        expect_same(record, *expected);
        expect_same(read_record(file, offset), *expected++);
    }
    EXPECT_THROW(read_record(file, content.records.begin()->first + 1), StoreError);
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
    std::size_t untouched = 0;
    for (const auto& [offset, record] : sample.content.records) {
        if (sample.end_of(offset) > start && offset < start + length) continue;
        if (offset < start && sample.end_of(offset) > start) continue; // garbage put in its middle
        ++untouched;
        RC_ASSERT(by_key.contains(record.key));
        RC_ASSERT(by_key[record.key]->outcome.values == record.outcome.values);
    }
    RC_ASSERT(found.records.size() == untouched);
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

/// `bytes` with a byte set, at an offset from the start of a frame's payload, and the checksum of
/// that frame made right again.
std::string with_byte(std::string bytes, std::uint64_t frame, std::size_t magic, std::size_t at,
                      std::uint8_t value) {
    std::uint32_t length = 0;
    std::memcpy(&length, bytes.data() + frame + magic, sizeof length);
    bytes[frame + magic + 4 + at] = static_cast<char>(value);
    const auto sum = static_cast<std::uint32_t>(crc32_z(
        0, reinterpret_cast<const Bytef*>(bytes.data() + frame + magic), length + sizeof length));
    std::memcpy(bytes.data() + frame + magic + 4 + length, &sum, sizeof sum);
    return bytes;
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

TEST(Journal, ARecordIsSeenWhereItLies) {
    const Sample sample(3);
    const std::span bytes(reinterpret_cast<const std::uint8_t*>(sample.bytes.data()),
                          sample.bytes.size());
    for (const auto& [offset, record] : sample.content.records) {
        Record copy;
        copy_record(view_record(bytes, offset), copy);
        expect_same(copy, record);
        EXPECT_THROW(view_record(bytes, offset + 1), StoreError);
    }
    EXPECT_THROW(view_record(bytes, bytes.size()), StoreError);
    EXPECT_THROW(view_record(bytes, ~std::uint64_t{0}), StoreError);
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

TEST(JournalScan, RefusesRecordsWithoutAnyHeader) {
    const Sample sample(2);
    const TempFolder folder;
    const auto first = sample.content.records.begin()->first;
    const auto path =
        folder.write("headless.journal", std::string(first, '\xff') + sample.bytes.substr(first));

    EXPECT_THROW(content_of(path), StoreError);
}

/// What happens in a child process whose files may not grow beyond a limit (ulimit -f), which is
/// how a full disk looks from inside: a write that is cut short, then an error.
struct FullDisk {
    std::uint64_t acknowledged = 0; ///< records whose append() returned
    bool refused = false;           ///< append() threw StoreError(io)
    bool refused_again = false;     ///< and the next one too, even with the limit lifted
    bool says_kept = false;         ///< the message says that earlier records are kept
};

FullDisk append_until_full(const std::filesystem::path& folder) {
    FullDisk result;
    Journal journal(folder, header);
    std::signal(SIGXFSZ, SIG_IGN); // as the program does: an error, not the end
    rlimit limit{};
    getrlimit(RLIMIT_FSIZE, &limit);
    const rlimit small{1000, limit.rlim_max};
    setrlimit(RLIMIT_FSIZE, &small);
    try {
        for (std::uint64_t number = 0; number < 1000; ++number) {
            const Record record = record_number(number);
            journal.append({&record, 1});
            ++result.acknowledged;
        }
    } catch (const StoreError& error) {
        result.refused = error.kind == StoreError::Kind::io;
        result.says_kept = std::string(error.what()).find("kept") != std::string::npos;
    }
    setrlimit(RLIMIT_FSIZE, &limit);
    try {
        const Record record = record_number(0);
        journal.append({&record, 1});
    } catch (const StoreError&) {
        result.refused_again = true;
    }
    return result;
}

TEST(Journal, AFullDiskStopsItAndCostsNoRecord) {
    const TempFolder folder;
    int ends[2] = {};
    ASSERT_EQ(pipe(ends), 0);
    const pid_t child = fork();
    if (child == 0) {
        const FullDisk result = append_until_full(folder.path());
        const bool told = write(ends[1], &result, sizeof result) == sizeof result;
        _exit(told ? 0 : 1);
    }
    FullDisk result;
    ASSERT_EQ(read(ends[0], &result, sizeof result), static_cast<ssize_t>(sizeof result));
    waitpid(child, nullptr, 0);
    close(ends[0]);
    close(ends[1]);

    EXPECT_TRUE(result.refused);
    EXPECT_TRUE(result.says_kept);
    EXPECT_TRUE(result.refused_again);
    const std::filesystem::path path = std::filesystem::directory_iterator(folder.path())->path();
    const Content found = content_of(path);
    ASSERT_GT(result.acknowledged, 0U);
    ASSERT_EQ(found.records.size(), result.acknowledged);
    std::uint64_t number = 0;
    for (const auto& [offset, record] : found.records)
        expect_same(record, record_number(number++));
    EXPECT_GT(found.scan.damaged_bytes, 0U); // the write that was cut short
}

// kill -9 at any moment of a run: whatever was acknowledged is found.
TEST(Journal, AKilledProcessLosesNothingItWasToldIsKept) {
    for (int trial = 0; trial < 10; ++trial) {
        const TempFolder folder;
        int ends[2] = {};
        ASSERT_EQ(pipe(ends), 0);
        const pid_t child = fork();
        if (child == 0) {
            Journal journal(folder.path(), header);
            for (std::uint64_t number = 0;; ++number) {
                const Record record = record_number(number);
                journal.append({&record, 1});
                if (write(ends[1], &number, sizeof number) != sizeof number) _exit(1);
            }
        }
        std::uint64_t acknowledged = 0;
        std::uint64_t number = 0;
        const std::uint64_t enough = 20 + 37 * static_cast<std::uint64_t>(trial);
        while (acknowledged < enough && read(ends[0], &number, sizeof number) == sizeof number)
            acknowledged = number + 1;
        kill(child, SIGKILL);
        waitpid(child, nullptr, 0);
        close(ends[1]);
        while (read(ends[0], &number, sizeof number) == sizeof number)
            acknowledged = number + 1;
        close(ends[0]);

        const Content found =
            content_of(std::filesystem::directory_iterator(folder.path())->path());

        EXPECT_GE(found.records.size(), acknowledged);
        EXPECT_LE(found.records.size(), acknowledged + 1);
    }
}

} // namespace
} // namespace basin
