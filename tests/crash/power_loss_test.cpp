// The machine dies: what an ext4 file system holds at a random moment, by copying its image without
// a sync. What was synced is there, and results.h5 is the old whole file or the new one.

#include "results/files/file.hpp"

#include <csignal>
#include <cstdlib>
#include <iostream>
#include <random>
#include <thread>

#include "crash/load.hpp"

namespace basin::tests {
namespace {

bool shell(const std::string& command) {
    return std::system((command + " 2>/dev/null").c_str()) == 0; // NOLINT(cert-env33-c)
}

/// A mounted image of ext4.
class Image {
public:
    Image(const std::filesystem::path& file, std::filesystem::path folder)
        : folder_(std::move(folder)) {
        std::filesystem::create_directories(folder_);
        mounted_ = shell("mount -o loop " + file.string() + " " + folder_.string());
    }
    ~Image() {
        if (mounted_) shell("umount " + folder_.string());
    }
    Image(const Image&) = delete;
    Image& operator=(const Image&) = delete;
    bool mounted() const { return mounted_; }
    std::filesystem::path operator/(const std::string& name) const { return folder_ / name; }

private:
    std::filesystem::path folder_;
    bool mounted_ = false;
};

class PowerLoss : public UnderLoad {
protected:
    bool make_image() const {
        return shell("rm -f " + file_.string() + "; truncate -s 96M " + file_.string() +
                     " && mkfs.ext4 -q -E lazy_itable_init=0 " + file_.string());
    }
    void cut() const {
        ASSERT_TRUE(shell("cp --sparse=always " + file_.string() + " " + copy_.string()));
    }

    RunningProgram start(const std::filesystem::path& store, int replicates) const {
        return RunningProgram(run_arguments(config_, store, replicates), BASIN_PROGRAM,
                              [] { ::setpgid(0, 0); });
    }
    /// The copy takes longer than a cut: so long nothing of the program runs.
    void cut_and_kill(const RunningProgram& program) const {
        ::kill(-program.process(), SIGSTOP);
        cut();
        ::kill(-program.process(), SIGKILL);
        program.wait();
    }

    const std::filesystem::path file_ = folder_ / "image";
    const std::filesystem::path copy_ = folder_ / "copy";
    std::mt19937 random_{20261};
};

Record numbered(std::uint64_t number) {
    Record record;
    record.key = {.high = 1, .low = number};
    record.outcome.status = Status::done;
    record.outcome.values = {static_cast<double>(number)};
    return record;
}

[[noreturn]] void append_and_tell(const std::filesystem::path& folder, int told) {
    JournalHeader header;
    header.metrics = {"number"};
    header.host = "here";
    Journal journal(folder, header);
    for (std::uint64_t number = 0;; ++number) {
        const Record record = numbered(number);
        journal.append({&record, 1});
        journal.sync();
        if (::write(told, &number, sizeof number) != sizeof number) ::_exit(1);
    }
}

TEST_F(PowerLoss, AJournalKeepsEveryRecordThatWasSynced) {
    std::uint64_t all = 0;
    for (int trial = 0; trial < 10; ++trial) {
        if (!make_image()) GTEST_SKIP() << "cannot make an ext4 image";
        const Image disk(file_, folder_ / "disk");
        if (!disk.mounted()) GTEST_SKIP() << "cannot mount an image";
        std::filesystem::create_directories(disk / "store/journals");
        sync_folder(disk / "store");
        int ends[2] = {};
        ASSERT_EQ(::pipe(ends), 0);
        const pid_t child = ::fork();
        if (child == 0) append_and_tell(disk / "store/journals", ends[1]);
        ::close(ends[1]);
        std::uint64_t synced = 0;
        std::uint64_t number = 0;
        const std::uint64_t enough = std::uniform_int_distribution<std::uint64_t>(1, 300)(random_);
        while (synced < enough && ::read(ends[0], &number, sizeof number) == sizeof number)
            synced = number + 1;

        ::kill(child, SIGSTOP); // the copy takes longer than a cut
        cut();
        ::kill(child, SIGKILL);
        ::waitpid(child, nullptr, 0);
        ::close(ends[0]);

        const Image after(copy_, folder_ / "after");
        ASSERT_TRUE(after.mounted());
        const Kept kept = kept_in(after / "store");
        for (number = 0; number < synced; ++number)
            EXPECT_TRUE(kept.points.contains({1, number})) << number << " of " << synced;
        all += synced;
    }
    std::cout << all << " records were synced before 10 cuts\n";
    EXPECT_GT(all, 0U);
}

TEST_F(PowerLoss, ARunKeepsWhatIsTwoSecondsOldAndGoesOn) {
    undisturbed(10);
    std::uint64_t all = 0;
    for (int trial = 0; trial < 4; ++trial) {
        if (!make_image()) GTEST_SKIP() << "cannot make an ext4 image";
        const Image disk(file_, folder_ / "disk");
        if (!disk.mounted()) GTEST_SKIP() << "cannot mount an image";
        const auto store = disk / "store";
        const RunningProgram program = start(store, 10);
        const int delay_ms = std::uniform_int_distribution<int>(400, 1600)(random_);
        std::this_thread::sleep_for(std::chrono::milliseconds(delay_ms));
        const Kept old = kept_in(store);
        std::this_thread::sleep_for(std::chrono::milliseconds(2100));
        cut_and_kill(program);

        const Image after(copy_, folder_ / "after");
        ASSERT_TRUE(after.mounted());
        const Kept kept = kept_in(after / "store");
        EXPECT_EQ(lost(old, kept), 0U) << old.points.size();
        all += old.points.size();
        expect_goes_on(after / "store", 10, kept);
    }
    std::cout << all << " records were two seconds old at 4 cuts\n";
    EXPECT_GT(all, 0U);
}

TEST_F(PowerLoss, ResultsAreTheOldWholeFileOrTheNewOne) {
    undisturbed(2);
    int cuts_with_new = 0;
    for (const int wait_ms : {0, 5, 20, 60, 200}) {
        if (!make_image()) GTEST_SKIP() << "cannot make an ext4 image";
        const Image disk(file_, folder_ / "disk");
        if (!disk.mounted()) GTEST_SKIP() << "cannot mount an image";
        const auto store = disk / "store";
        ASSERT_EQ(run(store, 1).exit, 0);
        const std::string old = results_of(store);
        const RunningProgram program = start(store, 2);
        // 720 points are there: what follows is the compaction.
        for (int i = 0; i < 20000 && kept_in(store).points.size() < 720; ++i)
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        std::this_thread::sleep_for(std::chrono::milliseconds(wait_ms));
        cut_and_kill(program);

        const Image after(copy_, folder_ / "after");
        ASSERT_TRUE(after.mounted());
        const std::string found = results_of(after / "store");
        EXPECT_TRUE(found == old || found == expected_) << found.size();
        if (found == expected_) ++cuts_with_new;
        expect_goes_on(after / "store", 2, {});
    }
    std::cout << cuts_with_new << " of 5 cuts found the new results\n";
}

} // namespace
} // namespace basin::tests
