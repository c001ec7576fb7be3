// Points that are equal but for parameters without effect, against asking every setting.

#include "models/scene/effective_setting.hpp"
#include "sweeps/coordinates/binding.hpp"
#include "sweeps/plan/equal_points.hpp"
#include "sweeps/plan/idle_axes.hpp"

#include <gtest/gtest.h>

#include <map>
#include <utility>

#include "support/plan_points.hpp"

namespace basin {
namespace {

using tests::plan_of;

const std::string many_axes = R"toml(
[patterns]
dimension = 10
[model]
formulation = ["original", "classical", "softmax", "universal"]
interaction = ["rectified_polynomial", "exponential"]
interaction_vertex = [2, 3]
beta = [0.5, 1]
beta_scale = ["native", "paired"]
precision = ["float32", "exact"]
separation = ["softmax", "max"]
[recall]
update = ["async_permutation", "one_shot"]
max_sweeps = [20, 50]
fixed_steps = [0, 1, 2]
)toml";

/// What makes a point's outcome: its scene and its effective setting, or itself without meaning.
using Outcome = std::pair<Coordinates, Setting>;

Outcome outcome_of(const Plan& plan, std::uint64_t cell) {
    Coordinates scene = plan.coordinates_of(cell);
    const Setting setting = bind_setting(scene);
    for (std::size_t p = 0; p < scene.size(); ++p)
        if (parameters()[p].role >= Role::model) scene[p] = parameters()[p].fallback;
    scene.emplace_back(std::int64_t{plan.replicate_of(cell)});
    return {scene, not_applicable(setting) ? setting : effective_setting(setting)};
}

TEST(EqualPoints, AreThoseOfOneSceneWithEqualEffectiveSettings) {
    const Plan plan = plan_of(many_axes);
    const EqualPoints equal(plan);
    EXPECT_TRUE(equal.any());
    std::map<Outcome, std::uint64_t> first_of;
    std::map<std::uint64_t, Outcome> outcome_of_first;
    for (std::uint64_t cell = 0; cell < plan.cell_count(); ++cell) {
        const Outcome outcome = outcome_of(plan, cell);
        const std::uint64_t first = equal.first_equal(cell);
        ASSERT_EQ(first_of.try_emplace(outcome, first).first->second, first)
            << plan.point_text(cell);
        ASSERT_EQ(outcome_of_first.try_emplace(first, outcome).first->second, outcome)
            << plan.point_text(cell);
    }
    EXPECT_LT(first_of.size(), plan.cell_count() / 2);
}

TEST(EqualPoints, WhereEveryAxisHasAnEffectThereAreNone) {
    const Plan plan = plan_of("[model]\ninteraction_vertex = [2, 3]\nbeta = [1, 2]\n"
                              "[cue]\ncue_level = [0, 0.1]\n");
    const EqualPoints equal(plan);
    EXPECT_FALSE(equal.any());
    for (std::uint64_t cell = 0; cell < plan.cell_count(); ++cell)
        EXPECT_EQ(equal.first_equal(cell), cell);
}

std::vector<std::string> idle_in(const std::string& text) {
    const Plan plan = plan_of(text);
    std::vector<std::string> texts;
    for (const IdleAxis& axis : idle_axes(plan, Applicability(plan)).axes)
        texts.push_back(idle_text(plan, axis));
    return texts;
}

using Texts = std::vector<std::string>;

TEST(IdleAxes, AreNamedWithTheModelsThatDoNotTakeThem) {
    EXPECT_EQ(idle_in("[model]\nformulation = \"softmax\"\ninteraction_vertex = [2, 3]\n"),
              Texts{"interaction_vertex"});
    EXPECT_EQ(idle_in("[model]\nformulation = [\"original\", \"softmax\"]\n"
                      "interaction_vertex = [2, 3]\n"),
              Texts{"interaction_vertex, where formulation is softmax"});
    EXPECT_EQ(idle_in("[model]\nformulation = [\"original\", \"normalized\", \"classical\"]\n"
                      "beta = [1, 2]\nprecision = [\"float32\", \"exact\"]\n"),
              (Texts{"beta, where formulation is classical", "beta, where precision is exact"}));
    EXPECT_EQ(
        idle_in("[model]\ninteraction = [\"polynomial\", \"exponential\"]\n"
                "beta_scale = [\"native\", \"paired\"]\ninteraction_vertex = [2, 3]\n"),
        Texts{"interaction_vertex, where interaction is exponential and beta_scale is native"});
    EXPECT_EQ(
        idle_in("[model]\nformulation = \"universal\"\nseparation = [\"power\", \"softmax\"]\n"
                "interaction_vertex = [2, 3]\nbeta = [1, 2]\n"
                "similarity = \"inverse_squared_euclidean\"\n"),
        (Texts{"interaction_vertex, where separation is softmax",
               "beta, where separation is power"}));
    EXPECT_EQ(idle_in("[model]\nbeta = [1, 2]\ninteraction_vertex = [2, 3]\n"), Texts{});
}

TEST(IdleAxes, CountPointsThatHaveTheOutcomeOfAnother) {
    const Plan plan = plan_of("[sweep]\nreplicates = 3\n[patterns]\npattern_count = [2, 3]\n"
                              "[model]\nformulation = [\"original\", \"classical\"]\n"
                              "beta = [1, 2, 3, 4]\n");
    // Of the classical network's four in each of six scenes three.
    EXPECT_EQ(idle_axes(plan, Applicability(plan)).shared, 18U);
}

TEST(IdleAxes, AnAxisThatABlockLeavesAloneIsNotNamed) {
    EXPECT_EQ(idle_in("[[block]]\n[block.model]\nformulation = \"classical\"\n"
                      "[[block]]\n[block.model]\nbeta = [1, 2]\n"),
              Texts{});
}

} // namespace
} // namespace basin
