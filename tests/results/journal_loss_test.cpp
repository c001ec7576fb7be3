// A journal whose disk fills up or whose process is killed: nothing is lost that was said to be
// kept.

#include "results/journal/journal.hpp"

#include <gtest/gtest.h>

#include <csignal>
#include <string>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "support/sample_journal.hpp"

namespace basin {
namespace {

using namespace tests;

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
