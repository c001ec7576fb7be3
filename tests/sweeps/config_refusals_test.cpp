#include "sweeps/config/config.hpp"

#include <gtest/gtest.h>

#include "support/config_text.hpp"

namespace basin {
namespace {

using tests::parse;
using tests::problem;

struct RefusedText {
    const char* text;
    const char* message; ///< the one problem, whole
};

class BadConfig : public testing::TestWithParam<RefusedText> {};

TEST_P(BadConfig, IsRefusedWithPlaceAndRemedy) {
    EXPECT_EQ(problem(GetParam().text), GetParam().message);
}

INSTANTIATE_TEST_SUITE_P(
    Keys, BadConfig,
    testing::Values(
        RefusedText{"[modell]\n",
                    "a.toml:1:2: error: unknown key \"modell\"; did you mean \"model\"?"},
        RefusedText{"beta = 1\n", "a.toml:1:1: error: unknown key \"beta\"; it belongs in [model]"},
        RefusedText{"[cue]\nbeta = 1\n",
                    "a.toml:2:1: error: unknown key \"beta\" in [cue]; it belongs in [model]"},
        RefusedText{"[sweep]\nsead = 1\n",
                    "a.toml:2:1: error: unknown key \"sead\" in [sweep]; did you mean \"seed\"?"},
        RefusedText{
            "[[block]]\n[block.sweep]\n",
            "a.toml:2:8: error: unknown key \"sweep\" in [block]; known: patterns, cue, model, "
            "recall, zip, when, exclude"},
        RefusedText{"model = 3\n", "a.toml:1:9: error: [model] must be a table"},
        RefusedText{"sweep = 3\n", "a.toml:1:9: error: [sweep] must be a table"},
        RefusedText{"[block]\n", "a.toml:1:1: error: block must be written as [[block]]"},
        RefusedText{"block = [1]\n", "a.toml:1:10: error: [[block]] must be a table"},
        RefusedText{"[when]\n", "a.toml:1:1: error: when must be written as [[when]]"}));

INSTANTIATE_TEST_SUITE_P(
    Values, BadConfig,
    testing::Values(
        RefusedText{"[model]\nbeta = []\n",
                    "a.toml:2:8: error: beta = []: the list is empty; it needs at least one value"},
        RefusedText{"[model]\nbeta = nan\n",
                    "a.toml:2:8: error: beta = nan: must be a finite number greater than 0"},
        RefusedText{"[model]\nbeta = [1, inf]\n",
                    "a.toml:2:12: error: beta = inf: must be a finite number greater than 0"},
        RefusedText{"[model]\nbeta = true\n",
                    "a.toml:2:8: error: beta: must be a finite number greater "
                    "than 0, not of type boolean"},
        RefusedText{"[model]\nbeta = {a = 1}\n",
                    "a.toml:2:8: error: beta: must be a finite number greater than 0, not of type "
                    "table"},
        RefusedText{
            "[model]\nbeta = [[1]]\n",
            "a.toml:2:9: error: beta: must be a finite number greater than 0, not of type list "
            "in a list"},
        RefusedText{
            "[model]\ninteraction_vertex = 2.0\n",
            "a.toml:2:22: error: interaction_vertex = 2.0: must be an integer from 1 to 10000; "
            "write 2"},
        RefusedText{"[model]\nsimilarity = \"cosin\"\n",
                    "a.toml:2:14: error: similarity = \"cosin\": must be one of dot, cosine, "
                    "euclidean_overlap, manhattan_overlap, inverse_squared_euclidean, "
                    "negative_squared_euclidean, negative_manhattan, mean_normalized_dot, "
                    "negative_euclidean, inverse_manhattan, inverse_kullback_leibler, "
                    "inverse_reverse_kullback_leibler, inverse_jensen_shannon, "
                    "published_jensen_shannon, published_cosine, published_euclidean, "
                    "published_manhattan; did you mean \"cosine\"?"},
        RefusedText{"[model]\nbeta = \"log(0, 1, 3)\"\n",
                    "a.toml:2:8: error: beta = \"log(0, 1, 3)\": log(0, 1, 3): both ends must be "
                    "greater than 0"},
        RefusedText{"[patterns]\npath = 3\n",
                    "a.toml:2:8: error: path = 3: must be a text in quotation marks"}));

INSTANTIATE_TEST_SUITE_P(
    Sweep, BadConfig,
    testing::Values(
        RefusedText{"[sweep]\nseed = -1\n",
                    "a.toml:2:8: error: seed = -1: must be an integer of at least 0"},
        RefusedText{"[sweep]\nseed = 1e300\n",
                    "a.toml:2:8: error: seed = 1e+300: must be an integer of at least 0"},
        RefusedText{
            "[sweep]\nseed = \"18446744073709551616\"\n",
            "a.toml:2:8: error: seed = 18446744073709551616.0: must be an integer of at least "
            "0"},
        RefusedText{"[sweep]\nname = \"a\\u001bb\"\n",
                    "a.toml:2:8: error: name = \"a\x1b"
                    "b\": must be a text in quotation marks, without "
                    "control characters"},
        RefusedText{
            "[sweep]\nname = \"a\\u009bb\"\n",
            "a.toml:2:8: error: name = \"a\u009bb\": must be a text in quotation marks, without "
            "control characters"},
        RefusedText{"[sweep]\nseed = [1, 2]\n", "a.toml:2:8: error: seed takes one value"},
        RefusedText{"[sweep]\nreplicates = 0\n",
                    "a.toml:2:14: error: replicates = 0: must be an integer from 1 to 1000000"},
        RefusedText{
            "[sweep]\nname = \"a/b\"\n",
            "a.toml:2:8: error: name = \"a/b\": must be usable as a file name, without slashes "
            "and control characters"},
        RefusedText{
            "[sweep]\nname = \"\"\n",
            "a.toml:2:8: error: name = \"\": must be usable as a file name, without slashes and "
            "control characters"},
        RefusedText{"[sweep]\nname = 3\n",
                    "a.toml:2:8: error: name = 3: must be a text in quotation marks"}));

INSTANTIATE_TEST_SUITE_P(
    Zips, BadConfig,
    testing::Values(
        RefusedText{"[sweep]\nzip = [\"beta\", \"leak\"]\n",
                    "a.toml:2:7: error: zip must be a list of lists: zip = [[\"a\", \"b\"]]"},
        RefusedText{"[sweep]\nzip = [[\"betta\", \"leak\"]]\n",
                    "a.toml:2:9: error: unknown parameter \"betta\"; did you mean \"beta\"?"},
        RefusedText{"[sweep]\nzip = [[\"beta\", 3]]\n[model]\nbeta = 1\n",
                    "a.toml:2:17: error: must be the name of a parameter, in quotation marks"},
        RefusedText{"[sweep]\nzip = [[\"beta\"]]\n[model]\nbeta = 1\n",
                    "a.toml:2:8: error: a zip needs at least two parameters"},
        RefusedText{"[sweep]\nzip = [[\"beta\", \"beta\"]]\n[model]\nbeta = 1\n",
                    "a.toml:2:8: error: the zip names beta twice"},
        RefusedText{
            "[sweep]\nzip = [[\"beta\", \"leak\"]]\n[model]\nbeta = 1\n",
            "a.toml:2:8: error: the zip names leak, which has no values; list them in [model]"},
        RefusedText{
            "[sweep]\nzip = [[\"beta\", \"leak\"], [\"leak\", \"bias\"]]\n[model]\nbeta = [1, "
            "2]\nleak = [1, 2]\n[patterns]\nbias = [0, 1]\n",
            "a.toml:2:26: error: leak is in two zips; join them into one"},
        RefusedText{
            "[sweep]\nzip = [[\"beta\", \"leak\"]]\n[model]\nbeta = [1, 2]\nleak = [1, 2, 1]\n"
            "[[block]]\n[[block]]\n[block.model]\nleak = [1, 2, 3]\n",
            "a.toml:2:8: error: axes zipped together need equally many values, but beta has 2, "
            "leak has 3 (equal values of an axis count once)"}));

INSTANTIATE_TEST_SUITE_P(
    Conditions, BadConfig,
    testing::Values(
        RefusedText{"[[when]]\nparameter = \"leak\"\n",
                    "a.toml:1:1: error: a [[when]] needs parameter = \"name\" and if = {other = "
                    "value}"},
        RefusedText{"[[when]]\nparameter = \"leek\"\nif = {beta = 1}\n",
                    "a.toml:2:13: error: unknown parameter \"leek\"; did you mean \"leak\"?"},
        RefusedText{"[[when]]\nparameter = \"leak\"\nif = {betta = 1}\n",
                    "a.toml:3:7: error: unknown parameter \"betta\"; did you mean \"beta\"?"},
        RefusedText{"[[when]]\nparameter = \"leak\"\nif = {}\n",
                    "a.toml:3:6: error: if needs conditions: parameter = value"},
        RefusedText{"[[when]]\nparameter = \"leak\"\nif = 3\n",
                    "a.toml:3:6: error: if needs conditions: parameter = value"},
        RefusedText{"[[when]]\nparameter = \"leak\"\nif = {beta = 1}\nelse = 3\n",
                    "a.toml:4:1: error: unknown key \"else\" in [when]; known: parameter, if, "
                    "otherwise"},
        RefusedText{"[[when]]\nparameter = \"leak\"\nif = {beta = 1}\notherwise = \"x\"\n",
                    "a.toml:4:13: error: leak = \"x\": must be a finite number of at least 0"},
        RefusedText{"[[when]]\nparameter = \"leak\"\nif = {beta = 1}\notherwise = [1, 2]\n",
                    "a.toml:4:13: error: otherwise takes one value"},
        RefusedText{"[[when]]\nparameter = \"leak\"\nif = {beta = 1}\n[[when]]\nparameter = "
                    "\"leak\"\nif = {beta = 2}\n",
                    "a.toml:4:1: error: two whens for leak; join their conditions"},
        RefusedText{"[[when]]\nparameter = \"leak\"\nif = {leak = 1}\n",
                    "a.toml:1:1: error: the when of leak depends on leak itself"},
        RefusedText{"[[when]]\nparameter = \"leak\"\nif = {beta = 1}\n[[when]]\nparameter = "
                    "\"beta\"\nif = {leak = 2}\n",
                    "a.toml:4:1: error: the whens depend on each other in a circle"},
        RefusedText{"[[when]]\nparameter = \"bias\"\nif = {beta = 1}\n",
                    "a.toml:1:1: error: bias belongs to the scene and cannot depend on beta, which "
                    "varies within a scene; use a [[block]] for each case"},
        RefusedText{"[sweep]\nzip = [[\"beta\", \"leak\"]]\n[model]\nbeta = 1\nleak = "
                    "1\n[[when]]\nparameter = \"leak\"\nif = {tie = \"plus\"}\n",
                    "a.toml:6:1: error: leak is zipped and cannot have a when; use an exclude"},
        RefusedText{"[[exclude]]\n", "a.toml:1:1: error: [[exclude]] needs conditions: parameter = "
                                     "value"},
        RefusedText{"[[exclude]]\nbetta = 1\n",
                    "a.toml:2:1: error: unknown parameter \"betta\"; did you mean \"beta\"?"},
        RefusedText{"[[exclude]]\nbeta = \"x\"\n",
                    "a.toml:2:8: error: beta = \"x\": must be a finite number greater than 0"},
        RefusedText{"[[exclude]]\nbeta = \">= x\"\n",
                    "a.toml:2:8: error: beta = \"x\": must be a finite number"},
        RefusedText{"[[exclude]]\nbeta = \"> [1, 2]\"\n",
                    "a.toml:2:8: error: > compares with one value"},
        RefusedText{
            "[[exclude]]\ninteraction_vertex = 2.5\n",
            "a.toml:2:22: error: interaction_vertex = 2.5: must be an integer from 1 to 10000"},
        RefusedText{"[[exclude]]\ntie = \"< plus\"\n",
                    "a.toml:2:7: error: tie has no order; list the values you mean, or use !="}));

INSTANTIATE_TEST_SUITE_P(
    Sources, BadConfig,
    testing::Values(
        RefusedText{"[patterns]\nsource = \"idx\"\n",
                    "a.toml:2:10: error: source = \"idx\" needs a file; set path in [patterns]"},
        RefusedText{"[patterns]\nsource = \"npy\"\npath = \"/\"\n",
                    "a.toml:3:8: error: path = \"/\": not a file"},
        RefusedText{"[patterns]\nsource = \"image_folder\"\n",
                    "a.toml:2:10: error: source = \"image_folder\" needs a folder; set path in "
                    "[patterns]"},
        RefusedText{"[patterns]\nsource = \"image_folder\"\npath = \"/no/such\"\n",
                    "a.toml:3:8: error: path = \"/no/such\": no such folder"},
        RefusedText{"[patterns]\nsource = \"image_folder\"\npath = \"/dev/null\"\n",
                    "a.toml:3:8: error: path = \"/dev/null\": not a folder"},
        RefusedText{"[patterns]\nsource = \"cifar10\"\n",
                    "a.toml:2:10: error: source = \"cifar10\" needs a file or folder; set path in "
                    "[patterns]"},
        RefusedText{"[patterns]\nsource = \"cifar10\"\npath = \"/dev/null\"\n",
                    "a.toml:3:8: error: path = \"/dev/null\": not a file or folder"},
        RefusedText{"[patterns]\ndimension = [0, 5]\n",
                    "a.toml:2:13: error: dimension = 0 means \"as the file has it\", but source "
                    "\"random_bipolar\" reads no file; give a dimension of at least 1"},
        RefusedText{"[[when]]\nparameter = \"dimension\"\nif = {bias = 0.5}\notherwise = 0\n",
                    "a.toml: error: dimension = 0 means \"as the file has it\", but source "
                    "\"random_bipolar\" reads no file; give a dimension of at least 1"}));

TEST(Config, KeysOfVeryManyPartsAreRefusedBeforeTheyCostTheStack) {
    std::string key = "a";
    for (int part = 1; part < 200'000; ++part)
        key += part % 2 == 0 ? ".a" : ".\"b,\"";
    const std::string message =
        "error: a key of more than 32 parts; a config has keys of at most three: block.model.beta";
    for (const std::string& text : {key + " = 1\n", "[" + key + "]\n", "[[" + key + "]]\n",
                                    "[model]\nbeta = {x = 1, " + key + " = 1}\n"})
        EXPECT_NE(problem(text).find(message), std::string::npos);
}

TEST(Config, DotsThatAreNoKeysMayBeMany) {
    const std::string dots(100, '.');
    std::string list = "1.5";
    for (int item = 1; item < 100; ++item)
        list += ", 1.5";
    EXPECT_NO_THROW(parse("# it's " + dots + "\n[patterns]\npath = \"\\\"" + dots +
                          "\"\n[model]\nbeta = [" + list + "] # " + dots + "\n"));
}

} // namespace
} // namespace basin
