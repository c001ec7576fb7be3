// Points that fail, take too long or bring their process down, in the real program.

#include "harness/commands/command.hpp"
#include "harness/run/failures.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <array>
#include <chrono>
#include <cstdlib>
#include <sstream>
#include <string>
#include <thread>

#include "support/program.hpp"
#include "support/temp_folder.hpp"

namespace basin {
namespace {

using nlohmann::json;
using tests::read_file;
using tests::run_program;

TEST(ParseRetry, IsAListOfClassesOrAll) {
    EXPECT_TRUE(parse_retry("failed").failures.has(Status::failed));
    EXPECT_FALSE(parse_retry("failed").failures.has(Status::timed_out));
    EXPECT_TRUE(parse_retry("crashed,timed_out").failures.has(Status::timed_out));
    for (const Status status : failure_classes)
        EXPECT_TRUE(parse_retry("all").failures.has(status));
    EXPECT_FALSE(parse_retry("all").failures.has(Status::done));
}

TEST(ParseRetry, LackingAreDonePointsWithoutSomeMetric) {
    const RecordPlace lacking{.status = Status::done, .lacking = true};
    EXPECT_TRUE(parse_retry("lacking").has(lacking));
    EXPECT_FALSE(parse_retry("lacking").has({.status = Status::done}));
    EXPECT_FALSE(parse_retry("lacking").has({.status = Status::failed}));
    EXPECT_FALSE(parse_retry("all").has(lacking));
}

TEST(StatusCounts, OfThreadsAddUp) {
    StatusCounts sum;
    for (std::uint64_t thread = 1; thread <= 3; ++thread) {
        StatusCounts own;
        for (std::size_t status = 0; status < status_names.size(); ++status)
            own[static_cast<Status>(status)] = thread * (status + 1);
        sum += own;
    }
    for (std::size_t status = 0; status < status_names.size(); ++status)
        EXPECT_EQ(sum[static_cast<Status>(status)], 6 * (status + 1)) << status_names[status];
}

TEST(ParseRetry, NamesTheNearestOfAMisspeltClass) {
    try {
        parse_retry("failed,timedout");
        FAIL();
    } catch (const UsageError& error) {
        EXPECT_NE(std::string(error.what()).find("did you mean 'timed_out'?"), std::string::npos);
    }
}

TEST(FailuresText, CountsByClass) {
    StatusCounts counts;
    EXPECT_EQ(failures_text(counts), "0");
    counts[Status::failed] = 2;
    counts[Status::crashed] = 1;
    counts[Status::done] = 9;
    EXPECT_EQ(failures_text(counts), "3 (2 failed, 1 crashed)");
}

// 24 of the 72 points have max_sweeps = 13: what befalls them is told by BASIN_TEST_TROUBLE. One
// scene has several batches' worth of settings in flight beside them.
const std::string sweep = R"(
[sweep]
name = "troubled"
seed = 3
replicates = 2
[patterns]
dimension = 40
pattern_count = [4, 8]
[model]
interaction_vertex = [2, 3, 5]
beta = [0.5, 2.0]
[recall]
max_sweeps = [12, 13, 14]
)";
constexpr int troubled = 24;
constexpr int planned = 72;

class Failures : public testing::Test {
protected:
    ~Failures() override { ::unsetenv("BASIN_TEST_TROUBLE"); }

    tests::ProgramResult run_with(const std::string& trouble, std::vector<std::string> more = {}) {
        std::vector<std::string> arguments{"run", config_, "--store", store_, "--json"};
        arguments.insert(arguments.end(), more.begin(), more.end());
        ::setenv("BASIN_TEST_TROUBLE", trouble.c_str(), 1);
        return tests::RunningProgram(arguments, BASIN_TROUBLED_PROGRAM).wait();
    }

    json status() const {
        const auto result = run_program({"status", store_, "--json"});
        return result.out.empty() ? json{} : json::parse(result.out);
    }

    /// Once the trouble is over, a run that is told to retry ends as if there had been none.
    void expect_recovery(const std::string& class_name) {
        const auto untold = run_program({"run", config_, "--store", store_, "--json"});
        EXPECT_EQ(untold.exit, 3) << untold.err; // failures are not computed again unasked
        const auto result =
            run_program({"run", config_, "--store", store_, "--json", "--retry", class_name});
        ASSERT_EQ(result.exit, 0) << result.err;
        EXPECT_EQ(json::parse(result.out)["computed"], troubled);
        const std::string other = (folder_ / "undisturbed").string();
        ASSERT_EQ(run_program({"run", config_, "--store", other, "--quiet"}).exit, 0);
        EXPECT_TRUE(read_file(folder_ / "store" / "results.h5") ==
                    read_file(folder_ / "undisturbed" / "results.h5"));
    }

    tests::TempFolder folder_;
    std::string config_ = folder_.write("troubled.toml", sweep);
    std::string store_ = (folder_ / "store").string();
};

TEST_F(Failures, PointsThatBringTheirProcessDownAreMarkedAndTheOthersDone) {
    for (const char* trouble : {"segfault", "kill"}) {
        std::filesystem::remove_all(store_);
        const auto result = run_with(trouble, {"--threads", "2"});

        EXPECT_EQ(result.exit, 3) << result.err;
        const json counts = status();
        EXPECT_EQ(counts["crashed"], troubled);
        EXPECT_EQ(counts["done"], planned - troubled);
        EXPECT_EQ(counts["missing"], 0);
        EXPECT_NE(result.err.find("in flight; going on"), std::string::npos) << result.err;
    }
    expect_recovery("crashed");
}

TEST_F(Failures, WithoutAProcessOfItsOwnACrashEndsTheRunAndKeepsWhatIsDone) {
    const auto result = run_with("kill", {"--in-process", "--threads", "1"});
    EXPECT_EQ(result.exit, 128 + SIGKILL);
    EXPECT_EQ(run_with("", {}).exit, 0);
    EXPECT_EQ(status()["done"], planned);
}

TEST_F(Failures, PointsThatTakeTooLongCostNobodyElse) {
    const auto result = run_with("linger", {"--timeout", "0.02"});

    EXPECT_EQ(result.exit, 3) << result.err;
    const json counts = status();
    EXPECT_EQ(counts["timed_out"], troubled);
    EXPECT_EQ(counts["done"], planned - troubled);
    expect_recovery("timed_out");
}

TEST_F(Failures, AShortageOfMemoryStopsTheRunAndIsNoPointsFault) {
    const auto result = run_with("shortage", {"--threads", "2"});

    EXPECT_EQ(result.exit, 74) << result.err;
    EXPECT_NE(result.err.find("not enough memory"), std::string::npos) << result.err;
    EXPECT_NE(result.err.find("--threads"), std::string::npos) << result.err;
    const json counts = status();
    EXPECT_EQ(counts["failed"], 0);
    EXPECT_GE(counts["missing"], troubled);
    EXPECT_EQ(run_with("").exit, 0);
    EXPECT_EQ(status()["done"], planned);
}

TEST_F(Failures, APointThatThrowsIsRecordedWithItsMessage) {
    const auto result = run_with("throw");

    EXPECT_EQ(result.exit, 3) << result.err;
    EXPECT_EQ(status()["failed"], troubled);
    expect_recovery("failed,timed_out");
}

TEST_F(Failures, ARetryThatFailsAgainChangesNothing) {
    run_with("throw");
    const std::string before = read_file(folder_ / "store" / "results.h5");
    const auto result = run_with("throw", {"--retry", "all"});
    EXPECT_EQ(result.exit, 3);
    EXPECT_EQ(json::parse(result.out)["computed"], troubled);
    EXPECT_TRUE(read_file(folder_ / "store" / "results.h5") == before);
}

TEST_F(Failures, FailFastLeavesTheRestForLater) {
    const auto result = run_with("throw", {"--fail-fast", "--threads", "1"});

    EXPECT_EQ(result.exit, 3);
    const json line = json::parse(result.out);
    EXPECT_GT(line["missing"], 0);
    EXPECT_GT(status()["missing"], 0);
    EXPECT_EQ(run_with("throw", {"--max-failures", "1000"}).exit, 3);
    EXPECT_EQ(status()["missing"], 0);
}

TEST_F(Failures, NoPointIsBegunAfterSoManyFailures) {
    // Each scene has one point, which fails: on one thread the count is exact.
    const std::string alone = folder_.write("alone.toml", "[sweep]\nreplicates = 9\n"
                                                          "[patterns]\ndimension = 40\n"
                                                          "pattern_count = 4\n"
                                                          "[recall]\nmax_sweeps = 13\n");
    for (const std::string most : {"1", "3", "9"}) {
        const std::string store = (folder_ / ("most" + most)).string();
        ::setenv("BASIN_TEST_TROUBLE", "throw", 1);
        const auto result = tests::RunningProgram({"run", alone, "--store", store, "--json",
                                                   "--threads", "1", "--max-failures", most},
                                                  BASIN_TROUBLED_PROGRAM)
                                .wait();
        EXPECT_EQ(result.exit, 3) << result.err;
        const json line = json::parse(result.out);
        EXPECT_EQ(line["failed"], std::stoi(most));
        EXPECT_EQ(line["missing"], 9 - std::stoi(most));
    }
}

/// A pipe without room for another byte.
class FullPipe {
public:
    FullPipe() {
        if (::pipe(ends_.data()) != 0) ::abort();
        const std::string block(4096, '.');
        ::fcntl(ends_[1], F_SETFL, O_NONBLOCK);
        while (::write(ends_[1], block.data(), block.size()) > 0) {
        }
        while (::write(ends_[1], ".", 1) > 0) {
        }
        ::fcntl(ends_[1], F_SETFL, 0);
    }
    ~FullPipe() { ::close(ends_[0]); }
    FullPipe(const FullPipe&) = delete;
    FullPipe& operator=(const FullPipe&) = delete;

    int entry() const { return ends_[1]; }
    void read_to_the_end() {
        ::close(ends_[1]);
        std::array<char, 4096> block{};
        while (::read(ends_[0], block.data(), block.size()) > 0) {
        }
    }

private:
    std::array<int, 2> ends_{};
};

/// Page faults of the children whose end the process has learned: 0 before the first (proc(5),
/// cminflt).
long faults_of_ended_children(pid_t process) {
    const std::string stat = read_file("/proc/" + std::to_string(process) + "/stat");
    std::istringstream fields(stat.substr(stat.rfind(')') + 1)); // from the third field on
    std::string field;
    for (int i = 3; i <= 11; ++i)
        fields >> field;
    return std::atol(field.c_str());
}

/// Waits a minute at most. A child that ends between two looks is seen all the same.
void wait_for_an_ended_child(pid_t process) {
    for (int i = 0; i < 60'000 && faults_of_ended_children(process) == 0; ++i)
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    ASSERT_GT(faults_of_ended_children(process), 0);
}

TEST_F(Failures, AStopBetweenTwoWorkersIsHeeded) {
    // The supervisor cannot tell of the first worker's death until the pipe has room.
    FullPipe messages;
    ::setenv("BASIN_TEST_TROUBLE", "kill", 1);
    const tests::RunningProgram program(
        {"run", config_, "--store", store_, "--json", "--threads", "1"}, BASIN_TROUBLED_PROGRAM,
        [&] { ::dup2(messages.entry(), STDERR_FILENO); });
    wait_for_an_ended_child(program.process());

    program.signal(SIGTERM);
    messages.read_to_the_end();

    EXPECT_EQ(program.wait().exit, 4);
    const json counts = status();
    EXPECT_EQ(counts["crashed"], 0);
    EXPECT_GT(counts["missing"], 0);
}

TEST_F(Failures, AReaderOfTheMessagesWhoGoesAwayCostsNoPoint) {
    ::setenv("BASIN_TEST_TROUBLE", "kill", 1);
    const auto result = tests::RunningProgram({"run", config_, "--store", store_, "--quiet"},
                                              BASIN_TROUBLED_PROGRAM,
                                              [] {
                                                  std::array<int, 2> ends{};
                                                  if (::pipe(ends.data()) != 0) ::_exit(126);
                                                  ::close(ends[0]);
                                                  ::dup2(ends[1], STDERR_FILENO);
                                              })
                            .wait();
    EXPECT_EQ(result.exit, 3);
    EXPECT_EQ(status()["crashed"], troubled);
    EXPECT_EQ(status()["done"], planned - troubled);
}

TEST_F(Failures, OptionsWithoutSenseAreRefused) {
    for (const auto& [option, value] : {std::pair{"--timeout", "0"},
                                        {"--max-failures", "0"},
                                        {"--max-failures", "-1"},
                                        {"--max-failures", "18446744073709551616"},
                                        {"--max-failures", "2.5"},
                                        {"--retry", "everything"}})
        EXPECT_EQ(run_with("", {option, value}).exit, 2) << option;
}

TEST_F(Failures, StatusWatchesUntilNothingIsMissing) {
    run_with("throw", {"--fail-fast", "--threads", "1"});
    const tests::RunningProgram watching({"status", store_, "--watch=0.05", "--json"});
    run_with("");
    const auto result = watching.wait();
    EXPECT_EQ(result.exit, 0);
    std::istringstream lines(result.out);
    json last;
    for (std::string line; std::getline(lines, line);)
        last = json::parse(line);
    EXPECT_EQ(last["missing"], 0);
}

} // namespace
} // namespace basin
