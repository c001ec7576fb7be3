#include "results/files/atomic_file.hpp"
#include "results/files/file.hpp"
#include "results/journal/journal.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <sys/stat.h>
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
    const auto numbered = folder.write(prefix + std::to_string(dead_process()) + "-2", "half");
    const auto elsewhere = folder.write("store.json.part-another_host-7", "being written");

    replace_file(folder / "store.json", std::string_view("new"));

    EXPECT_FALSE(std::filesystem::exists(abandoned));
    EXPECT_FALSE(std::filesystem::exists(numbered));
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

std::string refusal_of(const std::filesystem::path& path) {
    try {
        replace_file(path, std::string_view("new"));
        return "";
    } catch (const StoreError& error) {
        EXPECT_EQ(error.kind, StoreError::Kind::io);
        return error.what();
    }
}

TEST(ReplaceFile, LeavesLinksAndReplacesWhatTheyLeadTo) {
    const TempFolder folder;
    std::filesystem::create_directory(folder / "there");
    folder.write("there/old.json", "old");
    std::filesystem::create_symlink("there/old.json", folder / "link");
    std::filesystem::create_symlink(folder / "link", folder / "link_to_link");
    std::filesystem::create_symlink("there/absent.json", folder / "dangling");

    replace_file(folder / "link_to_link", std::string_view("new"));
    replace_file(folder / "dangling", std::string_view("made"));

    EXPECT_EQ(read_file(folder / "there" / "old.json"), "new");
    EXPECT_EQ(read_file(folder / "there" / "absent.json"), "made");
    for (const char* link : {"link", "link_to_link", "dangling"})
        EXPECT_TRUE(std::filesystem::is_symlink(folder / link)) << link;
    EXPECT_EQ(file_count(folder / "there"), 2U);
}

TEST(ReplaceFile, RefusesWhatIsNoFileAndLeavesIt) {
    const TempFolder folder;
    std::filesystem::create_directory(folder / "folder");
    ASSERT_EQ(::mkfifo((folder / "pipe").c_str(), 0600), 0);
    std::filesystem::create_symlink("loop", folder / "loop");

    EXPECT_NE(refusal_of(folder / "folder").find("a folder"), std::string::npos);
    EXPECT_NE(refusal_of(folder / "pipe").find("no regular file"), std::string::npos);
    EXPECT_NE(refusal_of(folder / "loop").find("loop"), std::string::npos);
    EXPECT_NE(refusal_of(folder / std::string(300, 'x')).find("too long"), std::string::npos);

    EXPECT_TRUE(std::filesystem::is_fifo(folder / "pipe"));
    EXPECT_EQ(file_count(folder.path()), 3U);
}

TEST(PartFile, TakesNoNameThatIsTakenAndFollowsNoLink) {
    const TempFolder folder;
    const std::string victim = folder.write("victim", "precious");
    const std::string name = "page.part-" + host_name() + "-" + std::to_string(::getpid());
    std::filesystem::create_symlink(victim, folder / name);

    replace_file(folder / "page", std::string_view("new"));

    EXPECT_EQ(read_file(folder / "page"), "new");
    EXPECT_EQ(read_file(victim), "precious");
    EXPECT_TRUE(std::filesystem::is_symlink(folder / name));
}

TEST(PartFile, IsRemovedUnlessItIsPublished) {
    const TempFolder folder;
    folder.write("page", "old");
    { const PartFile part(folder / "page"); }
    EXPECT_EQ(read_file(folder / "page"), "old");
    EXPECT_EQ(file_count(folder.path()), 1U);
}

TEST(CreateFile, LeavesWhatIsThere) {
    const TempFolder folder;

    EXPECT_TRUE(create_file(folder / "store.json", "first"));
    EXPECT_FALSE(create_file(folder / "store.json", "second"));

    EXPECT_EQ(read_file(folder / "store.json"), "first");
    EXPECT_EQ(file_count(folder.path()), 1U);
}

TEST(CreateFile, OneOfManyProcessesDoes) {
    for (int round = 0; round < 20; ++round) {
        const TempFolder folder;
        std::vector<pid_t> children;
        for (int child = 0; child < 8; ++child) {
            children.push_back(fork());
            if (children.back() == 0)
                _exit(create_file(folder / "shared", std::to_string(child)) ? 10 + child : 0);
        }
        std::vector<int> creators;
        for (const pid_t child : children) {
            int status = 0;
            waitpid(child, &status, 0);
            ASSERT_TRUE(WIFEXITED(status));
            if (WEXITSTATUS(status) >= 10) creators.push_back(WEXITSTATUS(status) - 10);
        }
        ASSERT_EQ(creators.size(), 1U);
        EXPECT_EQ(read_file(folder / "shared"), std::to_string(creators[0]));
    }
}

} // namespace
} // namespace basin
