// Settings that decide alike without rounding have one exact model, and only those.

#include "models/bipolar/exact/exact_model.hpp"

#include <gtest/gtest.h>

#include "support/hand_setting.hpp"

namespace basin {
namespace {

template <class Interaction>
Setting with_interaction(std::uint32_t vertex = 3) {
    Setting setting = contrastive_polynomial(vertex);
    setting.interaction = Choice<Interactions>::of<Interaction>();
    return setting;
}

template <class Similarity>
Setting similar_by(Setting setting) {
    setting.similarity = Choice<Similarities>::of<Similarity>();
    return setting;
}

Setting normalized(Setting setting, double beta) {
    setting.formulation = Choice<Formulations>::of<Normalized>();
    setting.beta = beta;
    return setting;
}

Setting by_gradient(Setting setting) {
    setting.rule = Choice<Rules>::of<Gradient>();
    return setting;
}

bool alike(const Setting& a, const Setting& b, std::uint32_t dimension = 100) {
    return exact_model(a, dimension) == exact_model(b, dimension);
}

TEST(ExactModel, ArithmeticAndDrivingHaveNoPartInIt) {
    const Setting setting = with_interaction<Exponential>();
    Setting other = setting;
    other.precision = Choice<Precisions>::of<BFloat16>();
    other.power_rounding = Choice<PowerRoundings>::of<RoundedOnce>();
    other.summation = Choice<Summations>::of<DifferenceOfSums>();
    other.update = Choice<Updates>::of<OneShot>();
    other.tie = Choice<Ties>::of<TieRandom>();
    other.max_sweeps = 1;
    other.attribution = Choice<Attributions>::of<AttributeNone>();

    EXPECT_TRUE(alike(setting, other));
}

TEST(ExactModel, HomogeneousFormsKnowNoGain) {
    for (const Setting& setting :
         {with_interaction<Polynomial>(), with_interaction<RectifiedPolynomial>(),
          by_gradient(with_interaction<Polynomial>())}) {
        EXPECT_TRUE(alike(setting, normalized(setting, 0.1)));
        EXPECT_TRUE(alike(normalized(setting, 1e-300), normalized(setting, 1e300)));
        EXPECT_TRUE(alike(setting, similar_by<Cosine>(setting)));
        EXPECT_TRUE(alike(setting, similar_by<EuclideanOverlap>(setting)));
        EXPECT_TRUE(alike(setting, similar_by<ManhattanOverlap>(setting)));
        Setting paired = setting;
        paired.beta_scale = Choice<BetaScales>::of<PairedBeta>();
        paired.beta = 7.0;
        EXPECT_TRUE(alike(setting, paired));
    }
}

TEST(ExactModel, FormVertexAndRuleMatter) {
    const Setting cubic = with_interaction<Polynomial>(3);

    EXPECT_FALSE(alike(cubic, with_interaction<Polynomial>(4)));
    EXPECT_FALSE(alike(cubic, with_interaction<RectifiedPolynomial>(3)));
    EXPECT_FALSE(alike(cubic, by_gradient(cubic)));
    EXPECT_FALSE(alike(cubic, similar_by<InverseSquaredEuclidean>(cubic)));
}

TEST(ExactModel, ParametersOfOtherFormsDoNot) {
    Setting leakier = with_interaction<Polynomial>();
    leakier.interaction_parameters.leak = 0.5;
    Setting farther = with_interaction<Polynomial>();
    farther.similarity_delta = 3.0;

    EXPECT_TRUE(alike(with_interaction<Polynomial>(), leakier));
    EXPECT_TRUE(alike(with_interaction<Polynomial>(), farther));
    EXPECT_TRUE(alike(with_interaction<Exponential>(3), with_interaction<Exponential>(8)));
}

TEST(ExactModel, LeakyAndExponentialFormsKnowTheirGain) {
    for (const Setting& setting :
         {with_interaction<LeakyRectifiedPolynomial>(), with_interaction<Exponential>()}) {
        EXPECT_FALSE(alike(normalized(setting, 1.0), normalized(setting, 2.0)));
        EXPECT_FALSE(alike(setting, normalized(setting, 1.0)));
        EXPECT_FALSE(alike(setting, similar_by<Cosine>(setting)));
        // Outside, beta is a positive factor.
        Setting louder = setting;
        louder.beta = 2.0;
        EXPECT_TRUE(alike(setting, louder));
        // Normalized, every linear similarity spans the same range.
        EXPECT_TRUE(alike(normalized(setting, 2.0), similar_by<Cosine>(normalized(setting, 2.0))));
    }
}

TEST(ExactModel, LeakAndItsSignMatter) {
    const Setting leaky = with_interaction<LeakyRectifiedPolynomial>();
    Setting leakier = leaky;
    leakier.interaction_parameters.leak = 0.5;
    Setting reflected = leaky;
    reflected.interaction_parameters.leak_sign = Choice<LeakSigns>::of<LeakReflected>();

    EXPECT_FALSE(alike(leaky, leakier));
    EXPECT_FALSE(alike(leaky, reflected));
    EXPECT_EQ(exact_model(reflected, 100).leak, -exact_model(leaky, 100).leak);
}

TEST(ExactModel, NegatedDistancesAreSlopesOfTheExponential) {
    const Setting dot = with_interaction<Exponential>();

    // -|x - y|_1 = h - N, and -|x - y|^2 = 2 (h - N): what does not depend on h moves no sign.
    EXPECT_TRUE(alike(dot, similar_by<NegativeManhattan>(dot)));
    EXPECT_FALSE(alike(dot, similar_by<NegativeSquaredEuclidean>(dot)));
    EXPECT_TRUE(
        alike(normalized(dot, 2.0), similar_by<NegativeSquaredEuclidean>(normalized(dot, 2.0))));
}

TEST(ExactModel, InverseDistancesAreNeverNegative) {
    const Setting power = similar_by<InverseSquaredEuclidean>(with_interaction<Polynomial>());

    EXPECT_TRUE(
        alike(power, similar_by<InverseSquaredEuclidean>(with_interaction<RectifiedPolynomial>())));
    EXPECT_TRUE(alike(
        power, similar_by<InverseSquaredEuclidean>(with_interaction<LeakyRectifiedPolynomial>())));
    EXPECT_TRUE(alike(power, normalized(power, 5.0)));
    Setting wider = power;
    wider.similarity_delta = 0.25;
    EXPECT_FALSE(alike(power, wider));
}

TEST(ExactModel, NormalizingAnInverseDistanceMultipliesByDelta) {
    Setting original = similar_by<InverseSquaredEuclidean>(with_interaction<Exponential>());
    original.similarity_delta = 0.25;

    const ExactModel model = exact_model(normalized(original, 3.0), 100);

    EXPECT_EQ(model.beta, 3.0);
    EXPECT_EQ(model.delta_factor, 0.25);
    EXPECT_EQ(model.delta, 0.25);
    EXPECT_EQ(exact_model(original, 100).beta, 1.0);
    EXPECT_EQ(exact_model(original, 100).delta_factor, 1.0);
}

TEST(ExactModel, TheClassicalNetworkIsTheGradientOfASquare) {
    Setting hebbian = classical();
    hebbian.interaction_parameters.vertex = 9;
    hebbian.beta = 4.0;

    EXPECT_TRUE(alike(hebbian, classical()));
    EXPECT_TRUE(alike(hebbian, by_gradient(with_interaction<Polynomial>(2))));
    EXPECT_FALSE(alike(hebbian, with_interaction<Polynomial>(2)));
}

} // namespace
} // namespace basin
