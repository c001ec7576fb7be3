// A killed process loses only what it had not written. The many kills are in kill_long_test.cpp.

#include "crash/kills.hpp"

namespace basin::tests {
namespace {

TEST_F(Kill, TwelveKillsLoseNothingThatWasWritten) {
    const Kills kills = kill_runs(12, Victim::group, 6);
    EXPECT_EQ(kills.hit, 12U);
    EXPECT_EQ(kills.twice, 0U); // what was written is not computed again
}

} // namespace
} // namespace basin::tests
