#include "sweeps/coordinates/binding.hpp"
#include "sweeps/coordinates/identity.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

namespace basin {
namespace {

Coordinates with(std::initializer_list<std::pair<const char*, Value>> changes) {
    Coordinates coordinates = default_coordinates();
    for (const auto& [name, value] : changes)
        coordinates[parameter_index(name).value()] = value;
    return coordinates;
}

std::int64_t operator""_i(unsigned long long number) {
    return static_cast<std::int64_t>(number);
}

TEST(Binding, SceneHasItsCoordinates) {
    const Coordinates coordinates = with({{"source", "hierarchical"},
                                          {"dimension", 64_i},
                                          {"pattern_count", 7_i},
                                          {"bias", 0.25},
                                          {"correlation", 0.5},
                                          {"group_count", 3_i},
                                          {"channels", "grey"},
                                          {"binarize", "median"},
                                          {"threshold", 127.5},
                                          {"corruption", "erase"},
                                          {"cue_level", 0.2},
                                          {"cue_count", "bernoulli"},
                                          {"probe_count", 5_i}});

    const SceneSpec scene = bind_scene(coordinates, 1, 0);

    EXPECT_EQ(scene.patterns.source.name(), "hierarchical");
    EXPECT_EQ(scene.patterns.dimension, 64U);
    EXPECT_EQ(scene.patterns.pattern_count, 7U);
    EXPECT_EQ(scene.patterns.bias, 0.25);
    EXPECT_EQ(scene.patterns.correlation, 0.5);
    EXPECT_EQ(scene.patterns.group_count, 3U);
    EXPECT_EQ(scene.patterns.channels.name(), "grey");
    EXPECT_EQ(scene.patterns.binarize.name(), "median");
    EXPECT_EQ(scene.patterns.threshold, 127.5);
    EXPECT_EQ(scene.cues.corruption.name(), "erase");
    EXPECT_EQ(scene.cues.cue_level, 0.2);
    EXPECT_EQ(scene.cues.cue_count.name(), "bernoulli");
    EXPECT_EQ(scene.cues.probe_count, 5U);
}

TEST(Binding, EmbeddingsAreBesideTheDraws) {
    const Coordinates plain = with({{"source", "npy"}, {"path", "a.npy"}});
    const Coordinates embedded =
        with({{"source", "npy"}, {"path", "a.npy"}, {"embeddings", "b.npy"}});
    EXPECT_EQ(bind_scene(plain, 1, 2).patterns.key, bind_scene(embedded, 1, 2).patterns.key);
    EXPECT_EQ(bind_scene(plain, 1, 2).cues.key, bind_scene(embedded, 1, 2).cues.key);
    EXPECT_EQ(bind_bank(plain), bind_bank(embedded));
    EXPECT_EQ(bind_embeddings(plain).path, "");
    EXPECT_EQ(bind_embeddings(embedded).path, "b.npy");
    EXPECT_EQ(bind_embeddings(embedded).source.name(), "npy");
    EXPECT_EQ(bind_embeddings(with({{"embeddings", "b.npy"}})).path, ""); // nothing to embed
}

TEST(Binding, SettingHasItsCoordinates) {
    const Coordinates coordinates = with({{"formulation", "normalized"},
                                          {"interaction", "leaky_rectified_polynomial"},
                                          {"interaction_vertex", 30_i},
                                          {"leak", 0.5},
                                          {"leak_sign", "reflected"},
                                          {"beta", 4.0},
                                          {"beta_scale", "paired"},
                                          {"similarity", "inverse_squared_euclidean"},
                                          {"similarity_delta", 0.1},
                                          {"precision", "float64"},
                                          {"rule", "gradient"},
                                          {"update", "sync"},
                                          {"tie", "minus"},
                                          {"max_sweeps", 9_i}});

    const Setting setting = bind_setting(coordinates);

    EXPECT_EQ(setting.formulation.name(), "normalized");
    EXPECT_EQ(setting.interaction.name(), "leaky_rectified_polynomial");
    EXPECT_EQ(setting.interaction_parameters.vertex, 30U);
    EXPECT_EQ(setting.interaction_parameters.leak, 0.5);
    EXPECT_EQ(setting.interaction_parameters.leak_sign.name(), "reflected");
    EXPECT_EQ(setting.beta, 4.0);
    EXPECT_EQ(setting.beta_scale.name(), "paired");
    EXPECT_EQ(setting.similarity.name(), "inverse_squared_euclidean");
    EXPECT_EQ(setting.similarity_delta, 0.1);
    EXPECT_EQ(setting.precision.name(), "float64");
    EXPECT_EQ(setting.rule.name(), "gradient");
    EXPECT_EQ(setting.update.name(), "sync");
    EXPECT_EQ(setting.tie.name(), "minus");
    EXPECT_EQ(setting.max_sweeps, 9U);
}

TEST(Binding, DefaultProbesAreOnePerMemoryUpTo64) {
    EXPECT_EQ(bind_scene(with({{"pattern_count", 10_i}}), 1, 0).cues.probe_count, 10U);
    EXPECT_EQ(bind_scene(with({{"pattern_count", 1000_i}}), 1, 0).cues.probe_count, 64U);
}

TEST(Binding, MinusOneProbesAreOnePerMemory) {
    EXPECT_EQ(
        bind_scene(with({{"pattern_count", 1000_i}, {"probe_count", -1_i}}), 1, 0).cues.probe_count,
        1000U);
}

// The texts are part of every stored result: they must not change by accident.
TEST(Binding, DrawKeysAreHashesOfTheCanonicalText) {
    const Coordinates coordinates =
        with({{"pattern_count", 20_i}, {"bias", 0.5}, {"cue_level", 0.2}, {"beta", 3.0}});

    const SceneSpec scene = bind_scene(coordinates, 7, 2);

    EXPECT_EQ(scene.patterns.key, key_of("seed=7;replicate=2;bias=0.5;pattern_count=20;"));
    EXPECT_EQ(scene.cues.key,
              key_of("seed=7;replicate=2;bias=0.5;cue_level=0.2;pattern_count=20;"));
}

TEST(Binding, PatternsServeEveryCueAndEverySetting) {
    const SceneSpec base = bind_scene(default_coordinates(), 1, 0);
    const SceneSpec other_cue = bind_scene(with({{"cue_level", 0.3}}), 1, 0);
    const SceneSpec other_setting = bind_scene(with({{"beta", 9.0}, {"tie", "plus"}}), 1, 0);

    EXPECT_EQ(base.patterns.key, other_cue.patterns.key);
    EXPECT_NE(base.cues.key, other_cue.cues.key);
    EXPECT_EQ(base.patterns.key, other_setting.patterns.key);
    EXPECT_EQ(base.cues.key, other_setting.cues.key);
}

TEST(Binding, SeedReplicateAndDataMakeNewDraws) {
    const Key base = bind_scene(default_coordinates(), 1, 0).patterns.key;

    EXPECT_NE(base, bind_scene(default_coordinates(), 2, 0).patterns.key);
    EXPECT_NE(base, bind_scene(default_coordinates(), 1, 1).patterns.key);
    EXPECT_NE(base, bind_scene(with({{"dimension", 101_i}}), 1, 0).patterns.key);
}

TEST(Binding, DrawsFromAFileDoNotDependOnItsNameAndFormat) {
    const auto key = [](const char* source, const char* path, const char* dataset) {
        const SceneSpec scene = bind_scene(
            with({{"source", source}, {"path", path}, {"dataset", dataset}, {"cue_level", 0.2}}), 1,
            0);
        EXPECT_NE(scene.patterns.key, scene.cues.key);
        return std::pair(scene.patterns.key, scene.cues.key);
    };
    EXPECT_EQ(key("npy", "a.npy", ""), key("npy", "b.npy", ""));
    EXPECT_EQ(key("npy", "a.npy", ""), key("hdf5", "a.h5", "x"));
    EXPECT_NE(key("npy", "a.npy", ""), key("gaussian", "a.npy", ""));
    EXPECT_NE(key("random_bipolar", "", ""), key("gaussian", "", ""));
}

TEST(Binding, OnlyFileSourcesAskForAFile) {
    EXPECT_EQ(
        bind_bank(with({{"source", "npy"}, {"path", "a"}, {"value_range", "0 to 1"}})).value_range,
        "0 to 1");
    const BankRequest none = bind_bank(with({{"path", "a.npy"}}));
    const BankRequest some =
        bind_bank(with({{"source", "hdf5"}, {"path", "a.h5"}, {"dataset", "x"}}));

    EXPECT_EQ(none.path, "");
    EXPECT_EQ(some.source.name(), "hdf5");
    EXPECT_EQ(some.path, "a.h5");
    EXPECT_EQ(some.dataset, "x");
}

TEST(Identity, LeavesOutFallbacks) {
    for (std::size_t p = 0; p < parameters().size(); ++p)
        EXPECT_EQ(assignment(p, parameters()[p].fallback), "");
}

RC_GTEST_PROP(Identity, NoTwoTextsShareAnAssignmentSequence,
              (std::string path_a, std::string data_a, std::string path_b, std::string data_b)) {
    const std::size_t path = parameter_index("path").value();
    const std::size_t dataset = parameter_index("dataset").value();

    const std::string a = assignment(dataset, data_a) + assignment(path, path_a);
    const std::string b = assignment(dataset, data_b) + assignment(path, path_b);

    RC_ASSERT((a == b) == (path_a == path_b && data_a == data_b));
}

TEST(Identity, SeparatorsInATextDoNotForgeAnother) {
    const std::size_t path = parameter_index("path").value();
    const std::size_t threshold = parameter_index("threshold").value();

    EXPECT_NE(assignment(path, "a;threshold=5"),
              assignment(path, "a") + assignment(threshold, 5.0));
}

} // namespace
} // namespace basin
