#include "analysis/frontiers/predictions.hpp"
#include "models/bipolar/decision_table.hpp"

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

/// The same with b = (beta / 100)^n.
Network paired_network() {
    Network some = network();
    some.setting.beta_scale = Choice<BetaScales>::of<PairedBeta>();
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

TEST(Predicted, APairedBetaIsZeroAtTheVertexOfTheDecisionTable) {
    // Powers of 1/2 and 1/4 meet half the smallest subnormal, the last number that rounds to 0.
    for (const double beta : {1e-3, 0.5, 1.0, 3.0, 25.0, 50.0})
        for (const auto precision :
             {Choice<Precisions>::of<Float16>(), Choice<Precisions>::of<BFloat16>(),
              Choice<Precisions>::of<Float32>(), Choice<Precisions>::of<Float64>()}) {
            Network some = paired_network();
            some.setting.beta = beta;
            some.setting.precision = precision;
            const std::uint32_t first = some.prediction(Failure::beta_zero).value().vertex.value();
            const auto b_at = [&](std::uint32_t vertex) {
                some.setting.interaction_parameters.vertex = vertex;
                return make_decision_table(some.setting, 100).outside;
            };

            EXPECT_EQ(b_at(first), 0.0) << beta << " " << precision.name();
            EXPECT_GT(b_at(first - 1), 0.0) << beta << " " << precision.name();
        }
}

TEST(Predicted, APairedBetaIsThatOfTheTemperatures) {
    // Krotov & Hopfield's beta = T^-n, T = N / beta.
    for (const double temperature : {30.0, 100.0, 250.0, 400.0, 540.0, 700.0}) {
        Network some = paired_network();
        some.setting.beta = 100.0 / temperature;
        EXPECT_EQ(some.prediction(Failure::beta_zero).value().vertex,
                  first_zero_beta(Float32::format, temperature))
            << temperature;
    }
    Network constant = paired_network();
    constant.setting.beta = 100.0;
    EXPECT_EQ(constant.prediction(Failure::beta_zero).value().vertex, std::nullopt);
}

TEST(Predicted, ZeroTimesAnInfiniteSumIsNaNBeforeTheDifferenceIs) {
    // 70^21 is infinite in float32, 68^21 is not. (0.1 / 100)^n is 0 from n = 16 on, 100^-n
    // from 23.
    Network small = paired_network();
    small.scene.cues.cue_level = 0.15;
    small.setting.beta = 0.1;
    Network usual = small;
    usual.setting.beta = 1.0;

    EXPECT_EQ(small.prediction(Failure::every_decision_nan).value().vertex, 21u);
    EXPECT_EQ(usual.prediction(Failure::every_decision_nan).value().vertex, 22u);
    EXPECT_FALSE(small.prediction(Failure::some_overflow)) << "no probe reaches its memory";
    EXPECT_EQ(usual.prediction(Failure::some_overflow).value().vertex, 20u);
}

TEST(Predicted, AZeroBetaDependsOnNothingButBetaTheVertexAndTheFormat) {
    Network other = paired_network();
    other.scene.cues.corruption = Choice<Corruptions>::of<RandomStart>();
    other.setting.rule = Choice<Rules>::of<Gradient>();
    other.setting.summation = Choice<Summations>::of<DifferenceOfSums>();
    other.setting.update = Choice<Updates>::of<OneShot>();

    EXPECT_EQ(other.prediction(Failure::beta_zero).value().vertex, 23u);
}

TEST(Predicted, IsSilentAboutBetaWhereItIsNotPairedOrSumsMayBeSmall) {
    Network normalized = paired_network();
    normalized.setting.formulation = Choice<Formulations>::of<Normalized>();
    Network cosine = paired_network(); // its sums may be as small as b
    cosine.setting.similarity = Choice<Similarities>::of<Cosine>();
    Network leaky = paired_network(); // ... and its
    leaky.setting.interaction = Choice<Interactions>::of<LeakyRectifiedPolynomial>();
    Network of_file = paired_network();
    of_file.scene.patterns.dimension = 0;

    for (const Network& silent : {network(), normalized, cosine, leaky, of_file})
        EXPECT_FALSE(silent.prediction(Failure::beta_zero));
}

TEST(Predicted, NothingFailsInExactArithmetic) {
    for (const FailureKind& kind : failure_kinds) {
        Network exact = kind.failure == Failure::beta_zero ? paired_network() : network();
        exact.setting.precision = Choice<Precisions>::of<Exact>();
        EXPECT_EQ(exact.prediction(kind.failure).value().vertex, std::nullopt) << kind.name;
    }
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
        [](Network& n) {
            n.setting.beta_scale = Choice<BetaScales>::of<PairedBeta>();
            n.setting.beta = 101.0; // b grows with n
        },
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
