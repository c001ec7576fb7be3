// Original at beta_o and normalized at beta_n = N beta_o^(1/n) are one model for homogeneous F
// (F(c x) = c^n F(x)), and two for the others. Basin's `paired` scale sets beta_o = (beta_n / N)^n.

#include "models/bipolar/exact/exact_model.hpp"
#include "models/bipolar/exact/local_field.hpp"
#include "models/bipolar/overlaps.hpp"
#include "models/bipolar/shared/direct_decision.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <utility>

#include "support/scenes.hpp"

namespace basin {
namespace {

std::pair<Setting, Setting> paired(Choice<Interactions> interaction, std::uint32_t vertex,
                                   double beta, Choice<Precisions> precision) {
    Setting original;
    original.interaction = interaction;
    original.interaction_parameters.vertex = vertex;
    original.beta = beta;
    original.beta_scale = Choice<BetaScales>::of<PairedBeta>();
    original.precision = precision;
    Setting normalized = original;
    normalized.formulation = Choice<Formulations>::of<Normalized>();
    return {original, normalized};
}

struct Compared {
    int decisions = 0;
    int different = 0;
};

/// Exact decisions of both formulations in random states.
Compared compare_exactly(Choice<Interactions> interaction, std::uint32_t vertex, double beta) {
    constexpr std::uint32_t dimension = 50;
    const auto [original, normalized] =
        paired(interaction, vertex, beta, Choice<Precisions>::of<Exact>());
    const ExactTable outside = make_exact_table(exact_model(original, dimension), dimension);
    const ExactTable inside = make_exact_table(exact_model(normalized, dimension), dimension);
    Compared seen;
    StepCounts counts;
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        const Scene scene = tests::random_scene({.dimension = dimension,
                                                 .pattern_count = 8,
                                                 .probe_count = 8,
                                                 .cue_level = 0.5,
                                                 .seed = seed});
        Overlaps overlaps(scene);
        ExactField first(outside);
        ExactField second(inside);
        for (std::uint32_t probe = 0; probe < scene.probe_count(); ++probe) {
            overlaps.move_to(scene.cues.row(probe));
            first.refresh(overlaps);
            second.refresh(overlaps);
            for (std::uint32_t unit = 0; unit < dimension; ++unit) {
                overlaps.count_steps(unit, counts);
                ++seen.decisions;
                seen.different += first.sign(counts) != second.sign(counts);
            }
        }
    }
    return seen;
}

TEST(Reparametrization, HomogeneousInteractionsDecideAlike) {
    for (const auto interaction :
         {Choice<Interactions>::of<Polynomial>(), Choice<Interactions>::of<RectifiedPolynomial>()})
        for (const auto& [vertex, beta] :
             std::vector<std::pair<std::uint32_t, double>>{{2, 0.3}, {3, 7.0}, {20, 0.01}}) {
            const Compared seen = compare_exactly(interaction, vertex, beta);
            EXPECT_EQ(seen.different, 0) << interaction.name() << " n = " << vertex;
            EXPECT_GE(seen.decisions, 5000);
        }
}

TEST(Reparametrization, TheOthersAreDifferentNetworks) {
    // A leak is linear: beta inside changes its weight against x^n by (beta / N)^(n - 1).
    EXPECT_GT(
        compare_exactly(Choice<Interactions>::of<LeakyRectifiedPolynomial>(), 3, 0.05).different,
        0);
    EXPECT_GT(compare_exactly(Choice<Interactions>::of<Exponential>(), 2, 1.0).different, 0);
    for (std::size_t i = 0; i < Interactions::size; ++i) {
        const auto interaction = Choice<Interactions>::at(i);
        const auto [original, normalized] =
            paired(interaction, 3, 0.05, Choice<Precisions>::of<Exact>());
        const bool homogeneous = interaction.visit([](auto entry) { return entry.homogeneous; });
        EXPECT_EQ(exact_model(original, 50) == exact_model(normalized, 50), homogeneous)
            << interaction.name();
    }
}

TEST(Reparametrization, ValuesInDoubleAgreeToTenDigits) {
    // 30 multiplications and one difference that keeps at least 1/N of its operands: relative
    // errors stay below 100 (30 + 2) 2^-53 = 4e-13.
    for (const std::uint32_t vertex : {2U, 5U, 10U, 30U}) {
        const auto [original, normalized] = paired(Choice<Interactions>::of<RectifiedPolynomial>(),
                                                   vertex, 0.7, Choice<Precisions>::of<Float64>());
        const DecisionTable outside = make_decision_table(original, 100);
        const DecisionTable inside = make_decision_table(normalized, 100);
        for (std::size_t k = 0; k < inside.steps.size(); ++k)
            EXPECT_NEAR(outside.outside * outside.steps[k], inside.steps[k],
                        1e-10 * std::abs(inside.steps[k]))
                << "n = " << vertex << ", step " << k;
    }
}

} // namespace
} // namespace basin
