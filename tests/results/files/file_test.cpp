#include "results/files/file.hpp"
#include "results/journal/journal.hpp"

#include <gtest/gtest.h>

#include <fcntl.h>
#include <filesystem>
#include <string>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>
#include <vector>

#include "support/temp_folder.hpp"

namespace basin {
namespace {

using tests::read_file;
using tests::TempFolder;

TEST(AppendLine, KeepsWhatWasThere) {
    const TempFolder folder;

    append_line(folder / "sessions.jsonl", "{\"run\":1}");
    append_line(folder / "sessions.jsonl", "{\"run\":2}");

    EXPECT_EQ(read_file(folder / "sessions.jsonl"), "{\"run\":1}\n{\"run\":2}\n");
}

TEST(WholeText, IsAFilesBytesAnEmptyOnesToo) {
    const TempFolder folder;

    EXPECT_EQ(whole_text(folder.write("full", std::string("a\0\nb", 4))), std::string("a\0\nb", 4));
    EXPECT_EQ(whole_text(folder.write("empty", "")), "");
    EXPECT_THROW(whole_text(folder / "absent"), StoreError);
    EXPECT_TRUE(lines_of(folder / "absent").empty());
}

TEST(WholeText, IsNotReadIntoMemoryWhateverItsSize) {
    const TempFolder folder;
    const std::filesystem::path large = folder.write("large", "");
    std::filesystem::resize_file(large, std::uintmax_t{1} << 40U);

    try {
        whole_text(large);
        FAIL() << "read";
    } catch (const StoreError& error) {
        EXPECT_EQ(error.kind, StoreError::Kind::damaged);
    }
}

/// Every kind of name that is no regular file, by what a message calls it.
std::vector<std::pair<std::string, std::filesystem::path>> irregular_names(const TempFolder& in) {
    std::filesystem::create_directory(in / "folder");
    ::mkfifo((in / "fifo").c_str(), 0600);
    std::filesystem::create_symlink("/nowhere/at/all", in / "dangling");
    std::filesystem::create_symlink("circle", in / "circle");
    std::filesystem::create_symlink("/dev/zero", in / "zero");
    return {{"a folder", in / "folder"},
            {"a FIFO", in / "fifo"},
            {"a link that leads nowhere", in / "dangling"},
            {"a link that leads nowhere", in / "circle"},
            {"a device", in / "zero"}};
}

TEST(RegularFile, IsAllThatIsOpened) {
    const TempFolder folder;
    const auto names = irregular_names(folder);
    for (const auto& [kind, path] : names)
        for (const int flags : {O_RDONLY, O_WRONLY | O_APPEND})
            try {
                open_regular(path, flags, "open");
                FAIL() << path << " was opened";
            } catch (const StoreError& error) {
                EXPECT_EQ(error.kind, StoreError::Kind::damaged) << path;
                EXPECT_NE(std::string(error.what()).find(path.string() + " is " + kind),
                          std::string::npos)
                    << error.what();
            }
    for (const auto& [kind, path] : names) {
        EXPECT_THROW(append_line(path, "text"), StoreError) << path;
        EXPECT_THROW(lines_of(path), StoreError) << path;
        EXPECT_THROW(require_regular(path), StoreError) << path;
    }
    std::filesystem::create_symlink(folder.write("target", "text"), folder / "link");
    EXPECT_EQ(whole_text(folder / "link"), "text");
    EXPECT_NO_THROW(require_regular(folder / "absent"));
    EXPECT_FALSE(std::filesystem::exists("/nowhere/at/all"));
}

} // namespace
} // namespace basin
