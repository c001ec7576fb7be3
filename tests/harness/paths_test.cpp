// Paths that a user gives: of outputs that are no plain files, and of stores that cannot be.

#include <gtest/gtest.h>

#include <array>
#include <sys/stat.h>
#include <sys/sysmacros.h>

#include "support/tiny_run.hpp"

namespace basin::tests {
namespace {

using Arguments = std::vector<std::string>;

class OutputPaths : public Run {
protected:
    void SetUp() override { run("store"); }

    /// The verbs that write one file where they are told to.
    std::vector<Arguments> writing() const {
        return {{"report", "sweep", path("store")},
                {"export", path("store"), "--format", "csv"},
                {"export", path("store"), "--format", "jsonl"}};
    }

    static ProgramResult write(Arguments arguments, const std::string& out) {
        arguments.insert(arguments.end(), {"--out", out});
        return run_program(arguments);
    }

    std::size_t file_count() const {
        const std::filesystem::directory_iterator files(folder_.path());
        return static_cast<std::size_t>(std::distance(begin(files), end(files)));
    }
};

TEST_F(OutputPaths, ALinkStaysALink) {
    std::filesystem::create_symlink("target", folder_ / "link");
    for (const Arguments& arguments : writing()) {
        folder_.write("target", "old");
        const auto result = write(arguments, path("link"));
        EXPECT_EQ(result.exit, 0) << result.err;
        EXPECT_TRUE(std::filesystem::is_symlink(folder_ / "link")) << arguments[0];
        EXPECT_GT(read_file(folder_ / "target").size(), 100U) << arguments[0];
    }
    EXPECT_EQ(file_count(), 4U) << "config, store, target, link";
}

TEST_F(OutputPaths, APipeIsWrittenInto) {
    ASSERT_EQ(::mkfifo(path("pipe").c_str(), 0600), 0);
    for (Arguments arguments : writing()) {
        arguments.insert(arguments.end(), {"--out", path("pipe")});
        const RunningProgram program(arguments);
        EXPECT_GT(read_file(folder_ / "pipe").size(), 100U) << arguments[0];
        EXPECT_EQ(program.wait().exit, 0) << arguments[0];
        EXPECT_TRUE(std::filesystem::is_fifo(folder_ / "pipe"));
    }
}

TEST_F(OutputPaths, ADeviceStaysADevice) {
    const std::string device = path("null");
    if (::geteuid() != 0 || ::mknod(device.c_str(), S_IFCHR | 0600, ::makedev(1, 3)) != 0)
        GTEST_SKIP() << "no device nodes can be made here";
    const int opened = ::open(device.c_str(), O_WRONLY | O_CLOEXEC);
    if (opened < 0) GTEST_SKIP() << "devices are not allowed on this file system";
    ::close(opened);
    for (const Arguments& arguments : writing()) {
        EXPECT_EQ(write(arguments, device).exit, 0) << arguments[0];
        EXPECT_TRUE(std::filesystem::is_character_file(device)) << arguments[0];
    }
}

TEST_F(OutputPaths, StandardOutputHasAName) {
    for (const Arguments& arguments : writing()) {
        const auto result = write(arguments, "/dev/stdout");
        EXPECT_EQ(result.exit, 0) << result.err;
        EXPECT_GT(result.out.size(), 100U) << arguments[0];
    }
}

TEST_F(OutputPaths, TheReasonOfAFailureIsToldAndNothingIsLeft) {
    for (const Arguments& arguments : writing())
        for (const auto& [out, reason] : {std::pair{path("absent/file"), "No such file"},
                                          {path("store"), "Is a directory"},
                                          {config_ + "/file", "Not a directory"},
                                          {path(std::string(300, 'x')), "File name too long"}}) {
            const auto result = write(arguments, out);
            EXPECT_EQ(result.exit, 74) << arguments[0] << result.err;
            EXPECT_NE(result.err.find(reason), std::string::npos) << result.err;
        }
    EXPECT_EQ(file_count(), 2U) << "config and store";
}

class StorePaths : public Run {
protected:
    /// Paths that can be no store, with what the program returns.
    std::vector<std::pair<std::string, int>> impossible() {
        std::filesystem::create_symlink("loop", folder_ / "loop");
        std::filesystem::create_symlink("nowhere", folder_ / "dangling");
        std::string deep = folder_.path();
        while (deep.size() < 5000)
            deep += "/0123456789abcdef";
        return {{"", 2},
                {path("caf\xe9"), 2},
                {path(std::string(300, 'x')), 74},
                {deep, 74},
                {path("loop"), 74},
                {path("loop/store"), 74},
                {path("dangling"), 74},
                {config_, 74},
                {config_ + "/store", 74}};
    }

    /// The program's working folder is the test's own.
    ProgramResult run_here(const Arguments& arguments) const {
        const std::string here = folder_.path();
        return RunningProgram(arguments, BASIN_PROGRAM,
                              [here] {
                                  if (::chdir(here.c_str()) != 0) ::_exit(126);
                              })
            .wait();
    }
};

constexpr std::size_t impossible_paths = 9;

class ImpossibleStore : public StorePaths, public testing::WithParamInterface<std::size_t> {};

TEST_P(ImpossibleStore, IsRefusedByEveryVerb) {
    const auto all = impossible();
    ASSERT_EQ(all.size(), impossible_paths);
    const auto& [store, exit] = all[GetParam()];
    for (const Arguments& arguments : {Arguments{"run", config_, "--store", store},
                                       {"run", config_, "--json", "--store", store},
                                       {"status", store, "--json"},
                                       {"show", store},
                                       {"verify", store, "--json"},
                                       {"export", store, "--format", "csv"},
                                       {"report", "sweep", store},
                                       {"separability", store},
                                       {"diff", store, store},
                                       {"merge", store, store}}) {
        const auto result = run_here(arguments);
        if (store == config_) // diff and merge say of a file that it is none of theirs
            EXPECT_NE(result.exit, 0) << arguments[0];
        else
            EXPECT_EQ(result.exit, exit) << arguments[0] << " " << store << result.err;
        EXPECT_EQ(result.err.find("internal error"), std::string::npos) << result.err;
        EXPECT_TRUE(result.out.empty()) << arguments[0] << " " << result.out;
    }
    EXPECT_FALSE(std::filesystem::exists(folder_ / "journals"));
}

INSTANTIATE_TEST_SUITE_P(Paths, ImpossibleStore, testing::Range(std::size_t{0}, impossible_paths));

TEST_F(StorePaths, ALinkToAFolderIsAStore) {
    std::filesystem::create_directory(folder_ / "real");
    std::filesystem::create_directory_symlink("real", folder_ / "link");
    run("link");
    EXPECT_FALSE(bytes("real").empty());
}

TEST_F(StorePaths, AProgramInAFolderOfAnyNameRecordsItsRun) {
    const auto odd = folder_ / "caf\xe9";
    std::filesystem::create_directory(odd);
    std::filesystem::create_symlink(BASIN_PROGRAM, odd / "basin");
    const auto result =
        RunningProgram({"run", config_, "--store", path("store"), "--json"}, odd / "basin").wait();
    EXPECT_EQ(result.exit, 0) << result.err;
    EXPECT_NE(read_file(folder_ / "store" / "sessions.jsonl").find("caf\\\\xe9"),
              std::string::npos);
}

TEST_F(Run, TakesAConfigFromStandardInput) {
    const auto result =
        RunningProgram({"run", "-", "--store", path("store"), "--json"}, BASIN_PROGRAM, [&] {
            ::dup2(::open(config_.c_str(), O_RDONLY), STDIN_FILENO);
        }).wait();
    ASSERT_EQ(result.exit, 0) << result.err;
    EXPECT_EQ(nlohmann::json::parse(result.out)["computed"],
              nlohmann::json::parse(run_program({"plan", config_, "--json"}).out)["missing"]);
    EXPECT_EQ(run_program({"verify", path("store"), "--replay", "3"}).exit, 0);
    EXPECT_EQ(run("store")["computed"], 0);
}

} // namespace
} // namespace basin::tests
