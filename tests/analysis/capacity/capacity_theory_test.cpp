#include "analysis/capacity/capacity_theory.hpp"
#include "models/theory/capacity.hpp"
#include "sweeps/coordinates/binding.hpp"
#include "sweeps/parameters/parameters.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <string>
#include <vector>

namespace basin {
namespace {

struct Case {
    Setting setting;
    SceneSpec spec;
};

/// Polynomial of n = 3, N = 100, from 10 % flipped.
Case dense() {
    Case made;
    made.setting.interaction = Choice<Interactions>::of<Polynomial>();
    made.setting.interaction_parameters.vertex = 3;
    made.spec.patterns.dimension = 100;
    made.spec.cues.corruption = Choice<Corruptions>::of<FlipCorruption>();
    made.spec.cues.cue_level = 0.1;
    return made;
}

double said(const Case& of, std::string_view name, const Criterion& criterion = {}) {
    const auto theory = capacity_theory(of.setting, of.spec, criterion);
    const TheoreticalCapacity* value = theory ? theory->find(name) : nullptr;
    return value == nullptr ? std::nan("") : value->pattern_count;
}

TEST(CapacityTheory, ErrorlessCapacitiesAreThoseOfTheTables) {
    Case of = dense();
    EXPECT_NEAR(said(of, "theory_asymptotic"), 361.9, 0.05);
    EXPECT_NEAR(said(of, "theory"), 607, 0.5);
    of.setting.interaction = Choice<Interactions>::of<RectifiedPolynomial>();
    EXPECT_NEAR(said(of, "theory_asymptotic"), 2 * 361.9, 0.1) << "half the noise";
    EXPECT_NEAR(said(of, "theory"), 1214, 0.5);
    for (const char* similarity : {"cosine", "euclidean_overlap", "manhattan_overlap"}) {
        of.setting.similarity = *Choice<Similarities>::named(similarity);
        EXPECT_NEAR(said(of, "theory"), 1214, 0.5) << similarity;
    }
    EXPECT_TRUE(std::isnan(said(of, "retrieval_limit")));
}

TEST(CapacityTheory, ClassicalIsQuadratic) {
    Case of = dense();
    of.setting.interaction_parameters.vertex = 2;
    Case classical = dense();
    classical.setting.formulation = Choice<Formulations>::of<Classical>();
    classical.setting.rule = Choice<Rules>::of<Gradient>(); // has no effect
    for (const char* name : {"theory_asymptotic", "theory", "retrieval_limit"})
        EXPECT_EQ(said(of, name), said(classical, name)) << name;
    EXPECT_NEAR(said(of, "theory_asymptotic"), 10.86, 0.005);
    EXPECT_NEAR(said(of, "retrieval_limit"), 13.8, 1e-12);
    EXPECT_EQ(capacity_theory(of.setting, of.spec)->best()->name, "theory");
    EXPECT_EQ(capacity_theory(of.setting, of.spec, {"overlap_absolute", true, 0.9})->best()->name,
              "retrieval_limit");
}

TEST(CapacityTheory, TheRetrievalLimitIsOfFinalStatesAlone) {
    Case of = dense();
    of.setting.formulation = Choice<Formulations>::of<Classical>();
    const auto best = [&](const char* metric) {
        return capacity_theory(of.setting, of.spec, {metric, true, 0.9})->best()->name;
    };
    EXPECT_EQ(best("overlap_absolute"), "retrieval_limit");
    EXPECT_EQ(best("recall_error"), "retrieval_limit");
    EXPECT_EQ(best("exact_recall"), "theory");
    // After one step states are not yet where they end.
    of.setting.update = Choice<Updates>::of<OneShot>();
    EXPECT_EQ(best("overlap_absolute"), "theory");
    EXPECT_NEAR(said(of, "theory", {"overlap_absolute", true, 0.9}), 19.29, 0.005);
    EXPECT_EQ(best("recall_error"), "theory");
    of.setting.update = Choice<Updates>::of<Synchronous>();
    of.setting.max_sweeps = 1;
    EXPECT_EQ(best("overlap_absolute"), "theory");
    of.setting.max_sweeps = 2;
    EXPECT_EQ(best("overlap_absolute"), "retrieval_limit");
}

/// At large N both pictures are one.
TEST(CapacityTheory, TheLeadingOrderIsApproachedByTheMomentsOfThisSize) {
    Case of = dense();
    of.spec.cues.corruption = Choice<Corruptions>::of<NoCorruption>();
    of.setting.update = Choice<Updates>::of<OneShot>();
    of.spec.patterns.dimension = 20'000;
    for (const char* interaction : {"polynomial", "rectified_polynomial"}) {
        of.setting.interaction = *Choice<Interactions>::named(interaction);
        for (const std::uint32_t vertex : {2U, 3U, 4U}) {
            of.setting.interaction_parameters.vertex = vertex;
            const Criterion error{"recall_error", false, 0.005};
            EXPECT_NEAR(said(of, "theory", error) / said(of, "theory_asymptotic", error), 1, 0.01)
                << interaction << ' ' << vertex;
        }
    }
}

TEST(CapacityTheory, UnitErrorsAfterOneStepFromTheMemoryAreTheCriterionsOwn) {
    Case of = dense();
    of.spec.cues.corruption = Choice<Corruptions>::of<NoCorruption>();
    of.setting.update = Choice<Updates>::of<OneShot>();
    const Criterion error{"recall_error", false, 0.005};
    EXPECT_NEAR(said(of, "theory_asymptotic", error), 502.4, 0.05);
    const UnitNoise noise =
        exact_unit_noise(100, of.setting.interaction, of.setting.interaction_parameters);
    EXPECT_NEAR(unit_error_probability(noise, said(of, "theory", error) - 1), 0.005, 1e-12);
    // Further steps, or another cue, are another question.
    of.setting.update = Choice<Updates>::of<AsyncPermutation>();
    EXPECT_NEAR(said(of, "theory", error), 607, 0.5);
    of.setting.update = Choice<Updates>::of<Synchronous>();
    of.setting.max_sweeps = 1;
    EXPECT_LT(said(of, "theory", error), 600);
    of.spec.cues.corruption = Choice<Corruptions>::of<RandomStart>();
    EXPECT_NEAR(said(of, "theory", error), 607, 0.5);
    EXPECT_EQ(capacity_theory(of.setting, of.spec, error)->best()->name, "theory_asymptotic");
}

TEST(CapacityTheory, StableMemoriesHaveAllTheirUnitsStable) {
    Case of = dense();
    of.spec.cues.corruption = Choice<Corruptions>::of<NoCorruption>();
    const UnitNoise noise =
        exact_unit_noise(100, of.setting.interaction, of.setting.interaction_parameters);
    const auto right = [&](double count) { return 1 - unit_error_probability(noise, count - 1); };
    const double one = said(of, "theory", {"exact_recall", true, 0.7});
    EXPECT_NEAR(std::pow(right(one), 100), 0.7, 1e-9);
    const double all = said(of, "theory", {"all_recalled", true, 0.7});
    EXPECT_NEAR(std::pow(right(all), 100 * all), 0.7, 1e-6);
    EXPECT_LT(all, one);
}

TEST(CapacityTheory, IsSilentOfOthers) {
    const std::vector<std::function<void(Case&)>> changes{
        [](Case& c) { c.spec.patterns.bias = 0.1; },
        [](Case& c) { c.spec.patterns.source = Choice<PatternSources>::of<CorrelatedSource>(); },
        [](Case& c) { c.spec.patterns.dimension = 0; },
        [](Case& c) { c.setting.rule = Choice<Rules>::of<Gradient>(); },
        [](Case& c) { c.setting.interaction = Choice<Interactions>::of<Exponential>(); },
        [](Case& c) { c.setting.interaction_parameters.vertex = 1; },
        [](Case& c) { c.setting.similarity = Choice<Similarities>::of<NegativeManhattan>(); },
        [](Case& c) { c.setting.similarity = Choice<Similarities>::of<InverseSquaredEuclidean>(); },
        [](Case& c) { c.setting.formulation = Choice<Formulations>::of<Softmax>(); }};
    for (std::size_t i = 0; i < changes.size(); ++i) {
        Case of = dense();
        EXPECT_TRUE(capacity_theory(of.setting, of.spec));
        changes[i](of);
        EXPECT_FALSE(capacity_theory(of.setting, of.spec)) << "change " << i;
    }
    EXPECT_FALSE(capacity_theory(dense().setting, dense().spec, {"converged_fraction", true, 0.5}));
}

TEST(CapacityTheory, NumbersBeyondADoubleAreLeftOut) {
    Case of = dense();
    of.setting.interaction_parameters.vertex = 100; // 100^200
    EXPECT_TRUE(std::isnan(said(of, "theory")));
}

TEST(CapacityTheory, SoftmaxNetworksStandAtOrthonormalMemories) {
    Case of;
    of.setting.formulation = Choice<Formulations>::of<Softmax>();
    of.setting.beta = 8.0;
    of.spec.patterns.source = Choice<PatternSources>::of<OrthonormalSource>();
    of.spec.cues.corruption = Choice<Corruptions>::of<NoCorruption>();
    EXPECT_NEAR(said(of, "theory"), 28.25, 0.01);
    EXPECT_TRUE(std::isnan(said(of, "theory_asymptotic")));
    EXPECT_TRUE(std::isnan(said(of, "theory", {"recall_error", false, 0.01})));
    of.setting.fixed_steps = 1;
    EXPECT_TRUE(std::isnan(said(of, "theory"))) << "not a fixed point yet";
}

/// The way of a config: what parameters are called decides, not fields that a test sets.
TEST(CapacityTheory, SoftmaxNetworksAreAskedForTheirOwnSimilarity) {
    Coordinates coordinates = default_coordinates();
    const auto set = [&](std::string_view name, Value value) {
        coordinates[parameter_index(name).value()] = std::move(value);
    };
    set("formulation", "softmax");
    set("source", "orthonormal");
    set("corruption", "none");
    set("beta", 8.0);
    std::size_t spoken_of = 0;
    for (const std::string_view similarity :
         parameters()[parameter_index("similarity").value()].choices) {
        set("similarity", std::string(similarity));
        const auto theory =
            capacity_theory(bind_setting(coordinates), bind_scene(coordinates, 0, 0));
        EXPECT_EQ(theory.has_value(), similarity == "dot") << similarity;
        spoken_of += theory ? 1U : 0U;
    }
    EXPECT_EQ(spoken_of, 1U);
}

} // namespace
} // namespace basin
