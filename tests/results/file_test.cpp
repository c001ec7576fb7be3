#include "results/file.hpp"
#include "results/journal.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>

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
