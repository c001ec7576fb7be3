// Pattern files as a sweep uses them: read once, checked before anything runs.

#include "harness/run/pattern_files.hpp"
#include "harness/run/rounding_notes.hpp"
#include "harness/run/run_estimate.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "support/cifar10_bytes.hpp"
#include "support/npy_bytes.hpp"
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
    ASSERT_EQ(banks.files.size(), 1U);
    EXPECT_EQ(banks.files.begin()->second.values.shape(0), 3U);
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

TEST(Banks, WhatAPrecisionRoundsIsSaidOnceAFile) {
    const tests::TempFolder folder;
    const auto notes = [&](double value, const std::string& more) {
        const std::string path = folder.write("v.npy", tests::npy_doubles({{value}, {0.5}}));
        const Config config =
            parse_config("[patterns]\nsource = \"npy\"\npattern_count = [1, 2]\npath = \"" + path +
                             "\"\n" + more,
                         "test", {});
        return rounding_notes(config, load_banks(config));
    };
    const std::string real = "binarize = \"none\"\n[model]\nformulation = \"softmax\"\n";
    const std::string both = "precision = [\"float32\", \"float64\"]\n";
    const std::vector<std::string> said = notes(0.1, real + both);
    ASSERT_EQ(said.size(), 1U);
    EXPECT_EQ(said[0], "values of " + (folder.path() / "v.npy").string() +
                           " are rounded to float32 for precision = float32");
    EXPECT_TRUE(notes(0.1, real + "precision = \"float64\"\n").empty());
    EXPECT_TRUE(notes(0.25, real + both).empty());
    EXPECT_TRUE(notes(0.1, "binarize = \"mean\"\n[model]\n" + both).empty());
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
    const LoadedSweep sweep =
        load_sweep(config_of_images(folder, "channels = [\"as_stored\", \"grey\"]\n"));
    const Plan& plan = sweep.plan;

    std::map<std::string, std::uint32_t> dimensions;
    for (std::uint64_t job = 0; job < plan.job_count(); ++job) {
        const Coordinates coordinates = plan.scene_of(job);
        const auto form = std::get<std::string>(tests::at(coordinates, "channels"));
        dimensions[form] = size_of(coordinates, plan.config().files.known).dimension;
    }

    EXPECT_EQ(dimensions,
              (std::map<std::string, std::uint32_t>{{"as_stored", 3072}, {"grey", 1024}}));
    EXPECT_EQ(size_of(default_coordinates(), {}).dimension, 100U);
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

TEST(Banks, LabelsAreNoPatterns) {
    const tests::TempFolder folder;
    const std::string path =
        folder.write("labels.idx", std::string("\0\0\x08\x01\0\0\0\x03", 8) + "abc");
    try {
        load_banks(config_with(path, "pattern_count = 2\n"));
        FAIL() << "nothing was said";
    } catch (const ConfigError& error) {
        EXPECT_NE(error.diagnostics.at(0).message.find(
                      "labels.idx: idx, 3 uint8: holds a list of 3 numbers, such as labels"),
                  std::string::npos);
    }
}

TEST(Banks, AValueRangeIsGivenToTheBankAndHeldAgainstItsValues) {
    const tests::TempFolder folder;
    const std::string path = small_idx(folder); // bytes from 0 to 220
    const auto range_with = [&](const std::string& line) {
        const Banks banks = load_banks(config_with(path, line));
        EXPECT_EQ(banks.files.size(), 1U);
        return std::pair(banks.files.begin()->second.range, banks.files.begin()->second.basis);
    };
    EXPECT_EQ(range_with("pattern_count = 2\n"),
              std::pair((ValueRange{0, 255}), RangeBasis::element_type));
    EXPECT_EQ(range_with("pattern_count = 2\nvalue_range = \"0 to 220\"\n"),
              std::pair((ValueRange{0, 220}), RangeBasis::given));
    EXPECT_THROW(load_banks(config_with(path, "pattern_count = 2\nvalue_range = \"0 to 1\"\n")),
                 ConfigError);
    EXPECT_EQ(
        load_banks(config_with(path, "pattern_count = 2\nvalue_range = [\"\", \"0 to 220\"]\n"))
            .files.size(),
        2U);
}

TEST(Banks, AFileThatIsNoIdxIsTold) {
    const tests::TempFolder folder;
    const std::string path = folder.write("text.idx", "hello, this is no idx file");
    EXPECT_THROW(load_banks(config_with(path, "pattern_count = 2\n")), ConfigError);
}

// Embeddings --------------------------------------------------------------------------------------

class EmbeddingBanks : public testing::Test {
protected:
    /// What is said of three patterns with these bytes for embeddings.
    std::vector<std::string> problems(const std::string& bytes) {
        const std::string embeddings = folder_.write("given.npy", bytes);
        try {
            load_banks(config_with(small_idx(folder_),
                                   "embeddings = \"" + embeddings + "\"\npattern_count = 2\n"));
        } catch (const ConfigError& error) {
            std::vector<std::string> said;
            for (const Diagnostic& diagnostic : error.diagnostics) {
                EXPECT_EQ(diagnostic.place.line, 4U); // of embeddings, not of path
                said.push_back(diagnostic.message);
            }
            return said;
        }
        return {};
    }
    tests::TempFolder folder_;
    std::string good_ = tests::npy_bytes({{1, 2}, {3, 4}, {5, 6}});
};

TEST_F(EmbeddingBanks, AreReadBesideTheirPatterns) {
    EXPECT_TRUE(problems(good_).empty());
    const Config config = config_with(small_idx(folder_), "embeddings = [\"\", \"" +
                                                              (folder_ / "given.npy").string() +
                                                              "\"]\npattern_count = 2\n");
    const Banks banks = load_banks(config);
    EXPECT_EQ(banks.files.size(), 2U);
    const Plan plan(config);
    ASSERT_EQ(plan.job_count(), 2U);
    EXPECT_EQ(files_for(banks, plan.scene_of(0)).embeddings, nullptr);
    ASSERT_NE(files_for(banks, plan.scene_of(1)).embeddings, nullptr);
    EXPECT_EQ(files_for(banks, plan.scene_of(1)).embeddings->values(2, 1), 6.0F);
    EXPECT_EQ(bank_for(banks, plan.scene_of(0)), bank_for(banks, plan.scene_of(1)));
}

TEST_F(EmbeddingBanks, ThatDoNotFitAreToldAtTheirPlace) {
    const auto one = [&](const std::vector<std::vector<float>>& rows) -> std::string {
        const auto said = problems(tests::npy_bytes(rows));
        return said.size() == 1 ? said[0] : "";
    };
    EXPECT_NE(one({{1, 2}, {3, 4}}).find("has 2 rows, but small.idx"), std::string::npos);
    EXPECT_NE(one({{1, 2}, {0, 0}, {5, 6}}).find("row 1 (counted from 0) is all zeros"),
              std::string::npos);
    EXPECT_NE(one({{1, 2}, {3, std::nanf("")}, {5, 6}}).find("not a finite number"),
              std::string::npos);
}

TEST_F(EmbeddingBanks, CutAnywhereAreRefused) {
    for (std::size_t length = 0; length < good_.size(); ++length)
        EXPECT_EQ(problems(good_.substr(0, length)).size(), 1U) << length;
    EXPECT_EQ(problems(good_ + "x").size(), 1U);
}

TEST_F(EmbeddingBanks, WithABitFlippedAreReadOrRefused) {
    std::size_t refused = 0;
    for (std::size_t bit = 0; bit < 8 * 100; ++bit) {
        std::string bytes = good_;
        bytes[bit / 8] = static_cast<char>(bytes[bit / 8] ^ (1 << (bit % 8)));
        refused += problems(bytes).size();
    }
    EXPECT_GT(refused, 300U);
}

TEST_F(EmbeddingBanks, ZippedWithTheirPatternsNeedFitThoseAlone) {
    const std::string two = folder_.write("two.npy", tests::npy_bytes({{1, 2}, {3, 4}}));
    const std::string three = folder_.write("three.npy", good_);
    const auto config = [&](const std::string& zip) {
        return parse_config("[sweep]\n" + zip + "[patterns]\nsource = \"npy\"\npath = [\"" + two +
                                "\", \"" + three + "\"]\nembeddings = [\"" + two + "\", \"" +
                                three + "\"]\npattern_count = 2\n",
                            "test", {});
    };
    EXPECT_NO_THROW(load_banks(config("zip = [[\"path\", \"embeddings\"]]\n")));
    EXPECT_THROW(load_banks(config("")), ConfigError);
}

// Cues of a file --------------------------------------------------------------------------------

TEST(CueBanks, AreReadOnceAndSharedWithPatternsInTheSameFile) {
    const tests::TempFolder folder;
    const std::string patterns = folder.write("p.npy", tests::npy_bytes({{1, 2}, {3, 4}, {5, 6}}));
    const std::string cues = folder.write("q.npy", tests::npy_bytes({{1, 2}}));
    const std::string targets = folder.write("t.txt", "2");
    const Config config = parse_config(
        "[sweep]\nzip = [[\"cue_path\", \"cue_targets\"]]\n[patterns]\nsource = \"npy\"\npath = "
        "\"" +
            patterns + "\"\npattern_count = 2\n[cue]\nsource = \"npy\"\npath = [\"" + patterns +
            "\", \"" + cues + "\"]\ntargets = [\"\", \"" + targets + "\"]\n",
        "test", {});

    const Banks banks = load_banks(config);

    EXPECT_EQ(banks.files.size(), 2U);
    EXPECT_EQ(banks.targets.size(), 1U);
    ASSERT_EQ(banks.of_cues.size(), 1U); // the other one has patterns too
    EXPECT_EQ(banks.of_cues.begin()->path, cues);
    const Plan plan(config);
    ASSERT_EQ(plan.job_count(), 2U);
    const SceneFiles same = files_for(banks, plan.scene_of(0));
    EXPECT_EQ(same.cues, same.patterns);
    EXPECT_EQ(same.targets, nullptr);
    const SceneFiles own = files_for(banks, plan.scene_of(1));
    EXPECT_EQ(own.cues->values.shape(0), 1U);
    EXPECT_EQ(own.targets->rows, std::vector<std::uint32_t>{2});
    EXPECT_EQ(files_for(banks, default_coordinates()).cues, nullptr);
}

} // namespace
} // namespace basin
