#include "results/files/preallocation.hpp"
#include "results/journal/journal.hpp"

#include <gtest/gtest.h>

#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <vector>

#include "support/temp_folder.hpp"

namespace {
struct Request {
    off_t from;
    off_t length;
    bool operator==(const Request&) const = default;
};
bool is_watched = false;
std::vector<Request> requests;
off_t room = 0; ///< bytes that a watched disk has
int reason = 0; ///< errno beyond them
} // namespace

/// Stands in for the C library's in this program: when watched, for a disk of some bytes.
extern "C" int fallocate(int descriptor, int mode, off_t from, off_t length) {
    if (!is_watched)
        return static_cast<int>(syscall(SYS_fallocate, descriptor, mode, from, length));
    EXPECT_EQ(mode, FALLOC_FL_KEEP_SIZE);
    requests.push_back({from, length});
    if (from + length <= room) return 0;
    errno = reason;
    return -1;
}

namespace basin {
namespace {

constexpr off_t mebibyte = 1 << 20;

class ReservedSpaceTest : public testing::Test {
protected:
    ReservedSpaceTest() { watch(1000 * mebibyte, ENOSPC); }
    ~ReservedSpaceTest() override { is_watched = false; }
    static void watch(off_t bytes, int error) {
        is_watched = true;
        requests.clear();
        room = bytes;
        reason = error;
    }
    ReservedSpace space_;
};

TEST_F(ReservedSpaceTest, IsTakenInStepsThatGrowToEightMebibytes) {
    for (std::uint64_t size = 0; size < 40 * mebibyte; size += mebibyte / 4)
        space_.ensure(0, size, mebibyte / 4, "file");

    EXPECT_EQ(requests, (std::vector<Request>{{0, mebibyte},
                                              {mebibyte, 2 * mebibyte},
                                              {3 * mebibyte, 4 * mebibyte},
                                              {7 * mebibyte, 8 * mebibyte},
                                              {15 * mebibyte, 8 * mebibyte},
                                              {23 * mebibyte, 8 * mebibyte},
                                              {31 * mebibyte, 8 * mebibyte},
                                              {39 * mebibyte, 8 * mebibyte}}));
}

TEST_F(ReservedSpaceTest, AFullDiskIsUsedToItsEndAndMetBetweenTwoWrites) {
    for (const int full : {ENOSPC, EDQUOT}) {
        watch(1000, full);
        ReservedSpace space;

        for (std::uint64_t size = 0; size < 1000; size += 100)
            EXPECT_NO_THROW(space.ensure(0, size, 100, "file"));

        try {
            space.ensure(0, 1000, 100, "file");
            FAIL() << "took more than there is";
        } catch (const StoreError& error) {
            EXPECT_EQ(error.kind, StoreError::Kind::io);
            EXPECT_NE(std::string(error.what()).find("free some space"), std::string::npos);
        }
    }
}

TEST_F(ReservedSpaceTest, WhereNothingCanBeReservedTheWriteDecides) {
    for (const int error : {EOPNOTSUPP, ENOSYS, EFBIG, EIO}) {
        watch(0, error);
        ReservedSpace space;

        EXPECT_NO_THROW(space.ensure(0, 0, 100, "file"));
        EXPECT_NO_THROW(space.ensure(0, 100, 100, "file"));

        EXPECT_EQ(requests.size(), 1U) << "asked again in vain";
    }
}

TEST_F(ReservedSpaceTest, IsNoContentAndIsGivenBack) {
    is_watched = false;
    const tests::TempFolder folder;
    const auto info_of = [](const std::filesystem::path& path) {
        struct stat info = {};
        EXPECT_EQ(stat(path.c_str(), &info), 0);
        return info;
    };
    std::filesystem::path path;
    struct stat during = {};
    {
        JournalHeader header;
        header.host = "host";
        Journal journal(folder.path(), header);
        Record record;
        record.outcome.status = Status::done;
        journal.append({&record, 1});
        path = journal.path();
        during = info_of(path);
        EXPECT_EQ(scan_journal(path, [](const Record&, std::uint64_t) {}).damaged_bytes, 0U);
    }
    const struct stat after = info_of(path);

    EXPECT_LT(during.st_size, 4096);
    EXPECT_EQ(after.st_size, during.st_size);
    EXPECT_LE(after.st_blocks * 512, 64 * 1024) << "what was reserved is still taken";
    EXPECT_EQ(scan_journal(path, [](const Record&, std::uint64_t) {}).records, 1U);
}

} // namespace
} // namespace basin
