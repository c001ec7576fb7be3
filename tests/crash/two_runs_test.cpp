// Two runs on one store at once: both are safe, work may double, the results are the same.

#include <nlohmann/json.hpp>

#include <csignal>
#include <sstream>
#include <thread>

#include "crash/load.hpp"

namespace basin::tests {
namespace {

class TwoRuns : public UnderLoad {};

/// Number of lines in a store's sessions.jsonl; each must be whole.
std::size_t sessions_in(const std::filesystem::path& store) {
    std::istringstream lines(read_file(store / "sessions.jsonl"));
    std::size_t count = 0;
    for (std::string line; std::getline(lines, line); ++count)
        EXPECT_TRUE(nlohmann::json::accept(line)) << line;
    return count;
}

TEST_F(TwoRuns, BothEndWellWithTheResultsOfOne) {
    undisturbed(1);
    for (int round = 0; round < 4; ++round) {
        const auto store = folder_ / std::to_string(round);
        const RunningProgram one(run_arguments(config_, store, 1));
        const RunningProgram two(run_arguments(config_, store, 1));
        const auto first = one.wait();
        const auto second = two.wait();

        EXPECT_EQ(first.exit, 0) << first.err;
        EXPECT_EQ(second.exit, 0) << second.err;
        EXPECT_EQ(kept_in(store).differing, 0U);
        EXPECT_TRUE(results_of(store) == expected_);
        EXPECT_EQ(sessions_in(store), 2U);
    }
}

TEST_F(TwoRuns, OneThatIsKilledLeavesTheOtherInPeace) {
    undisturbed(1);
    for (const int delay_ms : {20, 150, 400}) {
        const auto store = folder_ / std::to_string(delay_ms);
        const RunningProgram one(run_arguments(config_, store, 1));
        const RunningProgram two(run_arguments(config_, store, 1));
        std::this_thread::sleep_for(std::chrono::milliseconds(delay_ms));
        one.signal(SIGKILL);
        one.wait();
        const auto second = two.wait();

        EXPECT_EQ(second.exit, 0) << second.err;
        EXPECT_TRUE(results_of(store) == expected_);
        EXPECT_GE(sessions_in(store), 1U);
    }
}

} // namespace
} // namespace basin::tests
