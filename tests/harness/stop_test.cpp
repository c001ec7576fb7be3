// A stop is heeded within a second wherever the program is.

#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <string>
#include <sys/stat.h>
#include <thread>
#include <vector>

#include "support/program.hpp"
#include "support/temp_folder.hpp"

namespace basin {
namespace {

using Clock = std::chrono::steady_clock;

struct Stopped {
    tests::ProgramResult result;
    double seconds = 0.0; ///< from the signal to the end
};

Stopped stop_after_start(const std::vector<std::string>& arguments, int signal) {
    const tests::RunningProgram program(arguments);
    std::this_thread::sleep_for(std::chrono::milliseconds(500));
    const auto asked = Clock::now();
    program.signal(signal);
    Stopped stopped{program.wait()};
    stopped.seconds = std::chrono::duration<double>(Clock::now() - asked).count();
    return stopped;
}

/// A second, and what a loaded machine takes for a process to get its turn. None of the commands
/// below comes to its end in a minute.
constexpr double soon_s = 5;

class Stop : public testing::Test {
protected:
    std::string path(const std::string& name) const { return (folder_ / name).string(); }

    tests::TempFolder folder_;
    std::string vast_ = folder_.write("vast.toml", "[sweep]\nreplicates = 10\n"
                                                   "[patterns]\nbias = \"lin(0, 0.9, 1000)\"\n"
                                                   "[model]\nbeta = \"lin(1, 2, 100000)\"\n");
};

TEST_F(Stop, EndsPlanning) {
    for (const int signal : {SIGTERM, SIGINT}) {
        const Stopped stopped = stop_after_start({"plan", vast_}, signal);
        EXPECT_EQ(stopped.result.exit, 4) << stopped.result.err;
        EXPECT_LT(stopped.seconds, soon_s);
        EXPECT_NE(stopped.result.err.find("basin: stopped"), std::string::npos)
            << stopped.result.err;
    }
}

TEST_F(Stop, EndsTheRunThatPlansAndLeavesNothing) {
    for (const char* how : {"--quiet", "--in-process"}) {
        const Stopped stopped =
            stop_after_start({"run", vast_, "--store", path("store"), how}, SIGTERM);
        EXPECT_EQ(stopped.result.exit, 4) << stopped.result.err;
        EXPECT_LT(stopped.seconds, soon_s);
        EXPECT_FALSE(std::filesystem::exists(folder_ / "store"));
    }
}

// Nobody writes into it: the program waits in open(), where it asks nothing.
TEST_F(Stop, EndsWhatIsBlocked) {
    const std::string fifo = path("config.toml");
    ASSERT_EQ(::mkfifo(fifo.c_str(), 0600), 0);
    const Stopped stopped = stop_after_start({"plan", fifo}, SIGTERM);
    EXPECT_EQ(stopped.result.exit, 4) << stopped.result.err;
    EXPECT_LT(stopped.seconds, soon_s);
}

// One probe of one setting: asked after every unit's decision it would be for minutes.
TEST_F(Stop, EndsALongRecall) {
    const std::string large = folder_.write("large.toml", "[patterns]\ndimension = 4000\n"
                                                          "pattern_count = 20000\n"
                                                          "[cue]\nprobe_count = 64\n"
                                                          "cue_level = 0.5\n");
    const Stopped stopped =
        stop_after_start({"run", large, "--store", path("store"), "--threads", "1"}, SIGTERM);
    EXPECT_EQ(stopped.result.exit, 4) << stopped.result.err;
    EXPECT_LT(stopped.seconds, soon_s);
}

} // namespace
} // namespace basin
