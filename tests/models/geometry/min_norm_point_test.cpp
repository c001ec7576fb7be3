// The least point of a convex hull, by hand.

#include "models/geometry/min_norm_point.hpp"

#include <gtest/gtest.h>

#include "support/real_scenes.hpp"

namespace basin {
namespace {

using tests::matrix_of;

TEST(Corral, FindsTheFootOfThePerpendicular) {
    const RealMatrix points = matrix_of({{0, 0}, {3, 1}, {3, -2}, {5, 0}});
    Corral corral(points, 0);
    EXPECT_TRUE(corral.take_in(3));
    EXPECT_EQ(corral.squared_length(), 25.0);
    EXPECT_TRUE(corral.take_in(1));
    EXPECT_TRUE(corral.take_in(2));
    EXPECT_NEAR(corral.nearest()[0], 3.0, 1e-14);
    EXPECT_NEAR(corral.nearest()[1], 0.0, 1e-14);
    ASSERT_EQ(corral.members().size(), 2U); // (5, 0) has left
    EXPECT_NEAR(corral.members()[0].weight, 2.0 / 3.0, 1e-14);
    EXPECT_FALSE(corral.take_in(3));
    EXPECT_NEAR(corral.squared_length(), 9.0, 1e-13);
}

TEST(Corral, APointWithoutWeightMayStayUntilItHasSome) {
    // The third point is reached while the second has lost all its weight.
    const RealMatrix points = matrix_of(
        {{-2, -3, -1, -2}, {-2, -3, 0, -2}, {-3, -1, -3, 0}, {-3, -2, -2, -2}, {0, -1, -2, -1}});
    Corral corral(points, 0);
    double before = 1e9;
    for (const std::size_t j : {1U, 2U, 3U, 4U}) {
        EXPECT_TRUE(corral.take_in(j)) << j;
        EXPECT_LT(corral.squared_length(), before) << j;
        before = corral.squared_length();
    }
    double sum = 0.0;
    for (const Corral::Member& member : corral.members()) {
        EXPECT_GT(member.weight, 0.0);
        sum += member.weight;
    }
    EXPECT_NEAR(sum, 1.0, 1e-14);
}

} // namespace
} // namespace basin
