#include "sweeps/config/config.hpp"

#include <gtest/gtest.h>

#include "support/config_text.hpp"
#include "support/temp_folder.hpp"

namespace basin {
namespace {

using tests::integers;
using tests::parse;
using tests::problem;
using tests::problems;
using tests::values;

TEST(Config, Hdf5NeedsADataset) {
    const tests::TempFolder folder;
    const std::string file = folder.write("patterns.h5", "x");
    const std::string text = "[patterns]\nsource = \"hdf5\"\npath = \"" + file + "\"\n";

    EXPECT_EQ(problem(text), "a.toml:2:10: error: source = \"hdf5\" needs the name of a dataset in "
                             "the file; set dataset in [patterns]");
    EXPECT_NO_THROW(parse(text + "dataset = \"x\"\n"));
}

TEST(Config, FileSourcesTakeTheFilesDimension) {
    const tests::TempFolder folder;
    const std::string file = folder.write("patterns.idx", "x");
    const std::string text = "[patterns]\nsource = \"idx\"\npath = \"" + file + "\"\n";

    EXPECT_EQ(values(parse(text).blocks[0], "dimension"), integers({0}));
    EXPECT_EQ(values(parse(text + "dimension = 9\n").blocks[0], "dimension"), integers({9}));
}

TEST(Config, PathsNameWhatTheirSourcesRead) {
    const tests::TempFolder folder;
    const std::string file = "path = \"" + folder.write("a", "x") + "\"\n";
    const std::string path = "path = \"" + folder.path().string() + "\"\n";
    const auto with = [](const std::string& source) {
        return "[patterns]\nsource = " + source + "\n";
    };

    EXPECT_NO_THROW(parse(with("\"cifar10\"") + file));
    EXPECT_NO_THROW(parse(with("\"cifar10\"") + path));
    EXPECT_NO_THROW(parse(with("\"image_folder\"") + path));
    EXPECT_EQ(problems(with("\"image_folder\"") + file).size(), 1U);
    EXPECT_EQ(problems(with("\"npy\"") + path).size(), 1U);
    // Which of several sources has which path is settled when they are read.
    EXPECT_NO_THROW(parse(with("[\"npy\", \"image_folder\"]") + path));
    EXPECT_NO_THROW(parse(with("[\"npy\", \"image_folder\"]") + file));
}

TEST(Config, EmbeddingsAreOfPatternsInAFile) {
    const tests::TempFolder folder;
    const std::string file = "path = \"" + folder.write("a.npy", "x") + "\"\n";
    const std::string there = "embeddings = \"" + folder.write("b.npy", "x") + "\"\n";

    EXPECT_NO_THROW(parse("[patterns]\nsource = \"npy\"\n" + file + there));
    EXPECT_EQ(problem("[patterns]\nsource = \"npy\"\n" + file + "embeddings = \"/no/such\"\n"),
              "a.toml:4:14: error: embeddings = \"/no/such\": no such file");
    EXPECT_EQ(
        problem("[patterns]\nsource = \"gaussian\"\n" + there),
        "a.toml:3:14: error: embeddings are of the patterns in a file, but source \"gaussian\" "
        "reads none; leave embeddings out there, by a [[when]] or a [[block]]");
    const std::string mixed =
        "[patterns]\nsource = [\"npy\", \"gaussian\"]\ndimension = 4\n" + file + there;
    EXPECT_EQ(problems(mixed).size(), 1U);
    EXPECT_NO_THROW(
        parse(mixed + "[[when]]\nparameter = \"embeddings\"\nif = {source = \"npy\"}\n"));
}

TEST(Config, AValueRangeHasOneTextAndIsOfAFile) {
    const tests::TempFolder folder;
    const std::string npy =
        "[patterns]\nsource = \"npy\"\npath = \"" + folder.write("a.npy", "x") + "\"\n";
    const auto ranges = [&](const std::string& given) {
        return values(parse(npy + "value_range = " + given + "\n").blocks[0], "value_range");
    };

    EXPECT_EQ(ranges("\"-0.0 to 255.0\""), std::vector<Value>{std::string("0 to 255")});
    EXPECT_EQ(ranges("[\"\", \"0 to 1\", \"0  to 1e0\", \"-1.5 to 2\"]"),
              (std::vector<Value>{std::string(), std::string("0 to 1"), std::string("-1.5 to 2")}));
    for (const char* wrong :
         {"\"255\"", "\"1 to 0\"", "\"1 to 1\"", "\"0 to inf\"", "\"0 to nan\"", "\"0to1\"",
          "\"0 to 1 to 2\"", "\"a to b\"", "\"-1.7e308 to 1.7e308\""})
        EXPECT_EQ(problem(npy + "value_range = " + wrong + "\n"),
                  "a.toml:4:15: error: value_range = " + std::string(wrong) +
                      ": must be a range LOW to HIGH in quotation marks, such as \"0 to 255\"");
    EXPECT_EQ(problems(npy + "value_range = [0, 255]\n").size(), 2U);
    EXPECT_EQ(problem("[patterns]\nsource = \"gaussian\"\nvalue_range = \"0 to 1\"\n"),
              "a.toml:3:15: error: value_range is of the numbers in a file, but source "
              "\"gaussian\" reads none; leave value_range out there, by a [[when]] or a [[block]]");
}

TEST(Config, MixedSourcesNeedADimension) {
    const tests::TempFolder folder;
    const std::string file = folder.write("patterns.idx", "x");
    const std::string text =
        "[patterns]\nsource = [\"idx\", \"random_bipolar\"]\npath = \"" + file + "\"\n";

    EXPECT_EQ(problem(text), "a.toml:2:10: error: dimension is needed where file sources stand "
                             "beside others; set it in [patterns], or give each kind a [[block]]");
    EXPECT_NO_THROW(parse(text + "dimension = 9\n"));
}

TEST(Config, SourcesMayHangOnZipsAndWhens) {
    const tests::TempFolder folder;
    const std::string file = folder.write("patterns.idx", "x");
    const std::string when = "[patterns]\nsource = [\"idx\", \"random_bipolar\"]\ndimension = [0, "
                             "50]\npath = \"" +
                             file + "\"\n";

    EXPECT_EQ(problems(when).size(), 1U); // random_bipolar meets 0
    EXPECT_NO_THROW(parse("[sweep]\nzip = [[\"source\", \"dimension\"]]\n" + when));
    EXPECT_NO_THROW(parse(when + "[[exclude]]\nsource = \"random_bipolar\"\ndimension = 0\n"));
    EXPECT_NO_THROW(parse(when + "[[when]]\nparameter = \"dimension\"\nif = {source = \"idx\"}\n"
                                 "otherwise = 50\n"));
}

TEST(Config, RandomSourcesDoNotLookAtThePath) {
    EXPECT_NO_THROW(parse("[patterns]\npath = \"/no/such/file\"\n"));
}

} // namespace
} // namespace basin
