#include "analysis/capacity/crossing.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <stdexcept>

#include "support/synthetic_curves.hpp"

namespace basin {
namespace {

/// `replicates` scenes at each K, all with the value given for it.
std::vector<Observation> equal_scenes(const std::vector<std::pair<std::uint64_t, double>>& cells,
                                      std::uint32_t replicates) {
    std::vector<Observation> observations;
    for (const auto& [k, value] : cells)
        for (std::uint32_t r = 0; r < replicates; ++r)
            observations.push_back({k, r, value});
    return observations;
}

CrossingRule range(std::uint64_t least, std::uint64_t most) {
    CrossingRule rule;
    rule.least = least;
    rule.most = most;
    return rule;
}

TEST(Crossing, OfAStepIsItsBracket) {
    // 100 and 105 are neighbours on the ladder.
    const auto step = equal_scenes({{90, 1.0}, {95, 1.0}, {100, 1.0}, {105, 0.0}, {110, 0.0}}, 16);
    const Crossing found = crossing(step, range(100, 1000));
    EXPECT_EQ(found.state, CrossingState::found);
    EXPECT_EQ(found.lower, 100.0);
    EXPECT_EQ(found.upper, 105.0);
    EXPECT_GT(found.estimate, 100.0);
    EXPECT_LT(found.estimate, 105.0);
    EXPECT_LT(found.slope, 0.0);
    EXPECT_EQ(found.observations, 80);
}

TEST(Crossing, OfAStepOnACoarseGridIsTheGridsBracket) {
    const Crossing found =
        crossing(equal_scenes({{50, 1.0}, {100, 1.0}, {200, 0.0}, {400, 0.0}}, 64), range(50, 400));
    EXPECT_EQ(found.state, CrossingState::wide);
    EXPECT_NEAR(found.lower, 100.0, 1e-9);
    EXPECT_NEAR(found.upper, 200.0, 1e-9);
}

TEST(Crossing, OfAStepNeedsScenesEnoughForTheThreshold) {
    // That 16 of 16 scenes recall all does not say that more than 90 % do: .9^16 = .19.
    const std::vector<std::pair<std::uint64_t, double>> step{{95, 1.0}, {100, 1.0}, {105, 0.0}};
    CrossingRule rule = range(95, 1000);
    rule.threshold = 0.9;
    EXPECT_LT(crossing(equal_scenes(step, 16), rule).lower, 100.0);
    EXPECT_EQ(crossing(equal_scenes(step, 64), rule).lower, 100.0);
    rule.unseen_dispersion = 0.1; // ... unless ten independent probes recall all in each
    EXPECT_EQ(crossing(equal_scenes(step, 16), rule).lower, 100.0);
}

TEST(Crossing, OfARisingMetricIsThatOfItsComplement) {
    std::vector<Observation> falling;
    std::vector<Observation> rising;
    const SyntheticCurve curve{.seed = "turned"};
    for (const std::uint64_t k : {80U, 90U, 100U, 110U, 120U})
        for (std::uint32_t r = 0; r < 32; ++r) {
            falling.push_back({k, r, curve.value(k, r)});
            rising.push_back({k, r, 1.0 - curve.value(k, r)});
        }
    CrossingRule rule = range(80, 200);
    rule.threshold = 0.75;
    const Crossing a = crossing(falling, rule);
    rule.threshold = 0.25;
    rule.direction = Direction::rising;
    const Crossing b = crossing(rising, rule);
    EXPECT_EQ(a.state, b.state);
    EXPECT_NEAR(a.estimate, b.estimate, 1e-6);
    EXPECT_NEAR(a.lower, b.lower, 1e-6);
    EXPECT_NEAR(a.upper, b.upper, 1e-6);
    EXPECT_NEAR(a.slope, -b.slope, 1e-5);
    EXPECT_NEAR(a.slope, -curve.slope, 3.0);
}

TEST(Crossing, OfOneReplicateHasNoInterval) {
    const Crossing found = crossing(
        equal_scenes({{50, 1.0}, {100, 0.75}, {120, 0.25}, {200, 0.0}}, 1), range(50, 200));
    EXPECT_EQ(found.state, CrossingState::no_interval);
    EXPECT_EQ(found.lower, 100.0);
    EXPECT_EQ(found.upper, 120.0);
    EXPECT_GT(found.estimate, 100.0);
    EXPECT_LT(found.estimate, 120.0);
}

TEST(Crossing, OutsideOfTheRangeIsCensored) {
    CrossingRule rule = range(50, 100);
    rule.ladder_ratio = 2.0;
    const Crossing above = crossing(equal_scenes({{50, 1.0}, {100, 0.75}}, 16), rule);
    EXPECT_EQ(above.state, CrossingState::above_range);
    EXPECT_EQ(above.lower, 100.0);
    EXPECT_TRUE(std::isinf(above.upper));
    EXPECT_TRUE(std::isnan(above.estimate));

    const Crossing below = crossing(equal_scenes({{50, 0.25}, {100, 0.0}}, 16), rule);
    EXPECT_EQ(below.state, CrossingState::below_range);
    EXPECT_EQ(below.upper, 50.0);
    EXPECT_EQ(below.lower, 0.0);

    rule.limit = 60;
    const Crossing limited = crossing(equal_scenes({{50, 1.0}}, 16), rule);
    EXPECT_EQ(limited.state, CrossingState::above_limit);
    EXPECT_EQ(limited.lower, 50.0);
    rule.limit = 10;
    EXPECT_EQ(crossing({}, rule).state, CrossingState::above_limit);
}

TEST(Crossing, BeyondTheCellsButNotTheRangeIsUndecided) {
    const Crossing inside = crossing(equal_scenes({{50, 1.0}, {60, 1.0}}, 16), range(50, 1000));
    EXPECT_EQ(inside.state, CrossingState::undecided);
    EXPECT_EQ(inside.lower, 60.0);
    EXPECT_EQ(crossing({}, range(50, 100)).state, CrossingState::undecided);
}

TEST(Crossing, OfAFlatCurveAtTheThresholdIsUndecided) {
    std::vector<Observation> observations;
    for (std::uint32_t r = 0; r < 16; ++r)
        for (const std::uint64_t k : {100U, 120U, 140U}) // means .52, .5 and .48
            observations.push_back(
                {k, r, 0.72 - 0.001 * static_cast<double>(k) + (r % 2 == 0 ? 0.25 : -0.25) - 0.1});
    const Crossing found = crossing(observations, range(100, 140));
    EXPECT_EQ(found.state, CrossingState::undecided);
    EXPECT_EQ(found.lower, 0.0);
    EXPECT_TRUE(std::isinf(found.upper));
}

TEST(Crossing, ThatReturnsIsNotMonotone) {
    const auto returning = equal_scenes({{50, 1.0}, {100, 0.0}, {150, 1.0}, {200, 0.0}}, 32);
    EXPECT_EQ(crossing(returning, range(50, 200)).state, CrossingState::not_monotone);
    // Two scenes a cell may do that by chance.
    const auto noise = equal_scenes({{50, 1.0}, {100, 0.0}, {150, 1.0}, {200, 0.0}}, 2);
    EXPECT_NE(crossing(noise, range(50, 200)).state, CrossingState::not_monotone);
}

TEST(Crossing, DoesNotDependOnOrderOrRepetition) {
    std::vector<Observation> observations;
    const SyntheticCurve curve{.seed = "order"};
    for (const std::uint64_t k : {90U, 100U, 110U})
        for (std::uint32_t r = 0; r < 16; ++r)
            observations.push_back({k, r, curve.value(k, r)});
    const Crossing once = crossing(observations, range(90, 200));
    std::vector<Observation> shuffled(observations.rbegin(), observations.rend());
    shuffled.insert(shuffled.end(), observations.begin(), observations.end());
    shuffled.push_back({100, 99, std::nan("")});
    const Crossing again = crossing(shuffled, range(90, 200));
    EXPECT_EQ(once.estimate, again.estimate);
    EXPECT_EQ(once.lower, again.lower);
    EXPECT_EQ(once.upper, again.upper);
    EXPECT_EQ(again.observations, 48);
}

TEST(Crossing, RefusesWhatIsNoProbability) {
    const std::vector<Observation> beyond{{10, 0, 1.5}};
    EXPECT_THROW(crossing(beyond, range(1, 100)), std::invalid_argument);
    const std::vector<Observation> nothing{{0, 0, 0.5}};
    EXPECT_THROW(crossing(nothing, range(1, 100)), std::invalid_argument);
}

} // namespace
} // namespace basin
