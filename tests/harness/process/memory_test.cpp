#include "harness/commands/command.hpp"
#include "harness/process/memory.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <string>

namespace basin {
namespace {

TEST(MemorySize, IsANumberAndPerhapsALetter) {
    EXPECT_EQ(memory_size("800000"), 800000U);
    EXPECT_EQ(memory_size("3K"), 3U << 10U);
    EXPECT_EQ(memory_size("512M"), 512U << 20U);
    EXPECT_EQ(memory_size("1.5G"), std::size_t{3} << 29U);
    EXPECT_EQ(memory_size("2T"), std::size_t{2} << 40U);
}

TEST(MemorySize, AnythingElseIsAUsageError) {
    for (const char* text : {"", "G", "4g", "4GB", "4 G", "-1G", "0", "1e3", "0x10", "nan", "inf",
                             "4G4", "9999999999T"})
        EXPECT_THROW(memory_size(text), UsageError) << text;
}

TEST(MemoryText, HasThreeDigits) {
    EXPECT_EQ(memory_text(17), "17 B");
    EXPECT_EQ(memory_text(1536), "1.5 KB");
    EXPECT_EQ(memory_text(std::size_t{28} << 20U), "28 MB");
    EXPECT_EQ(memory_text(std::size_t{1} << 60U), "1.05e+06 TB");
}

TEST(AvailableMemory, IsNotMoreThanTheMachineHas) {
    std::ifstream in("/proc/meminfo");
    std::string name;
    std::size_t kilobytes = 0;
    in >> name >> kilobytes;
    ASSERT_EQ(name, "MemTotal:");

    EXPECT_GT(available_memory(), std::size_t{1} << 20U);
    EXPECT_LT(available_memory(), kilobytes * 1024);
}

} // namespace
} // namespace basin
