// Pattern files as a sweep uses them: read once, checked before anything runs.

#include "harness/banks.hpp"

#include <gtest/gtest.h>

#include "support/temp_folder.hpp"

namespace basin {
namespace {

/// An idx file of 3 patterns with 4 pixels.
std::string small_idx(const tests::TempFolder& folder) {
    std::string bytes("\0\0\x08\x02\0\0\0\x03\0\0\0\x04", 12);
    for (int i = 0; i < 12; ++i)
        bytes += static_cast<char>(20 * i);
    return folder.write("small.idx", bytes);
}

Config config_with(const std::string& path, const std::string& more) {
    return parse_config("[patterns]\nsource = \"idx\"\npath = \"" + path + "\"\n" + more, "test",
                        {});
}

TEST(Banks, AFileIsReadOnceForAllBlocks) {
    const tests::TempFolder folder;
    const Config config =
        config_with(small_idx(folder), "pattern_count = 2\n[[block]]\n[block.model]\nbeta = 1.0\n"
                                       "[[block]]\n[block.model]\nbeta = 2.0\n");
    const Banks banks = load_banks(config);
    ASSERT_EQ(banks.size(), 1U);
    EXPECT_EQ(banks.begin()->second.values.shape(0), 3U);
}

TEST(Banks, TooManyPatternsAndAnotherDimensionAreToldTogetherWithPlaces) {
    const tests::TempFolder folder;
    const Config config = config_with(small_idx(folder), "pattern_count = [2, 9]\ndimension = 5\n");
    try {
        load_banks(config);
        FAIL() << "nothing was said";
    } catch (const ConfigError& error) {
        ASSERT_EQ(error.diagnostics.size(), 2U);
        EXPECT_EQ(error.diagnostics[0].place.line, 4U);
        EXPECT_NE(error.diagnostics[0].message.find("holds 3 patterns"), std::string::npos);
        EXPECT_EQ(error.diagnostics[1].place.line, 5U);
    }
}

TEST(Banks, AFileThatIsNoIdxIsTold) {
    const tests::TempFolder folder;
    const std::string path = folder.write("text.idx", "hello, this is no idx file");
    EXPECT_THROW(load_banks(config_with(path, "pattern_count = 2\n")), ConfigError);
}

} // namespace
} // namespace basin
