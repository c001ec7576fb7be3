#include "analysis/predictions.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <vector>

namespace basin {
namespace {

struct Network {
    Setting setting;
    SceneSpec scene;

    std::optional<Prediction> prediction(Failure failure) const {
        return predicted(failure, setting, scene);
    }
};

/// N = 100, original, float32, cues with a tenth of the units flipped.
Network network() {
    Network some;
    some.scene.patterns.dimension = 100;
    some.scene.cues.corruption = Choice<Corruptions>::of<FlipCorruption>();
    some.scene.cues.cue_level = 0.1;
    return some;
}

TEST(Predicted, NanFollowsTheCueInTheOriginalFormulation) {
    std::vector<Vertex> first;
    for (const double cue_level : {0.0, 0.05, 0.1, 0.2}) {
        Network some = network();
        some.scene.cues.cue_level = cue_level;
        first.push_back(some.prediction(Failure::every_decision_nan).value().vertex);
    }

    EXPECT_EQ(first, (std::vector<Vertex>{20, 20, 21, 22}));
}

TEST(Predicted, OverflowIsThatOfTheMemoryItself) {
    EXPECT_EQ(network().prediction(Failure::some_overflow).value().vertex, 20u);
    Network hot = network();
    hot.setting.beta = 100.0;
    EXPECT_EQ(hot.prediction(Failure::some_overflow).value().vertex, 19u) << "beta times the sum";
}

TEST(Predicted, TermsVanishInTheNormalizedFormulationOnly) {
    EXPECT_EQ(network().prediction(Failure::every_term_zero).value().vertex, std::nullopt);
    Network normalized = network();
    normalized.setting.formulation = Choice<Formulations>::of<Normalized>();
    EXPECT_EQ(normalized.prediction(Failure::every_term_zero).value().vertex, 524u);
    EXPECT_EQ(normalized.prediction(Failure::every_decision_nan).value().vertex, std::nullopt);
    normalized.setting.beta = 1e-60;
    EXPECT_EQ(normalized.prediction(Failure::every_term_zero).value().vertex, 1u)
        << "beta itself is 0 in float32";
}

TEST(Predicted, NothingFailsInExactArithmetic) {
    Network exact = network();
    exact.setting.precision = Choice<Precisions>::of<Exact>();

    for (const FailureKind& kind : failure_kinds)
        EXPECT_EQ(exact.prediction(kind.failure).value().vertex, std::nullopt) << kind.name;
}

TEST(Predicted, IsSilentWhereTheClosedFormsDoNotHold) {
    const std::vector<std::function<void(Network&)>> changes{
        [](Network& n) { n.setting.similarity = Choice<Similarities>::of<Cosine>(); },
        [](Network& n) { n.setting.interaction = Choice<Interactions>::of<Exponential>(); },
        [](Network& n) {
            n.setting.interaction = Choice<Interactions>::of<LeakyRectifiedPolynomial>();
        },
        [](Network& n) { n.setting.rule = Choice<Rules>::of<Gradient>(); },
        [](Network& n) { n.setting.summation = Choice<Summations>::of<DifferenceOfSums>(); },
        [](Network& n) { n.setting.beta_scale = Choice<BetaScales>::of<PairedBeta>(); },
        [](Network& n) { n.setting.formulation = Choice<Formulations>::of<Classical>(); },
        [](Network& n) { n.setting.beta = 1e60; }, // infinite in float32
        [](Network& n) { n.setting.beta = 1e-60; },
        [](Network& n) { n.scene.cues.cue_count = Choice<CueCounts>::of<BernoulliCount>(); },
        [](Network& n) { n.scene.cues.corruption = Choice<Corruptions>::of<RandomStart>(); },
        [](Network& n) { n.scene.cues.cue_level = 0.3; },   // other memories begin to matter
        [](Network& n) { n.scene.patterns.dimension = 0; }, // as the file has it
    };
    for (std::size_t i = 0; i < changes.size(); ++i) {
        Network changed = network();
        changes[i](changed);
        EXPECT_FALSE(changed.prediction(Failure::every_decision_nan)) << "change " << i;
    }
    Network one_shot = network();
    one_shot.setting.update = Choice<Updates>::of<OneShot>();
    EXPECT_FALSE(one_shot.prediction(Failure::some_overflow)) << "the memory is never decided on";
    EXPECT_TRUE(one_shot.prediction(Failure::every_decision_nan));
}

TEST(Predicted, IsSilentAboutZeroTermsWhereArgumentsCoincide) {
    Network coarse = network();
    coarse.setting.precision = Choice<Precisions>::of<BFloat16>();
    coarse.scene.patterns.dimension = 784; // 784 and 782 are one number
    coarse.scene.cues.cue_level = 0.0;

    EXPECT_FALSE(coarse.prediction(Failure::every_term_zero));
    EXPECT_TRUE(coarse.prediction(Failure::every_decision_nan));
}

} // namespace
} // namespace basin
