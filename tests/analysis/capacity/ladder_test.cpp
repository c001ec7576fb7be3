#include "analysis/capacity/crossing.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <stdexcept>

namespace basin {
namespace {

CrossingRule range(std::uint64_t least, std::uint64_t most, double ratio) {
    CrossingRule rule;
    rule.least = least;
    rule.most = most;
    rule.ladder_ratio = ratio;
    return rule;
}

TEST(Ladder, IsGeometricWhereIntegersAllowIt) {
    EXPECT_EQ(ladder(range(1, 40, 1.5)),
              (std::vector<std::uint64_t>{1, 2, 3, 5, 8, 11, 17, 26, 38, 40}));
    const auto steps = ladder(range(100, 100000, 1.05));
    for (std::size_t j = 1; j + 1 < steps.size(); ++j)
        EXPECT_NEAR(static_cast<double>(steps[j]) / static_cast<double>(steps[j - 1]), 1.05, 0.01);
    EXPECT_EQ(steps.back(), 100000);
}

TEST(Ladder, HasDistinctIntegers) {
    const auto steps = ladder(range(1, 1000, 1.01));
    EXPECT_TRUE(std::ranges::adjacent_find(steps, std::greater_equal()) == steps.end());
    for (std::uint64_t k = 1; k < 50; ++k)
        EXPECT_EQ(steps[k - 1], k);
}

TEST(Ladder, OfALimitedCurveIsTheBeginningOfTheOthers) {
    CrossingRule rule = range(3, 5000, 1.07);
    const auto all = ladder(rule);
    rule.limit = 700;
    const auto some = ladder(rule);
    ASSERT_LT(some.size(), all.size());
    EXPECT_TRUE(std::equal(some.begin(), some.end(), all.begin()));
    EXPECT_LE(some.back(), 700);
    EXPECT_GT(all[some.size()], 700);
    rule.limit = 2;
    EXPECT_TRUE(ladder(rule).empty());
}

TEST(Ladder, OfOneValue) {
    EXPECT_EQ(ladder(range(7, 7, 1.05)), std::vector<std::uint64_t>{7});
}

TEST(Ladder, RefusesWhatIsNoRange) {
    EXPECT_THROW(ladder(range(0, 5, 1.05)), std::invalid_argument);
    EXPECT_THROW(ladder(range(6, 5, 1.05)), std::invalid_argument);
    EXPECT_THROW(ladder(range(1, 5, 1.0)), std::invalid_argument);
}

} // namespace
} // namespace basin
