// Energies of bipolar states against their definition in integers, and where they rise.

#include "models/bipolar/exact/energy_table.hpp"
#include "models/metrics/metrics.hpp"
#include "models/recall/recall.hpp"

#include <boost/multiprecision/cpp_int.hpp>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "support/hand_setting.hpp"
#include "support/scenes.hpp"

namespace basin {
namespace {

using boost::multiprecision::cpp_int;

EnergyTable energies_of(const Setting& setting, std::uint32_t dimension) {
    return {exact_model(setting, dimension), dimension};
}

/// -sum over the memories of h^n, or of its part above 0.
cpp_int energy_in_integers(const std::vector<MatchCount>& state, std::uint32_t dimension,
                           unsigned vertex, bool rectified) {
    cpp_int sum = 0;
    for (const auto& [matches, memories] : state) {
        const cpp_int overlap = 2 * cpp_int(matches) - dimension;
        if (!rectified || overlap > 0) sum -= memories * pow(overlap, vertex);
    }
    return sum;
}

/// Up to four memories that have any match counts.
std::vector<std::vector<MatchCount>> small_states(std::uint32_t dimension) {
    std::vector<std::vector<MatchCount>> states;
    for (std::uint32_t a = 0; a <= dimension; ++a)
        for (std::uint32_t b = a + 1; b <= dimension; ++b)
            for (std::uint32_t times = 1; times <= 3; ++times)
                states.push_back({{a, times}, {b, 4 - times}});
    return states;
}

TEST(EnergyTable, RisesWhereTheDefinitionInIntegersDoes) {
    constexpr std::uint32_t dimension = 7;
    const auto states = small_states(dimension);
    for (const bool rectified : {false, true})
        for (const std::uint32_t vertex : {2U, 3U, 30U, 400U}) {
            const Setting setting =
                rectified ? rectified_step(vertex) : contrastive_polynomial(vertex);
            const EnergyTable table = energies_of(setting, dimension);
            for (const auto& before : states)
                for (const auto& after : states)
                    ASSERT_EQ(table.rises(before, after),
                              energy_in_integers(after, dimension, vertex, rectified) >
                                  energy_in_integers(before, dimension, vertex, rectified))
                        << vertex << rectified;
        }
}

TEST(EnergyTable, IsInUnitsOfTheLargestOfOneMemory) {
    constexpr std::uint32_t dimension = 10;
    const EnergyTable cubic = energies_of(contrastive_polynomial(3), dimension);
    EXPECT_EQ(cubic.energy(std::vector<MatchCount>{{dimension, 1}}), -1.0);
    EXPECT_EQ(cubic.energy(std::vector<MatchCount>{{0, 1}}), 1.0);
    EXPECT_EQ(cubic.energy(std::vector<MatchCount>{{5, 8}}), 0.0);
    EXPECT_NEAR(cubic.energy(std::vector<MatchCount>{{9, 2}, {10, 1}}), -1.0 - 2 * 0.512, 1e-15);
    EXPECT_EQ(energies_of(contrastive_polynomial(30), 784)
                  .energy(std::vector<MatchCount>{{0, 2}, {784, 3}}),
              -5.0);
}

TEST(EnergyTable, OfARuleIsThatOfItsInteraction) {
    Setting gradient = contrastive_polynomial(4);
    gradient.rule = Choice<Rules>::of<Gradient>();
    const std::vector<MatchCount> state{{2, 1}, {6, 3}};
    EXPECT_EQ(energies_of(gradient, 7).energy(state),
              energies_of(contrastive_polynomial(4), 7).energy(state));
    Setting classical;
    classical.formulation = Choice<Formulations>::of<Classical>();
    EXPECT_EQ(energies_of(classical, 7).energy(state),
              energies_of(contrastive_polynomial(2), 7).energy(state));
}

class EnergyMetric : public testing::Test {
protected:
    static double value(const Setting& setting, const Scene& scene, std::string_view metric) {
        return recall(scene, {&setting, 1}).at(0).values.at(metric_index(metric));
    }

    static Setting dense(std::uint32_t vertex) {
        Setting setting = contrastive_polynomial(vertex);
        setting.precision = Choice<Precisions>::of<Exact>();
        return setting;
    }
};

TEST_F(EnergyMetric, OneUnitAtATimeNeverRaisesItInExactArithmetic) {
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        const Scene scene = tests::random_scene({.dimension = 21,
                                                 .pattern_count = 12,
                                                 .probe_count = 12,
                                                 .cue_level = 0.4,
                                                 .seed = seed});
        for (const std::uint32_t vertex : {2U, 3U, 5U})
            EXPECT_EQ(value(dense(vertex), scene, "energy_rises"), 0.0);
        Setting classical = dense(2);
        classical.formulation = Choice<Formulations>::of<Classical>();
        EXPECT_EQ(value(classical, scene, "energy_rises"), 0.0);
    }
}

TEST_F(EnergyMetric, StepsAtOnceAndSlopesDoRaiseIt) {
    double together = 0;
    double by_slopes = 0;
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        const Scene scene = tests::random_scene({.dimension = 21,
                                                 .pattern_count = 40,
                                                 .probe_count = 40,
                                                 .cue_level = 0.5,
                                                 .seed = seed});
        Setting setting = dense(3);
        setting.update = Choice<Updates>::of<Synchronous>();
        together += value(setting, scene, "energy_rises");
        setting = dense(4);
        setting.rule = Choice<Rules>::of<Gradient>();
        by_slopes += value(setting, scene, "energy_rises");
    }
    EXPECT_GT(together, 0.0);
    EXPECT_GT(by_slopes, 0.0);
}

TEST_F(EnergyMetric, OfARecalledLoneMemoryIsMinusOne) {
    const Scene scene = tests::random_scene(
        {.dimension = 25, .pattern_count = 1, .probe_count = 3, .cue_level = 0.2});
    EXPECT_EQ(value(dense(3), scene, "energy"), -1.0);
}

} // namespace
} // namespace basin
