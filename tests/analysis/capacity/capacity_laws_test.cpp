#include "analysis/capacity/capacity_laws.hpp"
#include "sweeps/coordinates/binding.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <string>

namespace basin {
namespace {

FoundCapacity found(std::int64_t dimension, std::int64_t vertex, double estimate,
                    CrossingState state = CrossingState::found) {
    FoundCapacity made;
    made.coordinates = default_coordinates();
    const auto set = [&](const char* name, Value value) {
        made.coordinates[parameter_index(name).value()] = std::move(value);
    };
    set("dimension", dimension);
    set("interaction_vertex", vertex);
    set("interaction", std::string("polynomial"));
    set("corruption", std::string("none"));
    set("update", std::string("one_shot"));
    made.crossing.state = state;
    made.crossing.estimate = estimate;
    made.crossing.lower = 0.97 * estimate;
    made.crossing.upper = 1.03 * estimate;
    if (state == CrossingState::above_range)
        made.crossing.estimate = made.crossing.upper = std::nan("");
    made.theory =
        capacity_theory(bind_setting(made.coordinates), bind_scene(made.coordinates, 0, 0),
                        {"recall_error", false, 0.005});
    return made;
}

TEST(CapacityLaws, AreOfCurvesThatDifferInDimensionAlone) {
    const std::vector<FoundCapacity> curves{
        found(200, 3, 2000), found(100, 3, 500),   found(50, 4, 1250),
        found(50, 3, 125),   found(100, 4, 10000), found(200, 4, 1, CrossingState::above_range),
        found(50, 5, 9000)};
    const std::vector<CapacityLaw> laws = capacity_laws(curves, 0.95);
    ASSERT_EQ(laws.size(), 2U); // n = 5 has one N
    EXPECT_EQ(laws[0].curves, (std::vector<std::size_t>{3, 1, 0}));
    EXPECT_NEAR(laws[0].law.exponent, 2.0, 1e-9);
    EXPECT_NEAR(laws[0].law.factor, 0.05, 1e-9);
    EXPECT_EQ(laws[0].theory_exponent, 2.0);
    EXPECT_EQ(laws[1].curves, (std::vector<std::size_t>{2, 4, 5}));
    EXPECT_NEAR(laws[1].law.exponent, 3.0, 1e-9);
    EXPECT_EQ(laws[1].law.left_out, 1U);
    EXPECT_TRUE(std::isnan(laws[1].law.exponent_lower)); // two points
    EXPECT_EQ(laws[1].theory_exponent, 3.0);
}

TEST(CapacityLaws, TheoryAtTheseDimensionsIsItsOwnFit) {
    const std::vector<FoundCapacity> curves{found(50, 3, 1), found(200, 3, 1)};
    const CapacityLaw law = capacity_laws(curves, 0.95).at(0);
    const double expected = std::log(curves[1].theory->find("theory")->pattern_count /
                                     curves[0].theory->find("theory")->pattern_count) /
                            std::log(4.0);
    EXPECT_NEAR(law.theory_exponent_here.value(), expected, 1e-9);
    EXPECT_NEAR(expected, 2.01, 0.01); // close to n - 1, and not equal
    EXPECT_NE(expected, 2.0);
}

TEST(CapacityLaws, AreWithoutTheoryWhereItIsSilent) {
    std::vector<FoundCapacity> curves{found(50, 3, 100), found(100, 3, 300)};
    for (FoundCapacity& curve : curves)
        curve.theory.reset();
    const CapacityLaw law = capacity_laws(curves, 0.95).at(0);
    EXPECT_FALSE(law.theory_exponent);
    EXPECT_FALSE(law.theory_exponent_here);
    EXPECT_NEAR(law.law.exponent, std::log(3) / std::log(2), 1e-9);
}

TEST(CapacityLaws, NoneOfOneDimensionOrOfAFiles) {
    EXPECT_TRUE(capacity_laws(std::vector{found(50, 3, 1), found(50, 3, 2)}, 0.95).empty());
    EXPECT_TRUE(capacity_laws(std::vector{found(0, 3, 1), found(50, 3, 2)}, 0.95).empty());
    EXPECT_TRUE(capacity_laws({}, 0.95).empty());
}

} // namespace
} // namespace basin
