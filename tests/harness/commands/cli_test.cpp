// The command line as users and scripts meet it: verbs, messages, exit codes.

#include "harness/commands/command.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <sstream>

#include "support/program.hpp"
#include "support/temp_folder.hpp"

namespace basin {
namespace {

using tests::run_program;

bool has_part(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

TEST(Cli, NoVerbShowsTheOverviewAndIsAUsageError) {
    const auto result = run_program({});
    EXPECT_EQ(result.exit, 2);
    EXPECT_TRUE(has_part(result.err, "usage: basin VERB"));
}

TEST(Cli, EveryVerbHasHelp) {
    for (const std::string verb : {"run", "plan", "status", "report", "list", "show", "verify",
                                   "merge", "diff", "export", "completion"}) {
        const auto result = run_program({verb, "--help"});
        EXPECT_EQ(result.exit, 0) << verb;
        EXPECT_TRUE(has_part(result.out, "usage: basin " + verb)) << result.out;
    }
}

TEST(Cli, AMisspeltVerbGetsTheNearestName) {
    const auto result = run_program({"repotr"});
    EXPECT_EQ(result.exit, 2);
    EXPECT_TRUE(has_part(result.err, "did you mean 'report'?")) << result.err;
}

TEST(Cli, OptionsAreNotAbbreviated) {
    // --st could silently become --store today and something else tomorrow.
    EXPECT_EQ(run_program({"run", "smoke", "--st", "x"}).exit, 2);
}

TEST(Cli, AMissingStoreOptionIsNamed) {
    const auto result = run_program({"run", "smoke"});
    EXPECT_EQ(result.exit, 2);
    EXPECT_TRUE(has_part(result.err, "--store")) << result.err;
}

TEST(Cli, AllMistakesOfAConfigAreToldAtOnceWithPlaces) {
    const tests::TempFolder folder;
    const std::string config = folder.write("bad.toml", "[patterns]\n"
                                                        "source = \"idx\"\n"
                                                        "path = \"/no/such/images.gz\"\n"
                                                        "pattern_count = 0\n"
                                                        "[model]\n"
                                                        "betta = [1, 2]\n"
                                                        "interaction_vertex = [2, \"x\"]\n");

    const auto result = run_program({"run", config, "--store", (folder / "store").string()});

    EXPECT_EQ(result.exit, 2);
    EXPECT_EQ(std::ranges::count(result.err, '\n'), 4) << result.err;
    EXPECT_TRUE(has_part(result.err, "bad.toml:3:")) << result.err;
    EXPECT_TRUE(has_part(result.err, "bad.toml:4:")) << result.err;
    EXPECT_TRUE(has_part(result.err, "bad.toml:6:")) << result.err;
    EXPECT_TRUE(has_part(result.err, "bad.toml:7:")) << result.err;
    EXPECT_TRUE(has_part(result.err, "beta")) << result.err;
    EXPECT_FALSE(std::filesystem::exists(folder / "store")) << "a bad config must leave nothing";
}

TEST(Cli, AMissingConfigFileIsAUsageError) {
    const auto result = run_program({"plan", "/no/such/sweep.toml"});
    EXPECT_EQ(result.exit, 2);
    EXPECT_TRUE(has_part(result.err, "/no/such/sweep.toml")) << result.err;
}

TEST(Cli, PlanTellsWhatHasNoMeaningAndWhy) {
    const auto result = run_program(
        {"plan", "smoke", "--set", "similarity=[\"dot\", \"negative_manhattan\"]", "--json"});
    ASSERT_EQ(result.exit, 0) << result.err;
    const auto plan = nlohmann::json::parse(result.out);
    ASSERT_EQ(plan["not_applicable"].size(), 1U);
    EXPECT_TRUE(has_part(plan["not_applicable"].begin().key(), "farthest memory"));
    EXPECT_EQ(plan["missing"].get<int>() * 2, plan["points"].get<int>());
}

TEST(Cli, ListNamesEveryInteractionAsJson) {
    const auto result = run_program({"list", "interaction", "--json"});
    ASSERT_EQ(result.exit, 0);
    const auto listed = nlohmann::json::parse(result.out);
    EXPECT_TRUE(listed["interaction"].contains("rectified_polynomial"));
    EXPECT_TRUE(listed["interaction"].contains("exponential"));
}

TEST(Cli, ListRefusesAnUnknownKindAndNamesTheKnown) {
    const auto result = run_program({"list", "nonsense"});
    EXPECT_EQ(result.exit, 2);
    EXPECT_TRUE(has_part(result.err, "similarity")) << result.err;
}

TEST(Cli, CompletionScriptsAreValidShell) {
    const tests::TempFolder folder;
    const auto result = run_program({"completion", "bash"});
    ASSERT_EQ(result.exit, 0);
    const std::string script = folder.write("basin.bash", result.out);
    EXPECT_EQ(tests::RunningProgram({"-n", script}, "/bin/bash").wait().exit, 0);
    EXPECT_TRUE(has_part(result.out, "interaction_vertex="));
    EXPECT_EQ(run_program({"completion", "tcsh"}).exit, 2);
}

/// The words of a line as fish reads it: within single quotes a backslash stands for itself unless
/// a quote or a backslash follows. Nothing if a quote is not closed.
std::vector<std::string> fish_words(const std::string& line) {
    std::vector<std::string> words(1);
    bool quoted = false;
    for (std::size_t i = 0; i < line.size(); ++i) {
        const bool escapes = quoted && line[i] == '\\' && i + 1 < line.size() &&
                             (line[i + 1] == '\'' || line[i + 1] == '\\');
        if (escapes)
            words.back() += line[++i];
        else if (line[i] == '\'')
            quoted = !quoted;
        else if (line[i] == ' ' && !quoted)
            words.emplace_back();
        else
            words.back() += line[i];
    }
    return quoted ? std::vector<std::string>{} : words;
}

TEST(Cli, CompletionOfFishHasTheHelpOfEveryOption) {
    const auto result = run_program({"completion", "fish"});
    ASSERT_EQ(result.exit, 0);
    std::istringstream lines(result.out);
    std::vector<std::string> descriptions;
    for (std::string line; std::getline(lines, line);) {
        const auto words = fish_words(line);
        ASSERT_GE(words.size(), 7U) << line;
        EXPECT_EQ(words[0] + " " + words[1] + " " + words[2] + " " + words[3],
                  "complete -c basin -n");
        EXPECT_EQ(words.size() % 2, 1U) << line; // options and their values
        if (words[words.size() - 2] == "-d") descriptions.push_back(words.back());
    }
    for (const Verb& verb : verbs()) {
        EXPECT_TRUE(std::ranges::count(descriptions, verb.help)) << verb.help;
        for (const auto& option : verb.options.options())
            EXPECT_TRUE(std::ranges::count(descriptions, option->description()))
                << option->description();
    }
}

TEST(Cli, FishReadsItsCompletion) {
    const std::string fish = "/usr/bin/fish";
    if (!std::filesystem::exists(fish)) GTEST_SKIP() << "fish is not installed";
    const tests::TempFolder folder;
    const std::string script = folder.write("basin.fish", run_program({"completion", "fish"}).out);
    const auto result = tests::RunningProgram({"--no-config", "--no-execute", script}, fish).wait();
    EXPECT_EQ(result.exit, 0) << result.err;
}

TEST(Cli, MessagesShowControlCharactersAndDoNotSendThem) {
    const tests::TempFolder folder;
    const std::string config = folder.write("a.toml", "[sweep]\nname = \"a\\u001b[31mb\"\n");
    for (const std::vector<std::string>& arguments : {std::vector<std::string>{"plan", config},
                                                      {"plan", "smoke", "--set", "name=a\x1b[31mb"},
                                                      {"plan", "a\x1b[31mb"},
                                                      {"list", "a\x1b[31mb"}}) {
        const auto result = run_program(arguments);
        EXPECT_EQ(result.exit, 2);
        EXPECT_TRUE(has_part(result.err, "a\\x1b[31mb")) << result.err;
        EXPECT_FALSE(has_part(result.err, "\x1b"));
    }
}

TEST(Cli, OneIsNotAPlural) {
    const tests::TempFolder folder;
    const std::string config =
        folder.write("one.toml", "[patterns]\ndimension = 20\npattern_count = 2\n");
    const auto plan = run_program({"plan", config, "--threads", "1"});
    EXPECT_TRUE(has_part(plan.out, "1 replicate)")) << plan.out;
    EXPECT_TRUE(has_part(plan.out, "on 1 thread,")) << plan.out;
    const std::string store = (folder / "store").string();
    const auto run = run_program({"run", config, "--store", store, "--threads", "1"});
    EXPECT_TRUE(has_part(run.out, "1 point computed in")) << run.out;
    EXPECT_TRUE(has_part(run.out, "on 1 thread,")) << run.out;
    const auto merge = run_program({"merge", (folder / "all").string(), store});
    EXPECT_TRUE(has_part(merge.out, "1 journal copied")) << merge.out;
}

TEST(Cli, EveryPlaceKnowsEveryKindOfReport) {
    const std::string unknown = run_program({"report", "poem", "/no/such/store"}).err;
    const std::string help = run_program({"report", "--help"}).out;
    const std::string listed = run_program({"list", "report"}).out;
    const std::string bash = run_program({"completion", "bash"}).out;
    const std::string fish = run_program({"completion", "fish"}).out;

    for (const std::string kind : {"sweep", "stability"})
        for (const std::string& text : {unknown, help, listed, bash, fish})
            EXPECT_TRUE(has_part(text, kind)) << kind << " in\n" << text;
    EXPECT_EQ(run_program({"report", "poem", "/no/such/store"}).exit, 2);
    EXPECT_EQ(run_program({"report", "stability"}).exit, 2);
    EXPECT_EQ(run_program({"report", "stability", "/no/such/store"}).exit, 74);
}

TEST(Cli, StatusOfNoStoreIsAnIoError) {
    const auto result = run_program({"status", "/no/such/store"});
    EXPECT_EQ(result.exit, 74);
    EXPECT_TRUE(has_part(result.err, "is not a store")) << result.err;
}

TEST(Cli, VersionNamesRevisionCompilerAndLibraries) {
    const auto result = run_program({"--version"});
    EXPECT_EQ(result.exit, 0);
    for (const char* part : {"revision", "kernel version", "compiler", "HDF5"})
        EXPECT_TRUE(has_part(result.out, part)) << result.out;
}

} // namespace
} // namespace basin
