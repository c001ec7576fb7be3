// A stop is heeded within a second wherever the program is.

#include <gtest/gtest.h>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <string>
#include <sys/resource.h>
#include <sys/stat.h>
#include <thread>
#include <vector>

#include "support/program.hpp"
#include "support/temp_folder.hpp"

namespace basin {
namespace {

struct Stopped {
    tests::ProgramResult result;
    double cpu_s = 0.0; ///< that the program took, from its start to its end
};

double cpu_of_children() {
    rusage usage{};
    ::getrusage(RUSAGE_CHILDREN, &usage);
    const auto seconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

/// Whether the process would be told of the signal.
bool handles(pid_t process, int signal) {
    std::ifstream status("/proc/" + std::to_string(process) + "/status");
    for (std::string line; std::getline(status, line);)
        if (line.starts_with("SigCgt:"))
            return (std::stoull(line.substr(line.find_first_of("0123456789abcdef", 7)), nullptr,
                                16) >>
                        (signal - 1) &
                    1U) != 0;
    return false;
}

Stopped stop_once_running(const std::vector<std::string>& arguments, int signal) {
    const double before_s = cpu_of_children();
    const tests::RunningProgram program(arguments);
    while (!handles(program.process(), signal))
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    std::this_thread::sleep_for(std::chrono::milliseconds(300));
    program.signal(signal);
    Stopped stopped{program.wait()};
    stopped.cpu_s = cpu_of_children() - before_s;
    return stopped;
}

/// The start, a second, and what a loaded machine adds. The commands below would take a minute and
/// more; how long they take by the clock is the machine's affair.
constexpr double soon_s = 6;

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
        const Stopped stopped = stop_once_running({"plan", vast_}, signal);
        EXPECT_EQ(stopped.result.exit, 4) << stopped.result.err;
        EXPECT_LT(stopped.cpu_s, soon_s);
        EXPECT_NE(stopped.result.err.find("basin: stopped"), std::string::npos)
            << stopped.result.err;
    }
}

TEST_F(Stop, EndsTheRunThatPlansAndLeavesNothing) {
    for (const char* how : {"--quiet", "--in-process"}) {
        const Stopped stopped =
            stop_once_running({"run", vast_, "--store", path("store"), how}, SIGTERM);
        EXPECT_EQ(stopped.result.exit, 4) << stopped.result.err;
        EXPECT_LT(stopped.cpu_s, soon_s);
        EXPECT_FALSE(std::filesystem::exists(folder_ / "store"));
    }
}

// Nobody writes into it: the program waits in open(), where it asks nothing.
TEST_F(Stop, EndsWhatIsBlocked) {
    const std::string fifo = path("config.toml");
    ASSERT_EQ(::mkfifo(fifo.c_str(), 0600), 0);
    const Stopped stopped = stop_once_running({"plan", fifo}, SIGTERM);
    EXPECT_EQ(stopped.result.exit, 4) << stopped.result.err;
    EXPECT_LT(stopped.cpu_s, soon_s);
}

TEST_F(Stop, EndsALongRecall) {
    const std::string large = folder_.write("large.toml", "[sweep]\nreplicates = 500\n"
                                                          "[patterns]\ndimension = 4000\n"
                                                          "pattern_count = 20000\n"
                                                          "[cue]\nprobe_count = 64\n"
                                                          "cue_level = 0.5\n");
    const Stopped stopped =
        stop_once_running({"run", large, "--store", path("store"), "--threads", "1"}, SIGTERM);
    EXPECT_EQ(stopped.result.exit, 4) << stopped.result.err;
    EXPECT_LT(stopped.cpu_s, soon_s);
}

} // namespace
} // namespace basin
