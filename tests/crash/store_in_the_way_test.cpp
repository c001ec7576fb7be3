// A store that cannot be written, goes away, or is not what its name says.

#include <thread>

#include "crash/load.hpp"
#include "crash/mounted.hpp"

namespace basin::tests {
namespace {

class StoreInTheWay : public UnderLoad {
protected:
    void SetUp() override { undisturbed(1); }

    void expect_refused(const std::filesystem::path& store) const {
        const auto result = run(store, 1);
        EXPECT_EQ(result.exit, 74) << result.out << result.err;
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
    expect_refused(store);
    expect_refused(store); // nothing is left to compute, and still there are no results
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
