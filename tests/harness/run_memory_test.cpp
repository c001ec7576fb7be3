// How much memory a run takes, against what its plan tells and what it is allowed.

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <string>
#include <sys/resource.h>
#include <thread>

#include "support/tiny_run.hpp"

namespace basin {
namespace {

using namespace tests;
using nlohmann::json;

TEST_F(Run, TenMillionPointsNeedLittleMemory) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    GTEST_SKIP() << "a sanitizer's own memory counts too";
#elif defined(__has_feature) // clang's way of saying so
#if __has_feature(thread_sanitizer) || __has_feature(address_sanitizer)
    GTEST_SKIP() << "a sanitizer's own memory counts too";
#endif
#endif
    constexpr long limit_kb = 200 * 1024;
    const std::string large =
        folder_.write("large.toml", "[sweep]\nreplicates = 100\n"
                                    "[patterns]\ndimension = 20\npattern_count = 5\n"
                                    "[model]\ninteraction_vertex = \"range(1, 100, 1)\"\n"
                                    "beta = \"log(0.01, 100, 1000)\"\n");
    const auto planned = run_program({"plan", large, "--json"});
    EXPECT_EQ(json::parse(planned.out)["points"], 10'000'000);
    EXPECT_LT(planned.peak_kb, limit_kb);

    const tests::RunningProgram program({"run", large, "--store", path("large"), "--quiet"});
    std::this_thread::sleep_for(std::chrono::seconds(2));
    program.signal(SIGTERM);
    const auto stopped = program.wait();

    EXPECT_EQ(stopped.exit, 4) << stopped.err;
    EXPECT_LT(stopped.peak_kb, limit_kb);
}

/// Most of the memory is the scene's bits, K N / 4 bytes, and match counts and weights, 24 K bytes.
TEST_F(Run, TheMemoryThatThePlanTellsIsTaken) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    GTEST_SKIP() << "a sanitizer's own memory counts too";
#elif defined(__has_feature) // clang's way of saying so
#if __has_feature(thread_sanitizer) || __has_feature(address_sanitizer)
    GTEST_SKIP() << "a sanitizer's own memory counts too";
#endif
#endif
    const std::string wide = folder_.write("wide.toml", "[patterns]\ndimension = 1000\n"
                                                        "pattern_count = 400000\n"
                                                        "[cue]\nprobe_count = 4\n"
                                                        "[model]\ninteraction_vertex = 20\n"
                                                        "formulation = \"normalized\"\n");
    for (const std::string threads : {"1", "2"}) {
        const auto planned = run_program({"plan", wide, "--threads", threads, "--json"});
        const auto ran =
            run_program({"run", wide, "--store", path(threads), "--threads", threads, "--quiet"});
        ASSERT_EQ(ran.exit, 0) << ran.err;

        const double need_kb =
            json::parse(planned.out)["memory"]["need_bytes"].get<double>() / 1024;
        // The bits alone are 98 MB. What is told is what may be needed: two companies a thread,
        // with weights in double, of which a run like this has one, in float.
        EXPECT_GT(need_kb, static_cast<double>(ran.peak_kb)) << threads;
        EXPECT_LT(need_kb, 1.5 * static_cast<double>(ran.peak_kb)) << threads;
    }
}

/// As `ulimit -v` does.
tests::ProgramResult run_within(std::size_t bytes, const std::vector<std::string>& arguments) {
    return tests::RunningProgram(arguments, BASIN_PROGRAM,
                                 [bytes] {
                                     const rlimit limit{bytes, bytes};
                                     ::setrlimit(RLIMIT_AS, &limit);
                                 })
        .wait();
}

TEST_F(Run, ALimitOfTheAddressSpaceIsKnownBeforeAndMetWithoutAFailure) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    GTEST_SKIP() << "a sanitizer needs an address space without limits";
#elif defined(__has_feature) // clang's way of saying so
#if __has_feature(thread_sanitizer) || __has_feature(address_sanitizer)
    GTEST_SKIP() << "a sanitizer needs an address space without limits";
#endif
#endif
    // The bits of the memories alone are 2 GB.
    const std::string large = folder_.write("large.toml", "[patterns]\ndimension = 2000\n"
                                                          "pattern_count = 4000000\n"
                                                          "[cue]\nprobe_count = 4\n");
    constexpr std::size_t limit = std::size_t{1} << 30U;
    const auto refused =
        run_within(limit, {"run", large, "--store", path("refused"), "--threads", "1"});
    EXPECT_EQ(refused.exit, 2) << refused.err;
    EXPECT_NE(refused.err.find("of memory on 1 thread"), std::string::npos) << refused.err;

    // Who says that there is more meets the limit.
    const auto met = run_within(
        limit, {"run", large, "--store", path("met"), "--threads", "1", "--memory", "1T"});
    EXPECT_EQ(met.exit, 74) << met.err;
    EXPECT_NE(met.err.find("not enough memory"), std::string::npos) << met.err;
    const auto status = run_program({"status", path("met"), "--json"});
    EXPECT_EQ(json::parse(status.out)["failed"], 0);
    EXPECT_EQ(json::parse(status.out)["missing"], 1);
}

/// A file of 4 TB that takes no room on the disk: nobody can have read it.
TEST_F(Run, PatternsThatDoNotFitAreRefusedByTheirHeader) {
    std::string header = "{'descr': '<f4', 'fortran_order': False, 'shape': (1000000000, 1000), }";
    header.resize(117, ' ');
    const std::string file = folder_.write(
        "huge.npy", std::string("\x93NUMPY\x01\0", 8) + std::string("\x76\0", 2) + header + "\n");
    std::error_code no_such_files; // on some file systems
    std::filesystem::resize_file(file, 128 + 4'000'000'000'000, no_such_files);
    const std::string config =
        folder_.write("huge.toml", "[patterns]\nsource = \"npy\"\npath = \"" + file + "\"\n");
    const auto refused = run_program({"run", config, "--store", path("store"), "--memory", "100M"});
    EXPECT_EQ(refused.exit, 2) << refused.err;
    EXPECT_NE(refused.err.find("huge.npy: its 1000000000000 values need about"), std::string::npos)
        << refused.err;
    EXPECT_FALSE(std::filesystem::exists(folder_ / "store"));
}

TEST_F(Run, MoreMemoryThanAllowedIsRefusedBeforeAnythingIsThere) {
    const auto refused = run_program({"run", config_, "--store", path("store"), "--memory", "10M"});
    EXPECT_EQ(refused.exit, 2);
    EXPECT_NE(refused.err.find("more than the 10 MB"), std::string::npos) << refused.err;
    EXPECT_FALSE(std::filesystem::exists(folder_ / "store"));

    EXPECT_EQ(run_program({"run", config_, "--store", path("store"), "--memory", "lots"}).exit, 2);
    EXPECT_EQ(run_program({"run", config_, "--store", path("store"), "--memory", "1G"}).exit, 0);
    // With nothing left to compute nothing is needed.
    EXPECT_EQ(run_program({"run", config_, "--store", path("store"), "--memory", "10M"}).exit, 0);
}

} // namespace
} // namespace basin
