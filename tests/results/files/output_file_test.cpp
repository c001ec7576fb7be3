#include "results/files/output_file.hpp"
#include "results/journal/journal.hpp"

#include <gtest/gtest.h>

#include <fcntl.h>
#include <iterator>
#include <string>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <thread>
#include <unistd.h>

#include "support/temp_folder.hpp"

namespace basin {
namespace {

using tests::read_file;
using tests::TempFolder;

struct stat status_of(const std::filesystem::path& path) {
    struct stat info = {};
    EXPECT_EQ(::lstat(path.c_str(), &info), 0) << path;
    return info;
}

TEST(OutputFile, AppearsWhenItIsWhole) {
    const TempFolder folder;
    folder.write("table.csv", "old");
    {
        OutputFile file(folder / "table.csv");
        EXPECT_EQ(::write(file.descriptor(), "new", 3), 3);
        EXPECT_EQ(read_file(folder / "table.csv"), "old");
        file.publish();
    }
    EXPECT_EQ(read_file(folder / "table.csv"), "new");
}

TEST(OutputFile, APipeGetsTheTextAndStays) {
    const TempFolder folder;
    const auto pipe = folder / "pipe";
    ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
    std::string got;
    std::thread reader([&] { got = read_file(pipe); });
    write_output(pipe, "numbers");
    reader.join();
    EXPECT_EQ(got, "numbers");
    EXPECT_TRUE(std::filesystem::is_fifo(pipe));
}

TEST(OutputFile, ADeviceIsWrittenToAndStays) {
    if (::geteuid() != 0) GTEST_SKIP() << "only root makes device nodes";
    const TempFolder folder;
    const auto device = folder / "null";
    if (::mknod(device.c_str(), S_IFCHR | 0600, ::makedev(1, 3)) != 0)
        GTEST_SKIP() << "this container makes no device nodes";
    const int opened = ::open(device.c_str(), O_WRONLY | O_CLOEXEC);
    if (opened < 0) GTEST_SKIP() << "devices are not allowed on this file system";
    ::close(opened);
    std::filesystem::create_symlink("null", folder / "link");

    write_output(device, "numbers");
    write_output(folder / "link", "numbers");

    EXPECT_TRUE(S_ISCHR(status_of(device).st_mode));
    EXPECT_TRUE(S_ISLNK(status_of(folder / "link").st_mode));
}

TEST(OutputFile, ALinkStaysALink) {
    const TempFolder folder;
    folder.write("page.html", "old");
    std::filesystem::create_symlink("page.html", folder / "link.html");
    write_output(folder / "link.html", "new");
    EXPECT_EQ(read_file(folder / "page.html"), "new");
    EXPECT_TRUE(S_ISLNK(status_of(folder / "link.html").st_mode));
}

TEST(OutputFile, TheReasonOfAFailureIsTold) {
    const TempFolder folder;
    folder.write("file", "");
    std::filesystem::create_symlink("b", folder / "a");
    std::filesystem::create_symlink("a", folder / "b");
    for (const auto& [name, reason] : {std::pair<std::string, std::string>{".", "Is a directory"},
                                       {"absent/page.html", "No such file"},
                                       {"file/page.html", "Not a directory"},
                                       {"a", "Too many levels"},
                                       {std::string(300, 'x'), "too long"}}) {
        try {
            write_output(folder / name, "text");
            ADD_FAILURE() << name;
        } catch (const StoreError& error) {
            EXPECT_EQ(error.kind, StoreError::Kind::io);
            EXPECT_NE(std::string(error.what()).find(reason), std::string::npos) << error.what();
        }
    }
    const std::filesystem::directory_iterator left(folder.path());
    EXPECT_EQ(std::distance(begin(left), end(left)), 3); // file, a, b
}

} // namespace
} // namespace basin
