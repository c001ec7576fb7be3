#include "results/file.hpp"
#include "results/journal.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

#include "support/temp_folder.hpp"

namespace basin {
namespace {

using tests::read_file;
using tests::TempFolder;

std::size_t file_count(const std::filesystem::path& folder) {
    const std::filesystem::directory_iterator files(folder);
    return static_cast<std::size_t>(std::distance(begin(files), end(files)));
}

/// A process number of this host that no process has.
pid_t dead_process() {
    const pid_t child = fork();
    if (child == 0) _exit(0);
    waitpid(child, nullptr, 0);
    return child;
}

TEST(ReplaceFile, LeavesTheNewTextAndNothingBeside) {
    const TempFolder folder;
    folder.write("store.json", "old");

    replace_file(folder / "store.json", std::string_view("new"));

    EXPECT_EQ(read_file(folder / "store.json"), "new");
    EXPECT_EQ(file_count(folder.path()), 1U);
}

TEST(ReplaceFile, SweepsAwayWhatADeadProcessLeftAndNoOther) {
    const TempFolder folder;
    const std::string prefix = "store.json.part-" + host_name() + "-";
    const auto abandoned = folder.write(prefix + std::to_string(dead_process()), "half");
    const auto in_use = folder.write(prefix + std::to_string(getppid()), "being written");
    const auto elsewhere = folder.write("store.json.part-another_host-7", "being written");

    replace_file(folder / "store.json", std::string_view("new"));

    EXPECT_FALSE(std::filesystem::exists(abandoned));
    EXPECT_TRUE(std::filesystem::exists(in_use));
    EXPECT_TRUE(std::filesystem::exists(elsewhere));
}

TEST(ReplaceFile, SaysWhichFileItCouldNotWrite) {
    const TempFolder folder;

    try {
        replace_file(folder / "absent" / "store.json", std::string_view("new"));
        FAIL() << "wrote into a folder that is not there";
    } catch (const StoreError& error) {
        EXPECT_EQ(error.kind, StoreError::Kind::io);
        EXPECT_NE(std::string(error.what()).find("absent/store.json"), std::string::npos)
            << error.what();
    }
}

// Ranks of one job open a new store at the same moment: a shared temporary name made one of them
// fail or publish the other's half.
TEST(ReplaceFile, ManyProcessesReplaceOneFileAtOnce) {
    const TempFolder folder;
    constexpr int writers = 8;
    constexpr int rounds = 40;
    std::vector<pid_t> children;
    for (int w = 0; w < writers; ++w) {
        const pid_t child = fork();
        if (child == 0) {
            try {
                for (int round = 0; round < rounds; ++round)
                    replace_file(folder / "shared", std::string(4096, static_cast<char>('a' + w)));
            } catch (const std::exception&) {
                _exit(1);
            }
            _exit(0);
        }
        children.push_back(child);
    }

    for (const pid_t child : children) {
        int status = 0;
        waitpid(child, &status, 0);
        EXPECT_EQ(status, 0);
    }
    const std::string text = read_file(folder / "shared");
    EXPECT_EQ(text, std::string(4096, text.empty() ? '?' : text.front()));
    EXPECT_EQ(file_count(folder.path()), 1U);
}

TEST(AppendLine, KeepsWhatWasThere) {
    const TempFolder folder;

    append_line(folder / "sessions.jsonl", "{\"run\":1}");
    append_line(folder / "sessions.jsonl", "{\"run\":2}");

    EXPECT_EQ(read_file(folder / "sessions.jsonl"), "{\"run\":1}\n{\"run\":2}\n");
}

TEST(MappedFile, ShowsTheBytesOfAFileAnEmptyOneToo) {
    const TempFolder folder;

    const MappedFile full(folder.write("full", "abc"));
    const MappedFile empty(folder.write("empty", ""));

    EXPECT_EQ(std::string(full.bytes().begin(), full.bytes().end()), "abc");
    EXPECT_TRUE(empty.bytes().empty());
    EXPECT_THROW(MappedFile(folder / "absent"), StoreError);
}

} // namespace
} // namespace basin
