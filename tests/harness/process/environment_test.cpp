// What the environment says wrongly is refused before a store has anything of it.

#include <gtest/gtest.h>

#include <cstdlib>
#include <sys/resource.h>

#include "support/tiny_run.hpp"

namespace basin::tests {
namespace {

using Assignment = std::pair<const char*, const char*>;

class Environment : public Run {
protected:
    ProgramResult run_under(const std::function<void()>& prepare,
                            std::vector<std::string> more = {}) const {
        std::vector<std::string> arguments{"run", config_, "--store", path("store"), "--quiet"};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return RunningProgram(arguments, BASIN_PROGRAM, prepare).wait();
    }

    ProgramResult run_with(const Assignment& variable) const {
        return run_under([=] { ::setenv(variable.first, variable.second, 1); });
    }

    bool has_store() const { return std::filesystem::exists(path("store")); }
};

TEST_F(Environment, VariablesWithoutSenseAreRefusedBeforeAnythingIsRecorded) {
    for (const Assignment& variable : {Assignment{"BASIN_SIMD", "AVX2"},
                                       {"BASIN_SIMD", "avx2 "},
                                       {"BASIN_SIMD", "none"},
                                       {"OMP_NUM_THREADS", "many"},
                                       {"OMP_NUM_THREADS", "0"},
                                       {"OMP_NUM_THREADS", "-3"},
                                       {"OMP_NUM_THREADS", "2,"},
                                       {"OMP_NUM_THREADS", "2x"},
                                       {"OMP_STACKSIZE", "16k"},
                                       {"OMP_STACKSIZE", "1023"},
                                       {"OMP_STACKSIZE", "8 MB"},
                                       {"GOMP_STACKSIZE", "large"}}) {
        const auto result = run_with(variable);
        EXPECT_EQ(result.exit, 2) << variable.first << "=" << variable.second;
        EXPECT_NE(result.err.find(std::string(variable.first) + "="), std::string::npos)
            << result.err;
        EXPECT_FALSE(has_store()) << variable.first << "=" << variable.second;
    }
}

TEST_F(Environment, VariablesWithSenseAreTaken) {
    for (const Assignment& variable : {Assignment{"BASIN_SIMD", "baseline"},
                                       {"BASIN_SIMD", ""},
                                       {"OMP_NUM_THREADS", " 2 "},
                                       {"OMP_NUM_THREADS", "3, 2"},
                                       {"OMP_NUM_THREADS", ""},
                                       {"OMP_STACKSIZE", "2M"},
                                       {"OMP_STACKSIZE", "4096"},
                                       {"OMP_STACKSIZE", "4194304 B"},
                                       {"OMP_THREAD_LIMIT", "1"},
                                       {"OMP_DYNAMIC", "true"},
                                       {"LC_ALL", "de_DE.UTF-8"},
                                       {"HOME", "/no/such/folder"},
                                       {"TMPDIR", "/no/such/folder"}}) {
        const auto result = RunningProgram({"plan", config_}, BASIN_PROGRAM, [&] {
                                ::setenv(variable.first, variable.second, 1);
                            }).wait();
        EXPECT_EQ(result.exit, 0) << variable.first << "=" << variable.second << ": " << result.err;
    }
}

TEST_F(Environment, AThreadLimitIsToldAsItIs) {
    const auto result =
        RunningProgram({"run", config_, "--store", path("store"), "--threads", "3", "--json"},
                       BASIN_PROGRAM, [] { ::setenv("OMP_THREAD_LIMIT", "1", 1); })
            .wait();
    ASSERT_EQ(result.exit, 0) << result.err;
    EXPECT_EQ(nlohmann::json::parse(result.out)["threads"], 1);
}

TEST_F(Environment, AStackThatIsTooSmallIsRefused) {
    const auto result = run_under([] {
        const rlimit small{256 << 10, 256 << 10};
        ::setrlimit(RLIMIT_STACK, &small);
    });
    EXPECT_EQ(result.exit, 2) << result.err;
    EXPECT_NE(result.err.find("ulimit -s"), std::string::npos) << result.err;
    EXPECT_FALSE(has_store());
}

TEST_F(Environment, ThreadsThatCannotBeStartedAreRefused) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    GTEST_SKIP() << "a sanitizer reserves more memory than the limit";
#elif defined(__has_feature) // clang's way of saying so
#if __has_feature(thread_sanitizer) || __has_feature(address_sanitizer)
    GTEST_SKIP() << "a sanitizer reserves more memory than the limit";
#endif
#endif
    const auto result = run_under(
        [] { // stacks of 8 MB for 1000 threads do not fit
            const rlimit stack{8 << 20, 8 << 20};
            const rlimit memory{2L << 30, 2L << 30};
            ::setrlimit(RLIMIT_STACK, &stack);
            ::setrlimit(RLIMIT_AS, &memory);
        },
        {"--threads", "1000", "--memory", "64G"});
    EXPECT_EQ(result.exit, 2) << result.err;
    EXPECT_NE(result.err.find("--threads"), std::string::npos) << result.err;
}

} // namespace
} // namespace basin::tests
