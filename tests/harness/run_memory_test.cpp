// How much memory a run takes, against what its plan tells and what it is allowed.

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <string>
#include <thread>

#include "tiny_run.hpp"

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
