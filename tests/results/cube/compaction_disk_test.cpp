// results.h5 on a full disk.

#include "results/cube/compaction.hpp"

#include <gtest/gtest.h>
#include <hdf5.h>

#include <algorithm>
#include <csignal>
#include <optional>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "support/compacted.hpp"
#include "support/synthetic_store.hpp"
#include "support/temp_folder.hpp"

namespace basin {

using namespace tests; // NOLINT: every helper of compacted.hpp

// One process that meets a full disk again and again keeps nothing of the failed attempts: no
// descriptor, no disk space, nothing open in HDF5. Then it succeeds.
TEST(Compaction, AFullDiskLeavesNothingOpenAndTheNextAttemptSucceeds) {
    const tests::TempFolder folder;
    const Plan plan = plan_of(small_sweep);
    const Store store = Store::open(folder.path(), plan);
    add_journal(store, plan, planned_cells_of(plan));
    compact_all(store, plan);
    const std::string good = tests::read_file(store.results_file());
    const Inventory inventory = store.inventory(plan);
    constexpr unsigned open_in_hdf5 = H5F_OBJ_FILE | H5F_OBJ_DATASET | H5F_OBJ_GROUP | H5F_OBJ_ATTR;
    const std::size_t open_before = files_in("/proc/self/fd");
    rlimit limit{};
    getrlimit(RLIMIT_FSIZE, &limit);
    const rlim_t unlimited = limit.rlim_cur;
    const auto old_handler = std::signal(SIGXFSZ, SIG_IGN);

    for (rlim_t bytes = 0; bytes < good.size(); bytes += good.size() / 40) {
        limit.rlim_cur = bytes;
        setrlimit(RLIMIT_FSIZE, &limit);
        std::optional<StoreError::Kind> failure;
        try {
            compact(store, plan, inventory, build);
        } catch (const StoreError& error) {
            failure = error.kind;
        }
        limit.rlim_cur = unlimited;
        setrlimit(RLIMIT_FSIZE, &limit);
        EXPECT_EQ(failure, StoreError::Kind::io) << "with " << bytes << " bytes";
        EXPECT_EQ(files_in("/proc/self/fd"), open_before) << "with " << bytes << " bytes";
        EXPECT_EQ(H5Fget_obj_count(H5F_OBJ_ALL, open_in_hdf5), 0) << "with " << bytes << " bytes";
    }
    std::signal(SIGXFSZ, old_handler);
    compact(store, plan, inventory, build);

    EXPECT_EQ(tests::read_file(store.results_file()), good);
}

// A full disk looks to a program like a file that may not grow. In child processes, for the limit
// would hold for the rest of the tests too. The child ends as programs do, so that HDF5's own
// clean-up after the failure runs as well.
TEST(Compaction, AFullDiskKeepsTheOldFilesAndLeavesNothingBehind) {
    const tests::TempFolder folder;
    const Plan plan = plan_of(small_sweep);
    const Store store = Store::open(folder.path(), plan);
    compact_all(store, plan);
    const std::string old_results = tests::read_file(store.results_file());
    const std::string old_timing = tests::read_file(store.timing_file());
    const std::size_t old_files = files_in(folder.path());
    add_journal(store, plan, planned_cells_of(plan));
    const Inventory inventory = store.inventory(plan);
    constexpr int reported = 7;

    for (rlim_t bytes = 0; bytes < old_results.size(); bytes += old_results.size() / 40) {
        const pid_t child = fork();
        if (child == 0) {
            std::signal(SIGXFSZ, SIG_IGN);
            const rlimit limit{bytes, bytes};
            setrlimit(RLIMIT_FSIZE, &limit);
            try {
                compact(store, plan, inventory, build);
            } catch (const StoreError& error) {
                const std::string message = error.what();
                const bool told = error.kind == StoreError::Kind::io &&
                                  message.find(folder.path().string()) != std::string::npos;
                std::exit(told ? reported : EXIT_FAILURE);
            }
            std::exit(EXIT_SUCCESS);
        }
        int status = 0;
        waitpid(child, &status, 0);

        ASSERT_TRUE(WIFEXITED(status)) << "with " << bytes << " bytes";
        ASSERT_EQ(WEXITSTATUS(status), reported) << "with " << bytes << " bytes";
        // The smaller file may have been finished before the larger one met the limit.
        const std::string timing = tests::read_file(store.timing_file());
        EXPECT_TRUE(timing == old_timing || timing.size() <= bytes);
        EXPECT_EQ(tests::read_file(store.results_file()), old_results);
        EXPECT_EQ(files_in(folder.path()), old_files);
    }
}

} // namespace basin
