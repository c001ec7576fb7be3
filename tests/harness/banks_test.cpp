// Pattern files as a sweep uses them: read once, checked before anything runs.

#include "harness/banks.hpp"

#include <gtest/gtest.h>

#include "support/cifar10_bytes.hpp"
#include "support/plan_points.hpp"
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

/// Two CIFAR-10 images, and the parameters beside them.
Config config_of_images(const tests::TempFolder& folder, const std::string& more) {
    const std::string path =
        folder.write("a.bin", tests::cifar10_record(0, 0) + tests::cifar10_record(1, 90));
    return parse_config("[patterns]\nsource = \"cifar10\"\npath = \"" + path +
                            "\"\npattern_count = 2\n" + more,
                        "test", {});
}

TEST(Banks, GreyImagesHaveAUnitAPixel) {
    const tests::TempFolder folder;
    const Config config = config_of_images(folder, "channels = [\"as_stored\", \"grey\"]\n");
    const Plan plan(config);
    const Banks banks = load_banks(config);

    std::map<std::string, std::uint32_t> dimensions;
    for (std::uint64_t job = 0; job < plan.job_count(); ++job) {
        const Coordinates coordinates = plan.scene_of(job);
        const auto form = std::get<std::string>(tests::at(coordinates, "channels"));
        dimensions[form] = file_dimension(banks, coordinates);
    }

    EXPECT_EQ(dimensions,
              (std::map<std::string, std::uint32_t>{{"as_stored", 3072}, {"grey", 1024}}));
    EXPECT_EQ(file_dimension(banks, default_coordinates()), 0U);
}

TEST(Banks, ADimensionThatNoFormOfTheChannelsHasIsTold) {
    const tests::TempFolder folder;
    const auto told = [&](const std::string& more) -> std::string {
        try {
            load_banks(config_of_images(folder, more));
        } catch (const ConfigError& error) {
            return error.diagnostics.at(0).message;
        }
        return "";
    };

    EXPECT_EQ(told("channels = \"grey\"\ndimension = 1024\n"), "");
    EXPECT_EQ(told("channels = [\"as_stored\", \"grey\"]\ndimension = [1024, 3072]\n"), "");
    EXPECT_NE(told("dimension = 1024\n").find("have 3072; write dimension = 3072"),
              std::string::npos);
    EXPECT_NE(told("channels = \"grey\"\ndimension = 3072\n").find("have 1024; write"),
              std::string::npos);
}

TEST(Banks, AFileThatIsNoIdxIsTold) {
    const tests::TempFolder folder;
    const std::string path = folder.write("text.idx", "hello, this is no idx file");
    EXPECT_THROW(load_banks(config_with(path, "pattern_count = 2\n")), ConfigError);
}

} // namespace
} // namespace basin
