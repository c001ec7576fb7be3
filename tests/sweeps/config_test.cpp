#include "sweeps/config.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "support/temp_folder.hpp"

namespace basin {
namespace {

std::size_t index_of(std::string_view name) {
    return parameter_index(name).value();
}

Config parse(std::string_view text, const std::vector<std::string>& overrides = {}) {
    return parse_config(text, "a.toml", overrides);
}

/// Everything that is wrong with a text, one message each.
std::vector<std::string> problems(std::string_view text,
                                  const std::vector<std::string>& overrides = {}) {
    std::vector<std::string> messages;
    try {
        parse(text, overrides);
    } catch (const ConfigError& error) {
        for (const Diagnostic& diagnostic : error.diagnostics)
            messages.push_back(to_string(diagnostic));
    }
    return messages;
}

std::string problem(std::string_view text, const std::vector<std::string>& overrides = {}) {
    const std::vector<std::string> messages = problems(text, overrides);
    if (messages.size() == 1) return messages[0];
    std::string all = std::to_string(messages.size()) + " problems";
    for (const std::string& message : messages)
        all += "\n" + message;
    return all;
}

const std::vector<Value>& values(const ConfigBlock& block, std::string_view name) {
    static const std::vector<Value> none;
    const auto found = std::ranges::find(block.axes, index_of(name), &Axis::parameter);
    return found == block.axes.end() ? none : found->values;
}

std::vector<Value> reals(std::initializer_list<double> numbers) {
    return {numbers.begin(), numbers.end()};
}

std::vector<Value> integers(std::initializer_list<std::int64_t> numbers) {
    return {numbers.begin(), numbers.end()};
}

TEST(Config, AnEmptyFileIsOnePointOfDefaults) {
    const Config config = parse("");

    EXPECT_EQ(config.name, "sweep");
    EXPECT_EQ(config.seed, 1U);
    EXPECT_EQ(config.replicates, 1U);
    ASSERT_EQ(config.blocks.size(), 1U);
    EXPECT_TRUE(config.blocks[0].axes.empty());
}

TEST(Config, ReadsEverySection) {
    const Config config = parse(R"toml(
[sweep]
name = "stability"
seed = 42
replicates = 8
[patterns]
pattern_count = [10, 20]
[cue]
cue_level = "range(0, 0.3, 0.1)"
[model]
beta = [1, "log(10, 1000, 3)"]
similarity = "dot + cosine"
[recall]
tie = "plus"
)toml");

    EXPECT_EQ(config.name, "stability");
    EXPECT_EQ(config.seed, 42U);
    EXPECT_EQ(config.replicates, 8U);
    const ConfigBlock& block = config.blocks.at(0);
    EXPECT_EQ(values(block, "pattern_count"), integers({10, 20}));
    EXPECT_EQ(values(block, "cue_level"), reals({0, 0.1, 0.2, 0.3}));
    EXPECT_EQ(values(block, "beta"), reals({1, 10, 100, 1000}));
    EXPECT_EQ(values(block, "similarity"), (std::vector<Value>{"dot", "cosine"}));
    EXPECT_EQ(values(block, "tie"), (std::vector<Value>{"plus"}));
}

TEST(Config, KeepsTextsAndPlacesOfAxes) {
    const Config config = parse("[model]\nbeta = [1, 2.0]\nsimilarity = [\"dot\"]\n");

    const std::vector<Axis>& axes = config.blocks[0].axes;
    ASSERT_EQ(axes.size(), 2U);
    EXPECT_EQ(axes[0].text, "[1, 2.0]");
    EXPECT_EQ(axes[0].place.line, 2U);
    EXPECT_EQ(axes[0].place.column, 8U);
    EXPECT_EQ(axes[1].text, "[\"dot\"]");
}

TEST(Config, AxesComeInCanonicalOrder) {
    const Config config = parse("[model]\nbeta = 2\n[patterns]\nbias = 0\n[cue]\ncue_level = 0\n");

    EXPECT_TRUE(std::ranges::is_sorted(config.blocks[0].axes, {}, &Axis::parameter));
}

TEST(Config, ReportsEverythingAtOnce) {
    const std::vector<std::string> messages = problems(R"toml([patterns]
source = "idx"
path = "/no/such/file.gz"
pattern_count = 0
[model]
betta = [1,2]
interaction_vertex = [2, "x"]
)toml");

    ASSERT_EQ(messages.size(), 4U);
    EXPECT_EQ(messages[0], "a.toml:3:8: error: path = \"/no/such/file.gz\": no such file");
    EXPECT_EQ(messages[1], "a.toml:4:17: error: pattern_count = 0: must be an integer from 1 to "
                           "10000000");
    EXPECT_EQ(messages[2], "a.toml:6:1: error: unknown key \"betta\" in [model]; did you mean "
                           "\"beta\"?");
    EXPECT_EQ(messages[3], "a.toml:7:26: error: interaction_vertex = \"x\": must be an integer "
                           "from 1 to 10000");
}

struct BadText {
    const char* text;
    const char* message; ///< the one problem, whole
};

class BadConfig : public testing::TestWithParam<BadText> {};

TEST_P(BadConfig, IsRefusedWithPlaceAndRemedy) {
    EXPECT_EQ(problem(GetParam().text), GetParam().message);
}

INSTANTIATE_TEST_SUITE_P(
    Keys, BadConfig,
    testing::Values(
        BadText{"[modell]\n", "a.toml:1:2: error: unknown key \"modell\"; did you mean \"model\"?"},
        BadText{"beta = 1\n", "a.toml:1:1: error: unknown key \"beta\"; it belongs in [model]"},
        BadText{"[cue]\nbeta = 1\n",
                "a.toml:2:1: error: unknown key \"beta\" in [cue]; it belongs in [model]"},
        BadText{"[sweep]\nsead = 1\n",
                "a.toml:2:1: error: unknown key \"sead\" in [sweep]; did you mean \"seed\"?"},
        BadText{"[[block]]\n[block.sweep]\n",
                "a.toml:2:8: error: unknown key \"sweep\" in [block]; known: patterns, cue, model, "
                "recall, zip, when, exclude"},
        BadText{"model = 3\n", "a.toml:1:9: error: [model] must be a table"},
        BadText{"sweep = 3\n", "a.toml:1:9: error: [sweep] must be a table"},
        BadText{"[block]\n", "a.toml:1:1: error: block must be written as [[block]]"},
        BadText{"block = [1]\n", "a.toml:1:10: error: [[block]] must be a table"},
        BadText{"[when]\n", "a.toml:1:1: error: when must be written as [[when]]"}));

INSTANTIATE_TEST_SUITE_P(
    Values, BadConfig,
    testing::Values(
        BadText{"[model]\nbeta = []\n",
                "a.toml:2:8: error: beta = []: the list is empty; it needs at least one value"},
        BadText{"[model]\nbeta = nan\n",
                "a.toml:2:8: error: beta = nan: must be a finite number greater than 0"},
        BadText{"[model]\nbeta = [1, inf]\n",
                "a.toml:2:12: error: beta = inf: must be a finite number greater than 0"},
        BadText{"[model]\nbeta = true\n",
                "a.toml:2:8: error: beta: must be a finite number greater "
                "than 0, not of type boolean"},
        BadText{"[model]\nbeta = {a = 1}\n",
                "a.toml:2:8: error: beta: must be a finite number greater than 0, not of type "
                "table"},
        BadText{"[model]\nbeta = [[1]]\n",
                "a.toml:2:9: error: beta: must be a finite number greater than 0, not of type list "
                "in a list"},
        BadText{"[model]\ninteraction_vertex = 2.0\n",
                "a.toml:2:22: error: interaction_vertex = 2.0: must be an integer from 1 to 10000; "
                "write 2"},
        BadText{"[model]\nsimilarity = \"cosin\"\n",
                "a.toml:2:14: error: similarity = \"cosin\": must be one of dot, cosine, "
                "euclidean_overlap, manhattan_overlap, inverse_squared_euclidean, "
                "negative_squared_euclidean, negative_manhattan; did you mean \"cosine\"?"},
        BadText{"[model]\nbeta = \"log(0, 1, 3)\"\n",
                "a.toml:2:8: error: beta = \"log(0, 1, 3)\": log(0, 1, 3): both ends must be "
                "greater than 0"},
        BadText{"[patterns]\npath = 3\n",
                "a.toml:2:8: error: path = 3: must be a text in quotation marks"}));

INSTANTIATE_TEST_SUITE_P(
    Sweep, BadConfig,
    testing::Values(
        BadText{"[sweep]\nseed = -1\n",
                "a.toml:2:8: error: seed = -1: must be an integer of at least 0"},
        BadText{"[sweep]\nseed = [1, 2]\n", "a.toml:2:8: error: seed takes one value"},
        BadText{"[sweep]\nreplicates = 0\n",
                "a.toml:2:14: error: replicates = 0: must be an integer from 1 to 1000000"},
        BadText{"[sweep]\nreplicates = {min = 8, max = 64, half_width = 0.005}\n",
                "a.toml:2:14: error: replicates with min and max are not supported yet; write "
                "their number"},
        BadText{"[sweep]\nname = \"a/b\"\n",
                "a.toml:2:8: error: name = \"a/b\": must be usable as a file name, without slashes "
                "and control characters"},
        BadText{
            "[sweep]\nname = \"\"\n",
            "a.toml:2:8: error: name = \"\": must be usable as a file name, without slashes and "
            "control characters"},
        BadText{"[sweep]\nname = 3\n",
                "a.toml:2:8: error: name = 3: must be a text in quotation marks"}));

INSTANTIATE_TEST_SUITE_P(
    Zips, BadConfig,
    testing::Values(
        BadText{"[sweep]\nzip = [\"beta\", \"leak\"]\n",
                "a.toml:2:7: error: zip must be a list of lists: zip = [[\"a\", \"b\"]]"},
        BadText{"[sweep]\nzip = [[\"betta\", \"leak\"]]\n",
                "a.toml:2:9: error: unknown parameter \"betta\"; did you mean \"beta\"?"},
        BadText{"[sweep]\nzip = [[\"beta\", 3]]\n[model]\nbeta = 1\n",
                "a.toml:2:17: error: must be the name of a parameter, in quotation marks"},
        BadText{"[sweep]\nzip = [[\"beta\"]]\n[model]\nbeta = 1\n",
                "a.toml:2:8: error: a zip needs at least two parameters"},
        BadText{"[sweep]\nzip = [[\"beta\", \"beta\"]]\n[model]\nbeta = 1\n",
                "a.toml:2:8: error: the zip names beta twice"},
        BadText{"[sweep]\nzip = [[\"beta\", \"leak\"]]\n[model]\nbeta = 1\n",
                "a.toml:2:8: error: the zip names leak, which has no values; list them in [model]"},
        BadText{"[sweep]\nzip = [[\"beta\", \"leak\"], [\"leak\", \"bias\"]]\n[model]\nbeta = [1, "
                "2]\nleak = [1, 2]\n[patterns]\nbias = [0, 1]\n",
                "a.toml:2:26: error: leak is in two zips; join them into one"},
        BadText{"[sweep]\nzip = [[\"beta\", \"leak\"]]\n[model]\nbeta = [1, 2]\nleak = [1, 2, 1]\n"
                "[[block]]\n[[block]]\n[block.model]\nleak = [1, 2, 3]\n",
                "a.toml:2:8: error: axes zipped together need equally many values, but beta has 2, "
                "leak has 3 (equal values of an axis count once)"}));

INSTANTIATE_TEST_SUITE_P(
    Conditions, BadConfig,
    testing::Values(
        BadText{"[[when]]\nparameter = \"leak\"\n",
                "a.toml:1:1: error: a [[when]] needs parameter = \"name\" and if = {other = "
                "value}"},
        BadText{"[[when]]\nparameter = \"leek\"\nif = {beta = 1}\n",
                "a.toml:2:13: error: unknown parameter \"leek\"; did you mean \"leak\"?"},
        BadText{"[[when]]\nparameter = \"leak\"\nif = {betta = 1}\n",
                "a.toml:3:7: error: unknown parameter \"betta\"; did you mean \"beta\"?"},
        BadText{"[[when]]\nparameter = \"leak\"\nif = {}\n",
                "a.toml:3:6: error: if needs conditions: parameter = value"},
        BadText{"[[when]]\nparameter = \"leak\"\nif = 3\n",
                "a.toml:3:6: error: if needs conditions: parameter = value"},
        BadText{"[[when]]\nparameter = \"leak\"\nif = {beta = 1}\nelse = 3\n",
                "a.toml:4:1: error: unknown key \"else\" in [when]; known: parameter, if, "
                "otherwise"},
        BadText{"[[when]]\nparameter = \"leak\"\nif = {beta = 1}\notherwise = \"x\"\n",
                "a.toml:4:13: error: leak = \"x\": must be a finite number of at least 0"},
        BadText{"[[when]]\nparameter = \"leak\"\nif = {beta = 1}\notherwise = [1, 2]\n",
                "a.toml:4:13: error: otherwise takes one value"},
        BadText{"[[when]]\nparameter = \"leak\"\nif = {beta = 1}\n[[when]]\nparameter = "
                "\"leak\"\nif = {beta = 2}\n",
                "a.toml:4:1: error: two whens for leak; join their conditions"},
        BadText{"[[when]]\nparameter = \"leak\"\nif = {leak = 1}\n",
                "a.toml:1:1: error: the when of leak depends on leak itself"},
        BadText{"[[when]]\nparameter = \"leak\"\nif = {beta = 1}\n[[when]]\nparameter = "
                "\"beta\"\nif = {leak = 2}\n",
                "a.toml:4:1: error: the whens depend on each other in a circle"},
        BadText{"[[when]]\nparameter = \"bias\"\nif = {beta = 1}\n",
                "a.toml:1:1: error: bias belongs to the scene and cannot depend on beta, which "
                "varies within a scene; use a [[block]] for each case"},
        BadText{"[sweep]\nzip = [[\"beta\", \"leak\"]]\n[model]\nbeta = 1\nleak = "
                "1\n[[when]]\nparameter = \"leak\"\nif = {tie = \"plus\"}\n",
                "a.toml:6:1: error: leak is zipped and cannot have a when; use an exclude"},
        BadText{"[[exclude]]\n", "a.toml:1:1: error: [[exclude]] needs conditions: parameter = "
                                 "value"},
        BadText{"[[exclude]]\nbetta = 1\n",
                "a.toml:2:1: error: unknown parameter \"betta\"; did you mean \"beta\"?"},
        BadText{"[[exclude]]\nbeta = \"x\"\n",
                "a.toml:2:8: error: beta = \"x\": must be a finite number greater than 0"},
        BadText{"[[exclude]]\nbeta = \">= x\"\n",
                "a.toml:2:8: error: beta = \"x\": must be a finite number"},
        BadText{"[[exclude]]\nbeta = \"> [1, 2]\"\n",
                "a.toml:2:8: error: > compares with one value"},
        BadText{"[[exclude]]\ninteraction_vertex = 2.5\n",
                "a.toml:2:22: error: interaction_vertex = 2.5: must be an integer from 1 to 10000"},
        BadText{"[[exclude]]\ntie = \"< plus\"\n",
                "a.toml:2:7: error: tie has no order; list the values you mean, or use !="}));

INSTANTIATE_TEST_SUITE_P(
    Sources, BadConfig,
    testing::Values(
        BadText{"[patterns]\nsource = \"idx\"\n",
                "a.toml:2:10: error: source = \"idx\" needs a file; set path in [patterns]"},
        BadText{"[patterns]\nsource = \"npy\"\npath = \"/\"\n",
                "a.toml:3:8: error: path = \"/\": not a file"},
        BadText{"[patterns]\ndimension = [0, 5]\n",
                "a.toml:2:13: error: dimension = 0 means \"as the file has it\", but source "
                "\"random_bipolar\" reads no file; give a dimension of at least 1"},
        BadText{"[[when]]\nparameter = \"dimension\"\nif = {bias = 0.5}\notherwise = 0\n",
                "a.toml: error: dimension = 0 means \"as the file has it\", but source "
                "\"random_bipolar\" reads no file; give a dimension of at least 1"}));

TEST(Config, TomlErrorsHaveTheirPlace) {
    const std::string message = problem("[model]\nbeta = = 1\n");

    EXPECT_TRUE(message.starts_with("a.toml:2:8: error: ")) << message;
}

TEST(Config, DuplicateKeysAreTomlErrors) {
    const std::string message = problem("[model]\nbeta = 1\nbeta = 2\n");

    EXPECT_TRUE(message.starts_with("a.toml:3:")) << message;
}

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

TEST(Config, ConditionsHaveTheirRelations) {
    const Config config = parse(R"toml(
[[exclude]]
beta = ">= 20"
interaction_vertex = "!= 3"
[[exclude]]
cue_level = "<0.5"
leak = "> 0"
tie = "!= keep"
[[exclude]]
similarity = ["dot", "cosine"]
pattern_count = "<= 7"
beta = 2
)toml");

    const std::vector<Conditions>& excludes = config.blocks[0].excludes;
    ASSERT_EQ(excludes.size(), 3U);
    const auto relation = [&](std::size_t exclude, std::string_view name) {
        return std::ranges::find(excludes[exclude], index_of(name), &Condition::parameter);
    };
    EXPECT_EQ(relation(0, "beta")->relation, Relation::greater_equal);
    EXPECT_EQ(relation(0, "beta")->values, reals({20}));
    EXPECT_EQ(relation(0, "interaction_vertex")->relation, Relation::not_equal);
    EXPECT_EQ(relation(1, "cue_level")->relation, Relation::less);
    EXPECT_EQ(relation(1, "leak")->relation, Relation::greater);
    EXPECT_EQ(relation(1, "tie")->relation, Relation::not_equal);
    EXPECT_EQ(relation(2, "similarity")->relation, Relation::any_of);
    EXPECT_EQ(relation(2, "similarity")->values, (std::vector<Value>{"dot", "cosine"}));
    EXPECT_EQ(relation(2, "pattern_count")->relation, Relation::less_equal);
    EXPECT_EQ(relation(2, "beta")->values, reals({2}));
}

TEST(Config, WhenHasItsFallbackUnlessSaid) {
    const Config config = parse("[[when]]\nparameter = \"leak\"\nif = {interaction = "
                                "\"leaky_rectified_polynomial\"}\n[[when]]\nparameter = "
                                "\"beta\"\nif = {formulation = \"original\"}\notherwise = 5\n");

    const std::vector<When>& whens = config.blocks[0].whens;
    ASSERT_EQ(whens.size(), 2U);
    EXPECT_EQ(whens[0].otherwise, Value(0.01));
    EXPECT_EQ(whens[1].otherwise, Value(5.0));
}

TEST(Config, BlocksReplaceAxesWhensAndZipsAndAddExcludes) {
    const Config config = parse(R"toml(
[sweep]
zip = [["beta", "leak"]]
[model]
beta = [1, 2]
leak = [0.1, 0.2]
similarity_delta = 3
[patterns]
pattern_count = 4
[[when]]
parameter = "similarity_delta"
if = {similarity = "inverse_squared_euclidean"}
[[exclude]]
beta = 2
[[block]]
[[block]]
zip = [["beta", "pattern_count"]]
[block.model]
beta = [5, 6, 7]
[block.patterns]
pattern_count = [1, 2, 3]
[[block.when]]
parameter = "similarity_delta"
if = {tie = "plus"}
otherwise = 9
[[block.exclude]]
beta = 7
)toml");

    ASSERT_EQ(config.blocks.size(), 2U);
    const ConfigBlock& first = config.blocks[0];
    EXPECT_EQ(values(first, "beta"), reals({1, 2}));
    EXPECT_EQ(first.zips.size(), 1U);
    EXPECT_EQ(first.excludes.size(), 1U);
    const ConfigBlock& second = config.blocks[1];
    EXPECT_EQ(values(second, "beta"), reals({5, 6, 7}));
    EXPECT_EQ(values(second, "leak"), reals({0.1, 0.2}));
    EXPECT_EQ(second.zips, (std::vector<std::vector<std::size_t>>{
                               {index_of("beta"), index_of("pattern_count")}}));
    ASSERT_EQ(second.whens.size(), 1U);
    EXPECT_EQ(second.whens[0].otherwise, Value(9.0));
    EXPECT_EQ(second.excludes.size(), 2U);
}

TEST(Config, OverridesReplaceTheFilesAndTheBlocksAxes) {
    const Config config =
        parse("[model]\nbeta = 1\n[[block]]\n[[block]]\n[block.model]\nbeta = [2, 3]\n",
              {"beta=log(1, 100, 3) + 7", "similarity=[dot, cosine]", "seed=5", "replicates=3",
               "name=other", "path=/a/b+c"});

    EXPECT_EQ(config.seed, 5U);
    EXPECT_EQ(config.replicates, 3U);
    EXPECT_EQ(config.name, "other");
    ASSERT_EQ(config.blocks.size(), 2U);
    for (const ConfigBlock& block : config.blocks) {
        EXPECT_EQ(values(block, "beta"), reals({1, 10, 100, 7}));
        EXPECT_EQ(values(block, "similarity"), (std::vector<Value>{"dot", "cosine"}));
        EXPECT_EQ(values(block, "path"), (std::vector<Value>{"/a/b+c"}));
    }
    EXPECT_EQ(config.overrides.size(), 6U);
}

TEST(Config, TheLastOverrideOfAParameterCounts) {
    EXPECT_EQ(values(parse("", {"beta=2", "beta=3"}).blocks[0], "beta"), reals({3}));
}

TEST(Config, OverridesAreReportedWithTheirText) {
    const std::vector<std::string> messages =
        problems("[model]\nleak = -1\n", {"betta=1", "beta", "beta=0", "seed=x", "name=a/b"});

    ASSERT_EQ(messages.size(), 6U);
    EXPECT_EQ(messages[0], "a.toml:2:8: error: leak = -1: must be a finite number of at least 0");
    EXPECT_EQ(messages[1], "--set: error: \"betta=1\": unknown parameter \"betta\"; did you mean "
                           "\"beta\"?");
    EXPECT_EQ(messages[2], "--set: error: \"beta\": write name=value");
    EXPECT_EQ(messages[3],
              "--set: error: \"beta=0\": beta = 0: must be a finite number greater than 0");
    EXPECT_EQ(messages[4],
              "--set: error: \"seed=x\": seed = \"x\": must be an integer of at least 0");
    EXPECT_NE(messages[5].find("a/b"), std::string::npos);
}

TEST(LoadConfig, ReadsFilesByteForByte) {
    const std::string text = "# \r\n[model]\nbeta = 3\n";
    const tests::TempFolder folder;
    const std::string file = folder.write("sweep.toml", text);

    const Config config = load_config(file, {});

    EXPECT_EQ(config.text, text);
    EXPECT_EQ(config.source, file);
    EXPECT_EQ(values(config.blocks[0], "beta"), reals({3}));
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
        EXPECT_STREQ(error.what(), "no/such/file.toml: error: no such file, and no preset of that "
                                   "name; presets: precision, quickstart, smoke");
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
