#include "sweeps/config/config.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sys/stat.h>
#include <thread>

#include "support/config_text.hpp"
#include "support/temp_folder.hpp"

namespace basin {
namespace {

using tests::reals;
using tests::values;

TEST(LoadConfig, ReadsFilesByteForByte) {
    const std::string text = "# \r\n[model]\nbeta = 3\n";
    const tests::TempFolder folder;
    const std::string file = folder.write("sweep.toml", text);

    const Config config = load_config(file, {});

    EXPECT_EQ(config.text, text);
    EXPECT_EQ(config.source, file);
    EXPECT_EQ(values(config.blocks[0], "beta"), reals({3}));
}

TEST(LoadConfig, ReadsAPipeOnce) {
    const tests::TempFolder folder;
    const std::string pipe = (folder / "pipe").string();
    ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
    const std::string text = "[model]\nbeta = 3\n";
    std::thread writer([&] { std::ofstream(pipe) << text; });
    const Config config = load_config(pipe, {});
    writer.join();
    EXPECT_EQ(config.text, text);
    EXPECT_EQ(values(config.blocks[0], "beta"), reals({3}));
}

TEST(LoadConfig, RefusesWhatSetsNothing) {
    const tests::TempFolder folder;
    for (const std::string text :
         {"", "\n", "# a point\n\n", "[sweep]\n", "[patterns]\n# N\n[model]\r\n"})
        try {
            load_config(folder.write("sweep.toml", text), {"beta=1"});
            ADD_FAILURE() << "taken: " << text;
        } catch (const ConfigError& error) {
            EXPECT_NE(std::string(error.what()).find("the config is empty"), std::string::npos)
                << error.what();
        }
}

TEST(LoadConfig, RefusesAStreamWithoutEnd) {
    if (!std::filesystem::exists("/dev/zero")) GTEST_SKIP() << "there is no /dev/zero";
    EXPECT_THROW(load_config("/dev/zero", {}), ConfigError);
}

TEST(LoadConfig, KnowsThePresets) {
    const Config config = load_config("smoke", {"replicates=1"});

    EXPECT_EQ(config.name, "smoke");
    EXPECT_EQ(config.source, "smoke");
    EXPECT_EQ(config.replicates, 1U);
}

TEST(LoadConfig, NamesThePresetsIfThereIsNoFile) {
    try {
        load_config("no/such/file.toml", {});
        FAIL() << "no error";
    } catch (const ConfigError& error) {
        EXPECT_STREQ(error.what(),
                     "no/such/file.toml: error: no such file, and no preset of that "
                     "name; presets: capacity, classical, errors, images, "
                     "loads, precision, quickstart, regimes, similarities, smoke, stability, "
                     "starts");
    }
}

class PresetTest : public testing::TestWithParam<Preset> {};

TEST_P(PresetTest, Parses) {
    const std::string data = "/usr/share/datasets/fashion-mnist/t10k-images-idx3-ubyte.gz";
    if (GetParam().text.find(data) != std::string_view::npos && !std::filesystem::exists(data))
        GTEST_SKIP() << "package dataset-fashion-mnist is not installed";

    const Config config = load_config(std::string(GetParam().name), {});

    EXPECT_EQ(config.name, GetParam().name);
}

INSTANTIATE_TEST_SUITE_P(Presets, PresetTest, testing::ValuesIn(presets()),
                         [](const auto& preset) { return std::string(preset.param.name); });

} // namespace
} // namespace basin
