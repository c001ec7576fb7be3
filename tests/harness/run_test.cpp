// A sweep from config to results.h5 by the real program: identity of bytes, resumption, growth.

#include "results/hypercube.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <chrono>
#include <thread>

#include "support/program.hpp"
#include "support/temp_folder.hpp"

namespace basin {
namespace {

using nlohmann::json;
using tests::read_file;
using tests::run_program;

const std::string tiny_sweep = R"(
[sweep]
name = "tiny"
seed = 7
replicates = 2
[patterns]
dimension = 24
pattern_count = [3, 6]
[cue]
cue_level = [0.1, 0.3]
[model]
formulation = ["original", "normalized", "classical"]
interaction_vertex = [2, 3, 25]
beta = [0.5, 2.0]
)";

class Run : public testing::Test {
protected:
    json run(const std::string& store, std::vector<std::string> more = {}) {
        std::vector<std::string> arguments{"run", config_, "--store", path(store), "--json"};
        arguments.insert(arguments.end(), more.begin(), more.end());
        const auto result = run_program(arguments);
        EXPECT_EQ(result.exit, 0) << result.err;
        return result.out.empty() ? json{} : json::parse(result.out);
    }
    std::string path(const std::string& name) const { return (folder_ / name).string(); }
    std::string bytes(const std::string& store) const {
        return read_file(folder_ / store / "results.h5");
    }

    tests::TempFolder folder_;
    std::string config_ = folder_.write("tiny.toml", tiny_sweep);
};

TEST_F(Run, ResultsAreTheSameBytesForAnyThreadsAndTime) {
    run("one", {"--threads", "1"});
    std::this_thread::sleep_for(std::chrono::milliseconds(1100)); // another second on the clock
    run("two", {"--threads", "2"});

    ASSERT_FALSE(bytes("one").empty());
    EXPECT_TRUE(bytes("one") == bytes("two"));
}

TEST_F(Run, AFinishedStoreIsLeftAsItIs) {
    run("store");
    const std::string before = bytes("store");
    const auto written = std::filesystem::last_write_time(folder_ / "store" / "results.h5");

    const json again = run("store");

    EXPECT_EQ(again["computed"], 0);
    EXPECT_EQ(std::filesystem::last_write_time(folder_ / "store" / "results.h5"), written);
    EXPECT_TRUE(bytes("store") == before);
}

TEST_F(Run, AWiderSweepComputesOnlyWhatIsNew) {
    const json first = run("grown", {"--set", "pattern_count=3"});
    const json second = run("grown");
    run("whole");

    EXPECT_EQ(first["computed"].get<int>() + second["computed"].get<int>(), 2 * 2 * 2 * 3 * 3 * 2);
    EXPECT_EQ(second["computed"], first["computed"]);
    EXPECT_TRUE(bytes("grown") == bytes("whole"));
}

TEST_F(Run, ANewAxisKeepsWhatWasComputedAtItsDefault) {
    const json first = run("axis");
    const json second = run("axis", {"--set", "tie=[\"keep\", \"plus\"]"});
    EXPECT_EQ(second["computed"], first["computed"]);
    EXPECT_EQ(second["done_before"], first["computed"]);
}

TEST_F(Run, AnotherSeedOrNameIsRefused) {
    run("store");
    for (const char* change : {"seed=8", "name=other"}) {
        const auto result =
            run_program({"run", config_, "--store", path("store"), "--set", change, "--quiet"});
        EXPECT_EQ(result.exit, 7) << change;
        EXPECT_NE(result.err.find("another --store folder"), std::string::npos) << result.err;
    }
}

TEST_F(Run, TheCubeHoldsWhatWasSwept) {
    run("store");
    const Hypercube cube(folder_ / "store" / "results.h5");

    std::vector<std::string> names;
    for (const CubeAxis& axis : cube.axes())
        names.push_back(axis.name);
    EXPECT_EQ(names, (std::vector<std::string>{"pattern_count", "cue_level", "formulation",
                                               "interaction_vertex", "beta", "replicate"}));
    const auto status = cube.read("status");
    EXPECT_EQ(status.size(), 2U * 2 * 3 * 3 * 2 * 2);
    for (const double value : status)
        EXPECT_EQ(value, 1.0);
}

TEST_F(Run, ShowFindsAPointByItsKeyAndSaysHowToRunIt) {
    run("store");
    const auto listing = run_program({"show", path("store")});
    ASSERT_EQ(listing.exit, 0) << listing.err;
    const std::string key = listing.out.substr(0, 32);

    const auto shown = run_program({"show", path("store"), key, "--json"});

    ASSERT_EQ(shown.exit, 0) << shown.err;
    const json point = json::parse(shown.out);
    EXPECT_EQ(point["replicates"].size(), 2U);
    EXPECT_TRUE(point["replicates"][0]["metrics"].contains("recall_error"));
    EXPECT_NE(point["command"].get<std::string>().find("--set beta="), std::string::npos);
    EXPECT_EQ(run_program({"show", path("store"), "zz"}).exit, 2);
}

TEST_F(Run, AnInterruptKeepsWhatIsDoneAndTheRunGoesOn) {
    const std::vector<std::string> large{
        "--set", "dimension=200", "--set", "pattern_count=[100, 200]", "--set", "replicates=20"};
    std::vector<std::string> arguments{"run", config_, "--store", path("stopped")};
    arguments.insert(arguments.end(), large.begin(), large.end());
    const tests::RunningProgram program(arguments);
    // Any moment will do; the journal shows that points are being made.
    const auto journals = folder_ / "stopped" / "journals";
    for (int i = 0; i < 2000; ++i) {
        std::error_code none;
        std::uintmax_t size = 0;
        for (const auto& file : std::filesystem::directory_iterator(journals, none))
            size += file.file_size();
        if (size > 20000) break;
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }

    program.signal(SIGINT);
    const auto result = program.wait();

    EXPECT_EQ(result.exit, 4) << result.out << result.err;
    EXPECT_NE(result.out.find("the same command goes on"), std::string::npos) << result.out;
    const json status = json::parse(run_program({"status", path("stopped"), "--json"}).out);
    EXPECT_GT(status["done"], 0);
    EXPECT_GT(status["missing"], 0);

    run("stopped", large);
    run("undisturbed", large);
    EXPECT_TRUE(bytes("stopped") == bytes("undisturbed"));
}

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

TEST_F(Run, KilledRunsLoseNothingThatWasWritten) {
    const std::vector<std::string> large{
        "--set", "dimension=200", "--set", "pattern_count=[100, 200]", "--set", "replicates=4"};
    std::vector<std::string> arguments{"run", config_, "--store", path("killed"), "--quiet"};
    arguments.insert(arguments.end(), large.begin(), large.end());
    for (const int delay_ms : {15, 40, 70, 110}) {
        const tests::RunningProgram program(arguments);
        std::this_thread::sleep_for(std::chrono::milliseconds(delay_ms));
        program.signal(SIGKILL);
        program.wait();
    }

    run("killed", large);
    run("undisturbed", large);
    EXPECT_TRUE(bytes("killed") == bytes("undisturbed"));
}

TEST_F(Run, ReportWritesAPageAndFindings) {
    run("store");
    const auto result = run_program({"report", "sweep", path("store"), "--json"});
    ASSERT_EQ(result.exit, 0) << result.err;
    const json report = json::parse(result.out);
    EXPECT_NE(read_file(report["report"].get<std::string>()).find("<!doctype html>"),
              std::string::npos);
    EXPECT_EQ(run_program({"report", "sweep", path("nowhere")}).exit, 74);
}

TEST_F(Run, StabilityReportPutsTheoryBesideTheRun) {
    run("store");
    const std::string page = path("stability.html");
    const auto result =
        run_program({"report", "stability", path("store"), "--out", page, "--json"});

    ASSERT_EQ(result.exit, 0) << result.err;
    const json report = json::parse(result.out);
    EXPECT_EQ(report["report"], page);
    ASSERT_FALSE(report["findings"].empty());
    EXPECT_NE(report["findings"][0].get<std::string>().find("predictions of theory hold"),
              std::string::npos)
        << report["findings"];
    EXPECT_NE(read_file(page).find("<table id=\"frontiers\">"), std::string::npos);
}

TEST_F(Run, SessionsAreToldApartFromResults) {
    run("store");
    const json session = json::parse(read_file(folder_ / "store" / "sessions.jsonl"));
    for (const char* key :
         {"host", "cpu", "threads", "command", "start", "end", "exit", "kernel_path"})
        EXPECT_TRUE(session.contains(key)) << key;
}

} // namespace
} // namespace basin
