#include "models/bipolar/evaluation/attribution.hpp"

#include <gtest/gtest.h>

namespace basin {
namespace {

TEST(Attribution, FiveVerdicts) {
    constexpr bool recalled = true;
    constexpr bool not_recalled = false;
    constexpr bool same_state = true;
    constexpr bool other_state = false;

    EXPECT_EQ(judge({recalled, recalled, same_state}), Verdict::ok);
    EXPECT_EQ(judge({not_recalled, recalled, other_state}), Verdict::numerical_failure);
    EXPECT_EQ(judge({recalled, not_recalled, other_state}), Verdict::lucky);
    EXPECT_EQ(judge({not_recalled, not_recalled, same_state}), Verdict::capacity_failure);
    EXPECT_EQ(judge({not_recalled, not_recalled, other_state}), Verdict::mixed);
}

/// On the target by NaN counts as not recalled: then the state may be the same though only one of
/// the two recalls, and without a target both may recall different memories.
TEST(Attribution, RecallWeighsMoreThanTheState) {
    EXPECT_EQ(judge({false, true, true}), Verdict::numerical_failure);
    EXPECT_EQ(judge({true, false, true}), Verdict::lucky);
    EXPECT_EQ(judge({true, true, false}), Verdict::ok);
}

} // namespace
} // namespace basin
