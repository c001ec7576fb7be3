// A store that cannot be written, goes away, or is not what its name says.

#include <algorithm>
#include <map>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>

#include "crash/load.hpp"
#include "crash/mounted.hpp"

namespace basin::tests {
namespace {

class StoreInTheWay : public UnderLoad {
protected:
    void SetUp() override { undisturbed(1); }

    void expect_refused(const std::filesystem::path& store, int exit = 74) const {
        const auto result = run(store, 1);
        EXPECT_EQ(result.exit, exit) << result.out << result.err;
        EXPECT_NE(result.err.find(store.filename().string()), std::string::npos) << result.err;
    }
};

TEST_F(StoreInTheWay, AReadOnlyStoreIsReadAndNotWritten) {
    const auto folder = folder_ / "disk";
    const MemoryDisk disk(folder, std::uintmax_t{64} << 20);
    if (!disk.why_not().empty()) GTEST_SKIP() << disk.why_not();
    const auto store = folder / "store";
    ASSERT_EQ(run(store, 1).exit, 0);
    ASSERT_TRUE(disk.make_read_only());

    const auto wider = run(store, 2);
    EXPECT_EQ(wider.exit, 74);
    EXPECT_NE(wider.err.find("Read-only file system"), std::string::npos) << wider.err;
    EXPECT_EQ(run_program({"status", store}).exit, 0);
    EXPECT_EQ(run_program({"show", store}).exit, 0);
    const std::string page = folder_ / "page.html";
    const auto report = run_program({"report", "sweep", store, "--out", page});
    EXPECT_EQ(report.exit, 0) << report.err;
    EXPECT_FALSE(read_file(page).empty());
    EXPECT_TRUE(results_of(store) == expected_);
}

TEST_F(StoreInTheWay, WhatIsRemovedWhileRunningIsMissed) {
    for (const std::string part : {"", "journals"}) {
        const auto store = folder_ / ("removed" + part);
        const RunningProgram program(run_arguments(config_, store, 1));
        for (int i = 0; i < 2000 && journal_bytes(store) < 20000; ++i)
            std::this_thread::sleep_for(std::chrono::milliseconds(2));
        std::filesystem::remove_all(store / part);

        const auto result = program.wait();

        EXPECT_EQ(result.exit, 74) << result.out << result.err;
        EXPECT_NE(result.err.find("journals"), std::string::npos) << result.err;
        expect_goes_on(store, 1);
    }
}

TEST_F(StoreInTheWay, FilesWhereFoldersShouldBeAreRefused) {
    folder_.write("file", "text");
    expect_refused(folder_ / "file");
    std::filesystem::create_directory(folder_ / "halved");
    folder_.write("halved/journals", "text");
    expect_refused(folder_ / "halved");
}

TEST_F(StoreInTheWay, AFolderInThePlaceOfTheResultsIsRefusedEachTime) {
    const auto store = folder_ / "blocked";
    std::filesystem::create_directories(store / "results.h5");
    expect_refused(store, 5);
    expect_refused(store, 5); // each time, before anything is computed
    EXPECT_EQ(journal_bytes(store), 0U);
    std::filesystem::remove(store / "results.h5");
    expect_goes_on(store, 1);
}

/// As if a run had been killed between its last record and its results.
TEST_F(StoreInTheWay, ResultsThatLagBehindTheJournalsAreMadeAnew) {
    const auto store = folder_ / "behind";
    ASSERT_EQ(run(store, 1).exit, 0);
    const std::string old = results_of(store);
    undisturbed(2);
    ASSERT_EQ(run(store, 2).exit, 0);
    std::ofstream(store / "results.h5", std::ios::binary) << old;
    expect_goes_on(store, 2);

    std::ofstream(store / "results.h5", std::ios::binary) << old.substr(0, old.size() / 2);
    expect_goes_on(store, 2);
}

/// Every command that reads a store names what is in the way, and none waits for it.
TEST_F(StoreInTheWay, WhatIsNoRegularFileIsRefusedAtOnce) {
    const auto store = folder_ / "odd";
    ASSERT_EQ(run(store, 1).exit, 0);
    std::filesystem::copy(store, folder_ / "whole", std::filesystem::copy_options::recursive);
    const std::string out = folder_ / "out";
    const std::vector<std::vector<std::string>> commands{
        {"run", config_, "--store", store, "--quiet"},
        {"plan", config_, "--store", store},
        {"status", store},
        {"show", store},
        {"verify", store},
        {"export", store, "--format", "csv"},
        {"report", "sweep", store, "--out", out},
        {"merge", store, folder_ / "whole"}};
    const std::vector<std::string> all{"run",    "plan",   "status", "show",
                                       "verify", "export", "merge"};
    // A report reads results.h5 and not the journals.
    const std::map<std::string, std::vector<std::string>> read_by_report{
        {"store.json", {}},
        {"results.h5", {"report"}},
        {"timing.h5", {"report"}},
        {"sessions.jsonl", {"report"}},
        {"journals/x.journal", {}}};
    for (const auto& [name, more] : read_by_report)
        for (const bool fifo : {true, false}) {
            const auto file = store / name;
            const auto kept = folder_ / "kept";
            if (std::filesystem::exists(file)) std::filesystem::rename(file, kept);
            if (fifo)
                ::mkfifo(file.c_str(), 0600);
            else
                std::filesystem::create_symlink("/dev/zero", file);
            for (const std::vector<std::string>& command : commands) {
                const auto is_in = [&](const auto& list) {
                    return std::ranges::find(list, command[0]) != list.end();
                };
                if (!is_in(all) && !is_in(more)) continue;
                // A signal ends one that waits.
                const auto result =
                    RunningProgram(command, BASIN_PROGRAM, [] { ::alarm(20); }).wait();
                EXPECT_EQ(result.exit, 5) << command[0] << " " << file << ": " << result.err;
                EXPECT_NE((result.out + result.err).find(file.string()), std::string::npos)
                    << result.err;
            }
            std::filesystem::remove(file);
            if (std::filesystem::exists(kept)) std::filesystem::rename(kept, file);
        }
    EXPECT_EQ(run_program({"verify", store}).exit, 0);
}

TEST_F(StoreInTheWay, TerabytesOfNothingCostNoTime) {
    const auto store = folder_ / "sparse";
    ASSERT_EQ(run(store, 1).exit, 0);
    for (const auto& journal : std::filesystem::directory_iterator(store / "journals")) {
        std::error_code cannot;
        std::filesystem::resize_file(journal, std::uintmax_t{4} << 40U, cannot);
        if (cannot) GTEST_SKIP() << "no sparse files here: " << cannot.message();
    }
    for (const std::vector<std::string>& command :
         std::vector<std::vector<std::string>>{{"status", store},
                                               {"verify", store},
                                               {"show", store},
                                               run_arguments(config_, store, 1),
                                               {"merge", folder_ / "merged", store}}) {
        const auto result = RunningProgram(command, BASIN_PROGRAM, [] { ::alarm(20); }).wait();
        EXPECT_EQ(result.exit, 0) << command[0] << ": " << result.err;
    }
    EXPECT_TRUE(results_of(store) == expected_);
}

TEST_F(StoreInTheWay, ALinkAndAnyNameWillDo) {
    std::filesystem::create_directory(folder_ / "real");
    std::filesystem::create_directory_symlink(folder_ / "real", folder_ / "link");
    expect_goes_on(folder_ / "link", 1);
    EXPECT_TRUE(results_of(folder_ / "real") == expected_);
    expect_goes_on(folder_ / "two words\nand β", 1);
}

TEST_F(StoreInTheWay, ARelativePathStartsAtTheWorkingFolder) {
    const auto result = RunningProgram(run_arguments("load.toml", "near", 1), BASIN_PROGRAM, [&] {
                            std::filesystem::current_path(folder_.path());
                        }).wait();
    EXPECT_EQ(result.exit, 0) << result.err;
    EXPECT_EQ(kept_in(folder_ / "near").points.size(), 360U);
}

} // namespace
} // namespace basin::tests
