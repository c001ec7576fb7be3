// Outputs that are full, closed or left by their reader.

#include "harness/commands/command.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <set>

#include "support/tiny_run.hpp"

namespace basin::tests {
namespace {

using Arguments = std::vector<std::string>;

/// Standard output of the program is `path`.
std::function<void()> onto(const char* path) {
    return [path] { ::dup2(::open(path, O_WRONLY), STDOUT_FILENO); };
}

/// A stream of the program is a pipe that nobody reads any more. `ignored` is what some parents do
/// with SIGPIPE.
std::function<void()> onto_broken_pipe(int stream, bool ignored) {
    return [=] {
        std::array<int, 2> ends{};
        if (::pipe(ends.data()) != 0) ::_exit(126);
        ::close(ends[0]);
        ::dup2(ends[1], stream);
        ::signal(SIGPIPE, ignored ? SIG_IGN : SIG_DFL);
    };
}

class StandardStreams : public Run {
protected:
    void SetUp() override {
        run("store");
        const auto list = nlohmann::json::parse(run_program({"show", path("store"), "--json"}).out);
        key_ = list["points"][0]["key"];
    }

    /// Something that prints, for every verb and kind of output.
    std::vector<Arguments> printing() const {
        const std::string store = path("store");
        std::vector<Arguments> all{
            {"--help"},
            {"--version"},
            {"run", config_, "--store", store},
            {"run", config_, "--store", store, "--json"},
            {"plan", config_},
            {"plan", config_, "--json"},
            {"capacity", capacity_, "--store", path("searched")},
            {"capacity", capacity_, "--store", path("searched"), "--json"},
            {"status", store},
            {"status", store, "--json"},
            {"status", store, "--watch"},
            {"status", store, "--watch", "--json"},
            {"report", "sweep", store},
            {"report", "sweep", store, "--json"},
            {"list"},
            {"list", "metric", "--json"},
            {"show", store},
            {"show", store, "--json"},
            {"show", store, key_},
            {"show", store, key_, "--json"},
            {"show", store, key_, "--config"},
            {"verify", store},
            {"verify", store, "--json"},
            {"merge", path("merged"), store},
            {"merge", path("merged"), store, "--json"},
            {"diff", store, store},
            {"diff", store, store, "--json"},
            {"export", store, "--format", "csv"},
            {"export", store, "--format", "jsonl"},
            {"export", store, "--format", "csv", "--out", path("all.csv")},
            {"export", store, "--format", "csv", "--out", path("all.csv"), "--json"},
            {"separability", store},
            {"separability", store, "--json"},
            {"completion", "bash"},
            {"completion", "zsh"},
            {"completion", "fish"}};
        for (const Verb& verb : verbs())
            all.push_back({std::string(verb.name), "--help"});
        return all;
    }

    std::string capacity_ = folder_.write("capacity.toml", "[capacity]\n"
                                                           "criterion = \"exact_recall >= 0.5\"\n"
                                                           "minimum = 2\nmaximum = 4\n"
                                                           "replicates = {min = 2, max = 2}\n"
                                                           "[patterns]\ndimension = 8\n");
    std::string key_;
};

std::string joined(const Arguments& arguments) {
    std::string text;
    for (const std::string& argument : arguments)
        text += argument + " ";
    return text;
}

TEST_F(StandardStreams, EveryVerbIsTried) {
    std::set<std::string> tried;
    for (const Arguments& arguments : printing())
        if (arguments.back() != "--help") tried.insert(arguments.front());
    for (const Verb& verb : verbs())
        EXPECT_TRUE(tried.contains(std::string(verb.name))) << verb.name;
}

/// The parts that printing() is cut into, so that each takes less than a second.
constexpr std::size_t parts = 8;

class FullOutput : public StandardStreams, public testing::WithParamInterface<std::size_t> {};

TEST_P(FullOutput, IsAnErrorOfEveryVerb) {
    if (!std::filesystem::exists("/dev/full")) GTEST_SKIP() << "there is no /dev/full";
    const std::vector<Arguments> all = printing();
    for (std::size_t i = GetParam(); i < all.size(); i += parts) {
        const auto result = RunningProgram(all[i], BASIN_PROGRAM, onto("/dev/full")).wait();
        EXPECT_EQ(result.exit, 74) << joined(all[i]) << result.err;
        EXPECT_NE(result.err.find("standard output: No space left"), std::string::npos)
            << joined(all[i]) << result.err;
    }
}

INSTANTIATE_TEST_SUITE_P(Parts, FullOutput, testing::Range(std::size_t{0}, parts));

TEST_F(StandardStreams, AReaderThatGoesAwayIsNoInternalError) {
    const std::string store = path("store");
    for (const bool ignored : {false, true})
        for (const Arguments& arguments : {Arguments{"list", "--json"},
                                           {"run", config_, "--store", store},
                                           {"show", store, "--json"},
                                           {"status", store, "--watch", "--json"},
                                           {"export", store, "--format", "csv"},
                                           {"plan", config_}}) {
            const auto result =
                RunningProgram(arguments, BASIN_PROGRAM, onto_broken_pipe(STDOUT_FILENO, ignored))
                    .wait();
            EXPECT_EQ(result.exit, 74) << joined(arguments) << result.err;
            EXPECT_EQ(result.err.find("internal error"), std::string::npos) << result.err;
        }
}

TEST_F(StandardStreams, WhatIsPrintedDoesNotGetIntoAFileOfTheStore) {
    const auto close_all = [] {
        for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
            ::close(stream);
    };
    const auto result =
        RunningProgram({"run", config_, "--store", path("closed")}, BASIN_PROGRAM, close_all)
            .wait();
    EXPECT_EQ(result.exit, 74);
    const auto quiet = RunningProgram({"run", config_, "--store", path("quiet"), "--quiet"},
                                      BASIN_PROGRAM, close_all)
                           .wait();
    EXPECT_EQ(quiet.exit, 0);
    for (const char* store : {"closed", "quiet"}) {
        EXPECT_TRUE(bytes(store) == bytes("store")) << store;
        EXPECT_EQ(run_program({"verify", path(store)}).exit, 0) << store;
    }
}

} // namespace
} // namespace basin::tests
