#include "results/files/background_sync.hpp"
#include "results/journal/journal.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <cerrno>
#include <fcntl.h>
#include <filesystem>
#include <string>
#include <sys/syscall.h>
#include <thread>
#include <unistd.h>

#include "support/temp_folder.hpp"

namespace {
std::atomic<int> syncs{0};
std::atomic<bool> syncs_fail{false};
} // namespace

/// Stands in for the C library's in this program: it counts, and fails when told to.
extern "C" int fdatasync(int descriptor) {
    ++syncs;
    if (!syncs_fail) return static_cast<int>(syscall(SYS_fdatasync, descriptor));
    errno = EIO;
    return -1;
}

namespace basin {
namespace {

using namespace std::chrono_literals;

constexpr SyncPolicy soon{.when = SyncPolicy::When::group, .interval = 1ms};
constexpr SyncPolicy late{.when = SyncPolicy::When::group, .interval = 1h};
constexpr SyncPolicy each{.when = SyncPolicy::When::each};
constexpr SyncPolicy none{.when = SyncPolicy::When::none};

class DurableFileTest : public testing::Test {
protected:
    DurableFileTest() : file_(folder_ / "file", O_WRONLY | O_CREAT, "create") { syncs = 0; }
    ~DurableFileTest() override { syncs_fail = false; }

    /// Waits for something that another thread does soon.
    template <class Condition>
    static void wait_for(Condition&& condition) {
        while (!condition())
            std::this_thread::sleep_for(1ms);
    }

    tests::TempFolder folder_;
    OpenFile file_;
};

TEST_F(DurableFileTest, WhatWasWrittenLastIsSyncedThoughNothingFollows) {
    DurableFile durable(file_.descriptor(), soon, "file");

    durable.written();
    wait_for([] { return syncs == 1; });
    durable.written();
    wait_for([] { return syncs == 2; });

    durable.sync(); // nothing is left to do
    EXPECT_EQ(syncs, 2);
}

TEST_F(DurableFileTest, WritesOfOneGroupShareASync) {
    {
        DurableFile durable(file_.descriptor(), late, "file");
        for (int write = 0; write < 100; ++write)
            durable.written();
        EXPECT_EQ(syncs, 0);

        durable.sync();
        durable.sync();

        EXPECT_EQ(syncs, 1);
        durable.written();
    }
    EXPECT_EQ(syncs, 2) << "the end syncs the last group, and does not wait for its hour";
}

TEST_F(DurableFileTest, EachWriteIsSyncedBeforeItReturns) {
    DurableFile durable(file_.descriptor(), each, "file");
    for (int write = 1; write <= 3; ++write) {
        durable.written();
        EXPECT_EQ(syncs, write);
    }
}

TEST_F(DurableFileTest, NoneSyncsOnlyWhenAsked) {
    {
        DurableFile durable(file_.descriptor(), none, "file");
        durable.written();
        EXPECT_EQ(syncs, 0);
        durable.sync();
        EXPECT_EQ(syncs, 1);
        durable.written();
    }
    EXPECT_EQ(syncs, 1);
}

TEST_F(DurableFileTest, AFailureInTheBackgroundIsToldForGood) {
    DurableFile durable(file_.descriptor(), soon, "file");
    syncs_fail = true;
    durable.written();
    const auto has_failed = [&] {
        try {
            durable.check();
            return false;
        } catch (const StoreError& error) {
            EXPECT_EQ(error.kind, StoreError::Kind::io);
            return true;
        }
    };
    wait_for(has_failed);

    syncs_fail = false;

    EXPECT_TRUE(has_failed());
    EXPECT_THROW(durable.sync(), StoreError);
}

TEST_F(DurableFileTest, AJournalWhoseSyncFailedTakesNoMore) {
    for (const SyncPolicy& policy : {each, soon}) {
        Journal journal(folder_.path(), JournalHeader{}, policy);
        Record record;
        record.outcome.status = Status::done;
        const auto is_refused = [&] {
            try {
                journal.append({&record, 1});
                return false;
            } catch (const StoreError&) {
                return true;
            }
        };
        EXPECT_FALSE(is_refused());
        syncs_fail = true;
        wait_for(is_refused);
        syncs_fail = false;
        EXPECT_TRUE(is_refused());
        EXPECT_THROW(journal.sync(), StoreError);
    }
}

// Writes to a file without a name succeed, and are lost.
TEST_F(DurableFileTest, AFileThatWasRemovedIsAFailure) {
    for (const SyncPolicy& policy : {each, soon}) {
        Journal journal(folder_.path(), JournalHeader{}, policy);
        Record record;
        record.outcome.status = Status::done;
        std::filesystem::remove(journal.path());

        std::string said;
        wait_for([&] {
            try {
                journal.append({&record, 1});
            } catch (const StoreError& error) {
                said = error.what();
            }
            return !said.empty();
        });

        EXPECT_NE(said.find(journal.path()), std::string::npos) << said;
        EXPECT_NE(said.find("No such file"), std::string::npos) << said;
    }
}

// Under the thread sanitizer this is the test that matters.
TEST_F(DurableFileTest, SyncsOfBothThreadsMayMeet) {
    DurableFile durable(file_.descriptor(),
                        SyncPolicy{.when = SyncPolicy::When::group, .interval = 1us}, "file");
    for (int write = 0; write < 300; ++write) {
        durable.written();
        durable.check();
        if (write % 7 == 0) durable.sync();
    }
    durable.sync();
    EXPECT_GT(syncs, 0);
}

} // namespace
} // namespace basin
