// Parameters without effect: resetting them changes no bit of an outcome, and nothing that has an
// effect is reset.

#include "models/recall/recall.hpp"
#include "models/scene/effective_setting.hpp"

#include <gtest/gtest.h>

#include <functional>

#include "support/equal_outcomes.hpp"
#include "support/random_real.hpp"
#include "support/scenes.hpp"

namespace basin {
namespace {

void expect_same_outcome(const Scene& scene, const Setting& a, const Setting& b) {
    const std::vector<Outcome> alone = recall(scene, {&a, 1});
    const std::vector<Outcome> other = recall(scene, {&b, 1});
    tests::expect_equal(alone[0], other[0], tests::describe(a));
}

TEST(EffectiveSetting, HasTheOutcomeOfTheSettingInBipolarNetworks) {
    Stream stream(key_of("effective bipolar"), StreamRole::patterns);
    int changed = 0;
    for (std::uint64_t seed = 0; seed < 150; ++seed) {
        const Scene scene =
            tests::random_scene({.dimension = 12, .pattern_count = 3, .seed = seed});
        Setting setting = tests::random_setting(stream);
        setting.real_similarity =
            Choice<RealSimilarities>::named(setting.similarity.name()).value();
        setting.attribution = tests::any<Attributions>(stream);
        setting.separation = tests::any<Separations>(stream);
        setting.fixed_steps = static_cast<std::uint32_t>(stream.below(3));
        setting.tolerance = 0.5 * stream.uniform();
        setting.retrieval_radius = 1 + stream.uniform();
        setting.error_threshold = stream.uniform();
        const Setting effective = effective_setting(setting);
        EXPECT_EQ(not_applicable(effective), not_applicable(setting)) << tests::describe(setting);
        EXPECT_EQ(effective_setting(effective), effective);
        if (not_applicable(setting)) continue;
        changed += effective != setting;
        expect_same_outcome(scene, setting, effective);
    }
    EXPECT_GT(changed, 60);
}

TEST(EffectiveSetting, HasTheOutcomeOfTheSettingInContinuousNetworks) {
    Stream stream(key_of("effective continuous"), StreamRole::patterns);
    for (int round = 0; round < 150; ++round) {
        Setting setting = tests::random_real_setting(stream);
        setting.interaction = tests::any<Interactions>(stream);
        setting.interaction_parameters.leak = stream.uniform();
        setting.beta_scale = tests::any<BetaScales>(stream);
        setting.similarity = tests::any<Similarities>(stream);
        setting.rule = tests::any<Rules>(stream);
        setting.summation = tests::any<Summations>(stream);
        setting.update = tests::any<Updates>(stream);
        setting.tie = tests::any<Ties>(stream);
        setting.max_sweeps = 1 + static_cast<std::uint32_t>(stream.below(9));
        setting.max_iterations = 1 + static_cast<std::uint32_t>(stream.below(60));
        setting.attribution = tests::any<Attributions>(stream);
        const Setting effective = effective_setting(setting);
        EXPECT_EQ(not_applicable(effective), not_applicable(setting)) << tests::describe(setting);
        EXPECT_EQ(effective_setting(effective), effective);
        const Scene scene =
            make_scene(tests::random_real_spec(stream, tests::takes_shares(setting), 4), nullptr);
        expect_same_outcome(scene, setting, effective);
    }
}

Setting with(const std::function<void(Setting&)>& change, Setting setting = {}) {
    change(setting);
    return setting;
}

const auto to_softmax = [](Setting& s) { s.formulation = Choice<Formulations>::of<Softmax>(); };
const auto to_classical = [](Setting& s) { s.formulation = Choice<Formulations>::of<Classical>(); };
const auto change_vertex = [](Setting& s) { s.interaction_parameters.vertex = 7; };
const auto change_beta = [](Setting& s) { s.beta = 3; };
const auto change_max_sweeps = [](Setting& s) { s.max_sweeps = 9; };
const auto to_delta = [](Setting& s) { s.similarity_delta = 0.5; };
const auto to_steps = [](Setting& s) { s.fixed_steps = 5; };

/// Whether the change has an effect on the setting.
bool matters(const std::function<void(Setting&)>& change, const Setting& setting) {
    return effective_setting(with(change, setting)) != effective_setting(setting);
}

TEST(EffectiveSetting, LeavesOutWhatAFormulationDoesNotTake) {
    EXPECT_FALSE(matters(change_vertex, with(to_softmax)));
    EXPECT_FALSE(matters(change_max_sweeps, with(to_softmax)));
    EXPECT_TRUE(matters(change_beta, with(to_softmax)));
    EXPECT_TRUE(matters(to_steps, with(to_softmax)));
    EXPECT_FALSE(matters(change_vertex, with(to_classical)));
    EXPECT_FALSE(matters(change_beta, with(to_classical)));
    EXPECT_TRUE(matters(change_max_sweeps, with(to_classical)));
    EXPECT_TRUE(matters(change_vertex, {}));
    EXPECT_TRUE(matters(change_beta, {}));
    EXPECT_FALSE(matters(to_steps, {}));
}

TEST(EffectiveSetting, LeavesOutWhatOtherParametersTurnOff) {
    const Setting universal =
        with([](Setting& s) { s.formulation = Choice<Formulations>::of<Universal>(); });
    const auto separated = [&](std::string_view name) {
        return with([&](Setting& s) { s.separation = Choice<Separations>::named(name).value(); },
                    universal);
    };
    EXPECT_TRUE(matters(change_vertex, separated("power")));
    EXPECT_FALSE(matters(change_beta, separated("power")));
    EXPECT_FALSE(matters(change_beta, separated("max")));
    EXPECT_TRUE(matters(change_beta, separated("entmax15")));

    const Setting one_shot = with([](Setting& s) { s.update = Choice<Updates>::of<OneShot>(); });
    EXPECT_FALSE(matters(change_max_sweeps, one_shot));
    EXPECT_FALSE(matters(to_steps, with(to_softmax, one_shot)));

    EXPECT_FALSE(matters(to_delta, {}));
    const Setting inverse = with([](Setting& s) {
        s.similarity = Choice<Similarities>::of<InverseSquaredEuclidean>();
        s.real_similarity = Choice<RealSimilarities>::of<RealInverseSquaredEuclidean>();
    });
    EXPECT_TRUE(matters(to_delta, inverse));
    EXPECT_TRUE(matters(to_delta, with(to_softmax, inverse)));

    const Setting exponential =
        with([](Setting& s) { s.interaction = Choice<Interactions>::of<Exponential>(); });
    EXPECT_FALSE(matters(change_vertex, exponential));
    // Paired, beta is taken to the power of the vertex.
    EXPECT_TRUE(matters(
        change_vertex, with([](Setting& s) { s.beta_scale = Choice<BetaScales>::of<PairedBeta>(); },
                            exponential)));
    EXPECT_FALSE(matters(change_beta,
                         with([](Setting& s) { s.precision = Choice<Precisions>::of<Exact>(); })));
}

} // namespace
} // namespace basin
