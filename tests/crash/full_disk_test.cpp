// No space, at any moment of a run: exit 74, nothing lost, and the same command goes on. EDQUOT is
// not tested: it takes a file system with quotas.

#include <sys/resource.h>

#include "crash/load.hpp"
#include "crash/mounted.hpp"

namespace basin::tests {
namespace {

class FullDisk : public UnderLoad {
protected:
    void SetUp() override {
        undisturbed(1);
        journal_ = journal_bytes(folder_ / "undisturbed");
        results_ = expected_.size();
    }

    static void expect_says_what_to_do(const ProgramResult& result) {
        EXPECT_EQ(result.exit, 74) << result.out << result.err;
        EXPECT_NE(result.err.find("free some space"), std::string::npos) << result.err;
        EXPECT_NE(result.err.find("same command"), std::string::npos) << result.err;
    }

    std::uintmax_t journal_ = 0;
    std::uintmax_t results_ = 0;
};

TEST_F(FullDisk, LosesNothingWhereverItFills) {
    const std::uintmax_t disk_size = 4 * (journal_ + results_) + (std::uintmax_t{4} << 20);
    for (const std::uintmax_t space :
         {std::uintmax_t{0}, std::uintmax_t{12288}, journal_ / 2, journal_ + results_ / 4,
          journal_ + results_ / 2, journal_ + results_ - 16384}) {
        SCOPED_TRACE(std::to_string(space) + " bytes free");
        const auto folder = folder_ / "disk";
        const MemoryDisk disk(folder, disk_size);
        if (!disk.why_not().empty()) GTEST_SKIP() << disk.why_not();
        const auto store = folder / "store";
        const auto ballast = folder / "ballast";
        std::ofstream(ballast) << std::string(std::filesystem::space(folder).available - space,
                                              'b');

        expect_says_what_to_do(run(store, 1));
        const Kept before = kept_in(store);
        if (space > journal_) {
            EXPECT_EQ(before.points.size(), 360U);
        }
        if (space == journal_ / 2) {
            EXPECT_GT(before.points.size(), 36U);
        }
        EXPECT_FALSE(std::filesystem::exists(store / "results.h5"));

        std::filesystem::remove(ballast);
        expect_goes_on(store, 1, before);
    }
}

TEST_F(FullDisk, AFileThatMayNotGrowLosesNothing) {
    for (const std::uintmax_t limit :
         {std::uintmax_t{100}, std::uintmax_t{3000}, journal_ / 2, (journal_ + results_) / 2}) {
#ifdef __clang__
        if (limit < 2000) continue; // LLVM's OpenMP itself keeps 1 KiB in a shared file
#endif
        SCOPED_TRACE(std::to_string(limit) + " bytes a file");
        const auto store = folder_ / std::to_string(limit);
        const RunningProgram program(run_arguments(config_, store, 1), BASIN_PROGRAM, [&] {
            const rlimit size{limit, limit};
            ::setrlimit(RLIMIT_FSIZE, &size);
        });

        const auto result = program.wait();

        EXPECT_EQ(result.exit, 74) << result.out << result.err;
        expect_goes_on(store, 1, kept_in(store));
    }
}

} // namespace
} // namespace basin::tests
