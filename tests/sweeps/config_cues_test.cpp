// [cue] with a file of cues.

#include "sweeps/config/config.hpp"
#include "sweeps/coordinates/binding.hpp"
#include "sweeps/plan/plan.hpp"

#include <gtest/gtest.h>

#include "support/config_text.hpp"
#include "support/plan_points.hpp"
#include "support/temp_folder.hpp"

namespace basin {
namespace {

using tests::parse;
using tests::problem;
using tests::values;

using Values = std::vector<Value>;

class CueConfig : public testing::Test {
protected:
    tests::TempFolder folder_;
    std::string file_ = folder_.write("a.npy", "x");
    std::string patterns_ = "[patterns]\nsource = \"npy\"\npath = \"" + file_ + "\"\n";
    std::string cue_ = "[cue]\nsource = \"npy\"\npath = \"" + file_ + "\"\n";
};

TEST_F(CueConfig, ReadsShortKeysAndNames) {
    const ConfigBlock block =
        parse(patterns_ + cue_ + "dataset = \"d\"\ntargets = \"" + file_ + "\"\n").blocks[0];
    EXPECT_EQ(values(block, "cue_source"), Values{std::string("npy")});
    EXPECT_EQ(values(block, "cue_path"), Values{file_});
    EXPECT_EQ(values(block, "cue_dataset"), Values{std::string("d")});
    EXPECT_EQ(values(block, "cue_targets"), Values{file_});
    EXPECT_EQ(values(block, "path"), Values{file_});
    const ConfigBlock named =
        parse("[cue]\ncue_source = \"npy\"\ncue_path = \"" + file_ + "\"\n").blocks[0];
    EXPECT_EQ(values(named, "cue_path"), Values{file_});
    EXPECT_NE(problem(cue_ + "cue_path = \"" + file_ + "\"\n").find("are one parameter"),
              std::string::npos);
}

TEST_F(CueConfig, CuesOfAFileAreNotCorruptedUnlessItSaysSo) {
    EXPECT_EQ(values(parse(cue_).blocks[0], "corruption"), Values{std::string("none")});
    EXPECT_EQ(values(parse(cue_ + "corruption = \"flip\"\n").blocks[0], "corruption"),
              Values{std::string("flip")});
    const std::string both = "[cue]\nsource = [\"memories\", \"npy\"]\npath = \"" + file_ + "\"\n";
    EXPECT_NE(problem(both).find("corruption is needed where the cues of a file stand beside"),
              std::string::npos);
    EXPECT_NO_THROW(parse(both + "corruption = \"none\"\n"));
}

TEST_F(CueConfig, TellsWhatIsMissingOrHasNoEffect) {
    EXPECT_NE(problem("[cue]\nsource = \"npy\"\n").find("needs a file; set path in [cue]"),
              std::string::npos);
    EXPECT_NE(problem("[cue]\nsource = \"hdf5\"\npath = \"" + file_ + "\"\n")
                  .find("set dataset in [cue]"),
              std::string::npos);
    EXPECT_NE(problem("[cue]\npath = \"" + file_ + "\"\n").find("set source in [cue]"),
              std::string::npos);
    EXPECT_NE(problem(cue_ + "targets = \"" + file_ + "\"\n")
                  .find("targets are rows of a pattern file, but source \"random_bipolar\""),
              std::string::npos);
    EXPECT_NE(problem("[cue]\nsource = \"npy\"\npath = \"/no/such.npy\"\n").find("no such file"),
              std::string::npos);
    EXPECT_NE(problem("[model]\ntargets = \"x\"\n").find("it belongs in [cue]"), std::string::npos);
    EXPECT_NO_THROW(parse(patterns_ + cue_ + "targets = \"" + file_ + ":rows\"\n"));
}

TEST_F(CueConfig, BindsTheFileItsTargetsAndAllItsRows) {
    const auto bound = [](std::vector<std::pair<std::string, Value>> changes) {
        Coordinates coordinates = default_coordinates();
        for (auto& [name, value] : changes)
            coordinates[parameter_index(name).value()] = std::move(value);
        return coordinates;
    };
    const Coordinates memories = bound({{"cue_path", file_}, {"cue_targets", file_}});
    EXPECT_EQ(bind_cues(memories).path, "");
    EXPECT_EQ(bind_targets(memories).path, "");
    const Coordinates own = bound({{"cue_source", "hdf5"},
                                   {"cue_path", "q.h5"},
                                   {"cue_dataset", "d"},
                                   {"cue_targets", "t.h5:a/b"},
                                   {"probe_count", std::int64_t{-1}}});
    EXPECT_EQ(bind_cues(own).source.name(), "hdf5");
    EXPECT_EQ(bind_cues(own).path, "q.h5");
    EXPECT_EQ(bind_cues(own).dataset, "d");
    EXPECT_EQ(targets_of(bind_targets(own).path), (TargetPlace{"t.h5", "a/b"}));
    EXPECT_EQ(targets_of(file_), (TargetPlace{file_, ""}));
    EXPECT_EQ(targets_of(folder_.write("odd:name", "1")),
              (TargetPlace{folder_.path() / "odd:name", ""}));
    EXPECT_EQ(bind_scene(own, 1, 0).cues.probe_count, 0U);
    EXPECT_EQ(bind_scene(memories, 1, 0).cues.probe_count, 10U);
    // Cues and their order of updates hang on the file; memories do not.
    EXPECT_NE(bind_scene(own, 1, 0).cues.key, bind_scene(memories, 1, 0).cues.key);
    EXPECT_EQ(bind_scene(own, 1, 0).patterns.key, bind_scene(memories, 1, 0).patterns.key);
}

TEST_F(CueConfig, LeavesTheKeysOfOtherSweepsAsTheyAre) {
    EXPECT_EQ(Plan(parse("[cue]\nsource = \"memories\"\n")).point_key(0),
              Plan(parse("[cue]\ncue_level = 0.1\n")).point_key(0));
}

} // namespace
} // namespace basin
